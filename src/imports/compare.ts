/**
 * A fact as a file states it, beside what is believed: nothing to do, or what to state and withdraw. A column the
 * file does not hold stays as it is believed. Time is cut where beliefs begin and end; days of the fortnight likewise.
 */
import { halfDayPatternOf, slotsOf } from '#ground/pattern.ts'
import type { PlainDate } from '#ground/time.ts'

export type Columns = Readonly<Record<string, unknown>>

/** A belief or a claim about one subject: its columns without subject, pattern and days. */
export type Belief = { columns: Columns; pattern: string | null; from: PlainDate; until: PlainDate | null }
export type Claim = Belief & {
  /** The file says on which day it began. */
  firstGiven: boolean
}

export type Comparison = {
  state: Belief[]
  withdraw: Omit<Belief, 'columns'>[]
  /** Believed on more days of the fortnight than the file says: for a person to ask. */
  alsoBelieved: boolean
}

const FOREVER = '9999-12-31' as PlainDate
const end = (until: PlainDate | null): PlainDate => until ?? FOREVER
const openEnd = (until: PlainDate): PlainDate | null => (until === FOREVER ? null : until)
const later = (a: PlainDate, b: PlainDate) => (a > b ? a : b)
const earlier = (a: PlainDate, b: PlainDate) => (a < b ? a : b)

/**
 * What a claim changes. `siblings` are the other claims of the same file about the same subject; `asOf` is the day a
 * difference dates from when the file repeats the first day we know: a later extract is a change, not a correction.
 */
export function compare(
  claim: Claim,
  beliefs: readonly Belief[],
  { siblings, asOf }: { siblings: readonly Claim[]; asOf: PlainDate },
): Comparison {
  const touching = beliefs.filter((belief) => overlap(claim, belief))
  const dated = datedChange(claim, touching, asOf)
  const near = dated === claim ? touching : touching.filter((belief) => overlap(dated, belief))
  return {
    state: merged(pieces(dated, near)),
    withdraw: [...tails(claim, touching, siblings)],
    alsoBelieved: near.some((belief) => agrees(dated, belief) && beyond(dated, belief, siblings)),
  }
}

/** Whether two hold on a day, and a day of the fortnight, in common. */
export const overlap = (a: Omit<Belief, 'columns'>, b: Omit<Belief, 'columns'>): boolean =>
  a.from < end(b.until) && b.from < end(a.until) && sharesSlots(a.pattern, b.pattern)

const slots = (pattern: string | null): readonly number[] =>
  pattern === null ? [0] : slotsOf(pattern as never)
function sharesSlots(a: string | null, b: string | null): boolean {
  if (a === b) return true
  const others = new Set(slots(b))
  return slots(a).some((slot) => others.has(slot))
}

function datedChange(claim: Claim, beliefs: readonly Belief[], asOf: PlainDate): Claim {
  if (!claim.firstGiven || asOf <= claim.from || asOf >= end(claim.until)) return claim
  const repeated = beliefs.some((belief) => belief.from === claim.from && end(belief.until) > asOf)
  const differs = beliefs.some((belief) => end(belief.until) > asOf && !agrees(claim, belief))
  return repeated && differs ? { ...claim, from: asOf } : claim
}

/** What the claim says, the belief says too. */
const agrees = (claim: Belief, belief: Belief) =>
  Object.entries(claim.columns).every(([column, value]) => same(value, belief.columns[column]))

/** Equal as the database keeps them: no value and null are one, times have seconds, objects have no order. */
export function same(a: unknown, b: unknown): boolean {
  if ((a ?? null) === (b ?? null)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => same((a as Columns)[key], (b as Columns)[key]))
}

/** The parts of the claim that are not believed yet, each with what was believed there kept beneath. */
function pieces(claim: Claim, beliefs: readonly Belief[]): Belief[] {
  if (beliefs.length === 0) return [plain(claim)]
  const cuts = new Set<PlainDate>([claim.from, end(claim.until)])
  for (const { from, until } of beliefs) {
    cuts.add(later(from, claim.from))
    cuts.add(earlier(end(until), end(claim.until)))
  }
  const days = [...cuts].sort()
  return days.slice(0, -1).flatMap((from, i) => {
    const until = days[i + 1] as PlainDate
    return piecesOf(
      claim,
      { from, until: openEnd(until) },
      beliefs.filter((b) => b.from <= from && end(b.until) >= until),
    )
  })
}

type Days = { from: PlainDate; until: PlainDate | null }

function piecesOf(claim: Claim, days: Days, there: readonly Belief[]): Belief[] {
  const wanted = slots(claim.pattern)
  const taken = new Set(there.flatMap(({ pattern }) => slots(pattern)))
  const differing = there.filter((belief) => !agrees(claim, belief))
  const free = wanted.filter((slot) => !taken.has(slot))
  return [
    ...differing.map((belief) => ({
      columns: { ...belief.columns, ...claim.columns },
      pattern: patternOf(
        claim,
        wanted.filter((slot) => slots(belief.pattern).includes(slot)),
      ),
      ...days,
    })),
    ...(free.length > 0 ? [{ columns: claim.columns, pattern: patternOf(claim, free), ...days }] : []),
  ]
}

const patternOf = ({ pattern }: Claim, of: readonly number[]) =>
  pattern === null ? null : halfDayPatternOf(of)

const plain = ({ columns, pattern, from, until }: Claim): Belief => ({ columns, pattern, from, until })

/** Neighbouring pieces that say the same are one. */
function merged(pieces: readonly Belief[]): Belief[] {
  const whole: Belief[] = []
  for (const piece of pieces) {
    const before = whole.findIndex(
      (one) => one.until === piece.from && one.pattern === piece.pattern && same(one.columns, piece.columns),
    )
    const found = whole[before]
    if (found) whole[before] = { ...found, until: piece.until }
    else whole.push(piece)
  }
  return whole
}

/** The file says when it ends, and we believed it to go on: what comes after is withdrawn, unless the file states it. */
function tails(
  claim: Claim,
  beliefs: readonly Belief[],
  siblings: readonly Claim[],
): Omit<Belief, 'columns'>[] {
  const { until } = claim
  if (until === null) return []
  const after = { from: until, until: null, pattern: claim.pattern }
  if (siblings.some((other) => overlap(after, other))) return []
  return beliefs
    .filter((belief) => belief.from < until && end(belief.until) > until && agrees(claim, belief))
    .map((belief) => ({ from: until, until: belief.until, pattern: belief.pattern }))
}

function beyond(claim: Claim, belief: Belief, siblings: readonly Claim[]): boolean {
  const said = new Set([claim, ...siblings].flatMap(({ pattern }) => slots(pattern)))
  return slots(belief.pattern).some((slot) => !said.has(slot))
}
