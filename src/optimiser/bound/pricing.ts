/**
 * The cheapest runs under prices on requests: every beginning of a run is kept until another is at least as good for
 * all that may follow, or until nothing that may follow can be worth enough.
 */
import { Beginnings, type Pricing } from './beginnings.ts'
import { SoonestFirst } from './soonest-first.ts'
import { leastToCome } from './to-come.ts'

export type Priced = {
  /** Cost of the run less the prices of those it carries. */
  readonly reduced: number
  /** A bit for each request it carries. */
  readonly carries: number
}

/**
 * Which beginnings are alike. `quick`: those with the same people aboard, whom they have carried before; then what is
 * found is no bound. `cheapest`: one is as good if nobody is behind it who could still follow the other. `each`: those
 * who carry the same people, so that of every set of people the cheapest run is found.
 */
export type Thoroughness = 'quick' | 'cheapest' | 'each'

export type How = {
  readonly thoroughness: Thoroughness
  /** Runs worth this or more are of no interest. */
  readonly below: number
  readonly mostLabels: number
  readonly shouldStop: () => boolean
}

/** How many beginnings are gone on from before `shouldStop` is asked again. */
const STOP_EVERY = 256

/** The runs worth less than `below`, cheapest first; undefined when `shouldStop` said so or there were too many beginnings. */
export function priceRuns(pricing: Pricing, how: How): Priced[] | undefined {
  const { graph } = pricing
  const search = new Labelling(pricing, how)
  for (let i = 0; i < graph.size; i++) search.begin(2 * i)
  for (let done = 0; search.waiting.size > 0; done++) {
    if (search.labels.count > how.mostLabels) return undefined
    if (done % STOP_EVERY === 0 && how.shouldStop()) return undefined
    search.goOnFrom(search.waiting.take())
  }
  return [...search.best]
    .map(([carries, reduced]) => ({ carries, reduced }))
    .sort((a, b) => a.reduced - b.reduced || a.carries - b.carries)
}

class Labelling {
  readonly labels: Beginnings
  readonly waiting = new SoonestFirst()
  /** By who is carried: the least such a run is worth. */
  readonly best = new Map<number, number>()
  private readonly pricing: Pricing
  private readonly how: How
  private readonly toCome: (labels: Beginnings, label: number) => number
  /** By where they stand and who is aboard: the beginnings kept. */
  private readonly alike = new Map<number, number[]>()

  constructor(pricing: Pricing, how: How) {
    this.pricing = pricing
    this.how = how
    this.labels = new Beginnings(pricing)
    this.toCome = leastToCome(pricing)
  }

  begin(call: number): void {
    if (this.labels.begin(call)) this.offer()
  }

  /** Every beginning longer by a call, unless a better one has come meanwhile. */
  goOnFrom(label: number): void {
    const { labels, pricing, best } = this
    const aboard = labels.aboard[label]
    if (!this.alike.get(this.keyOf(label))?.includes(label)) return
    if (aboard === 0) {
      const reduced = labels.finished(label)
      const carries = labels.carried[label]
      if (reduced < Math.min(this.how.below, best.get(carries) ?? Number.POSITIVE_INFINITY)) {
        best.set(carries, reduced)
      }
    }
    for (let i = 0; i < pricing.graph.size; i++) {
      const isOver = (labels.over[label] >> i) & 1
      if ((aboard >> i) & 1 ? labels.extend(label, 2 * i + 1) : !isOver && labels.extend(label, 2 * i)) {
        this.offer()
      }
    }
  }

  /** Keeps the beginning last written unless it is worth too little or another is as good, and drops those it is as good as. */
  private offer(): void {
    const { labels, alike } = this
    const label = labels.count
    if (labels.cost[label] + this.toCome(labels, label) >= this.how.below) return
    const key = this.keyOf(label)
    const others = alike.get(key)
    if (others === undefined) alike.set(key, [label])
    else if (!this.joins(others, label)) return
    this.waiting.add(labels.keep(), labels.early[label])
  }

  /** Puts the beginning in place of those it stands for; whether none of them stands for it. */
  private joins(others: number[], label: number): boolean {
    for (const other of others) if (this.standsFor(other, label)) return false
    let kept = 0
    for (const other of others) if (!this.standsFor(label, other)) others[kept++] = other
    others.length = kept
    others.push(label)
    return true
  }

  private keyOf(label: number): number {
    return this.labels.aboard[label] * this.pricing.graph.calls + this.labels.at[label]
  }

  private standsFor(one: number, other: number): boolean {
    const { labels } = this
    const { thoroughness } = this.how
    if (thoroughness === 'cheapest' && (labels.over[one] & ~labels.over[other]) !== 0) return false
    if (thoroughness === 'each' && labels.carried[one] !== labels.carried[other]) return false
    return labels.isAsGood(one, other)
  }
}
