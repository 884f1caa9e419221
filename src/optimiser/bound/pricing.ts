/** The cheapest runs under prices on requests, every beginning of a run kept until another is at least as good for all that may follow. */
import type { Fleet, VehicleType } from '../problem.ts'
import { begin, extend, finish, type Label, type Pricing } from './label.ts'
import type { RouteGraph } from './route-graph.ts'

export type Priced = {
  /** Cost of the run less the prices of those it carries. */
  readonly reduced: number
  /** A bit for each request it carries. */
  readonly carries: number
}

/**
 * The runs worth less than nothing, cheapest first, and the least any run is worth. Undefined when `shouldStop` said so,
 * or when there are more beginnings than `mostLabels`: then nothing is known. Not `exact`, it takes beginnings that carry
 * the same people for alike, whom they have carried before: quick, but then `least` bounds nothing.
 */
export function priceRuns(
  graph: RouteGraph,
  { fleet, type, prices }: { fleet: Fleet; type: VehicleType; prices: Float64Array },
  { shouldStop, mostLabels, exact }: { shouldStop: () => boolean; mostLabels: number; exact: boolean },
): { runs: Priced[]; least: number } | undefined {
  const pricing: Pricing = { graph, fleet, type, prices }
  const peaksCount =
    type.layouts.length > 1 || graph.requests.some(({ assistantShare }) => assistantShare > 0)
  const kept = new Kept(graph.size, { exact, peaksCount })
  const best = new Map<number, number>()
  let labels = 0
  for (let layer = startingLabels(pricing); layer.length > 0; ) {
    const worthwhile = layer.filter((label) => kept.has(label))
    for (const label of worthwhile) {
      if (label.aboard === 0) note(best, label.done, finish(pricing, label))
    }
    layer = longerByOne(pricing, worthwhile, { kept, shouldStop })
    labels += layer.length
    if (labels > mostLabels || shouldStop()) return undefined
  }
  const runs = [...best]
    .map(([carries, reduced]) => ({ carries, reduced }))
    .sort((a, b) => a.reduced - b.reduced)
  return { runs: runs.filter(({ reduced }) => reduced < -1e-3), least: runs[0]?.reduced ?? 0 }
}

/** Every beginning longer by a call, unless one kept is as good. Some kept here may yet be found wanting. */
function longerByOne(
  pricing: Pricing,
  labels: readonly Label[],
  { kept, shouldStop }: { kept: Kept; shouldStop: () => boolean },
): Label[] {
  const next: Label[] = []
  for (const label of labels) {
    if (shouldStop()) return next
    if (!kept.has(label)) continue
    for (const longer of extensions(pricing, label)) if (kept.add(longer)) next.push(longer)
  }
  return next
}

function startingLabels(pricing: Pricing): Label[] {
  return Array.from({ length: pricing.graph.size }, (_, i) => begin(pricing, 2 * i) ?? []).flat()
}

function extensions(pricing: Pricing, label: Label): Label[] {
  const longer: Label[] = []
  for (let i = 0; i < pricing.graph.size; i++) {
    if ((label.aboard >> i) & 1) longer.push(...orNone(extend(pricing, label, 2 * i + 1)))
    else if (!((label.done >> i) & 1)) longer.push(...orNone(extend(pricing, label, 2 * i)))
  }
  return longer
}

function orNone(label: Label | undefined): Label[] {
  return label === undefined ? [] : [label]
}

function note(best: Map<number, number>, carries: number, cost: number | undefined): void {
  if (cost !== undefined && cost < (best.get(carries) ?? Number.POSITIVE_INFINITY)) best.set(carries, cost)
}

/** The beginnings worth going on with, by where they stand and who is aboard. */
class Kept {
  private readonly labels = new Map<number, Label[]>()
  private readonly size: number
  private readonly how: { exact: boolean; peaksCount: boolean }

  constructor(size: number, how: { exact: boolean; peaksCount: boolean }) {
    this.size = size
    this.how = how
  }

  has(label: Label): boolean {
    return label.before === undefined || (this.labels.get(this.key(label))?.includes(label) ?? false)
  }

  /** Keeps the label unless another is as good, and drops those it is as good as. */
  add(label: Label): boolean {
    const key = this.key(label)
    const others = this.labels.get(key) ?? []
    if (others.some((other) => this.isAsGood(other, label))) return false
    this.labels.set(key, [...others.filter((other) => !this.isAsGood(label, other)), label])
    return true
  }

  private key({ at, aboard }: Label): number {
    return aboard * 2 * this.size + at
  }

  /** Whatever may follow `other` may follow `one`, at no more cost. */
  private isAsGood(one: Label, other: Label): boolean {
    if (one.cost > other.cost + 1e-9 || one.early > other.early) return false
    if (this.how.exact && (one.done & ~other.done) !== 0) return false
    return (!this.how.peaksCount || isNoFuller(one, other)) && this.mayRideAsLong(one, other)
  }

  private mayRideAsLong(one: Label, other: Label): boolean {
    for (let i = 0; i <= this.size; i++) {
      if (i < this.size && !((one.aboard >> i) & 1)) continue
      if (one.latest[i] < other.latest[i] || one.since[i] > other.since[i]) return false
    }
    return true
  }
}

function isNoFuller(one: Label, other: Label): boolean {
  return one.peakShare <= other.peakShare && one.peak.every((room, kind) => room <= other.peak[kind])
}
