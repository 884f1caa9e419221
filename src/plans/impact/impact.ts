/**
 * What a plan does to people: the report a board reads before it approves. Every figure is a list of pupils, each
 * counted once however many of their journeys it is true of.
 */
import type { Seconds } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { ageOn, type PlainDate, type WallTime } from '#ground/time.ts'
import type { Journey, Ride } from '../baseline/journey.ts'
import { type Comparison, compareJourneys } from './comparison.ts'

/** Somebody a plan is for, with what an equality impact assessment asks about them; nothing where it is not held. */
export type Traits = {
  pupil: PupilId
  bornOn: PlainDate
  need: string | null
  sex: string | null
  wheelchair: boolean
  lookedAfter: boolean
  /** How deprived the area of their home is, in the council's own bands. */
  deprivation: string | null
}

/** DfE guidance: 45 minutes at primary age, 75 at secondary; what is "much longer" and "very early" the council says. */
export type Limits = { primary: Seconds; secondary: Seconds; muchLonger: Seconds; earliest: WallTime }

export const measures = [
  'no-baseline',
  'no-place',
  'over-primary-before',
  'over-primary-after',
  'over-secondary-before',
  'over-secondary-after',
  'over-guide-before',
  'over-guide-after',
  'very-early-before',
  'very-early-after',
  'much-longer',
  'changes-vehicle',
  'changes-crew',
  'crew-not-known',
  'newly-shares',
] as const
export type Measure = (typeof measures)[number]

export type Affected = Readonly<Record<Measure, readonly PupilId[]>>

export type Impact = {
  on: PlainDate
  limits: Limits
  pupils: readonly PupilId[]
  comparisons: readonly Comparison[]
  affected: Affected
}

export type ImpactOn = { people: readonly Pick<Traits, 'pupil' | 'bornOn'>[]; limits: Limits; on: PlainDate }

/** Holds the journeys of some people after against those before. Journeys of anybody else are not looked at. */
export function impact(
  before: readonly Journey[],
  after: readonly Journey[],
  { people, limits, on }: ImpactOn,
): Impact {
  const known = new Set(people.map(({ pupil }) => pupil))
  const theirs = ({ pupil }: Journey) => known.has(pupil)
  const comparisons = compareJourneys(before.filter(theirs), after.filter(theirs))
  const tests = measureTests({ people, limits, on })
  const affected = Object.fromEntries(
    measures.map((measure) => [measure, pupilsOf(comparisons.filter(tests[measure]))]),
  ) as Record<Measure, PupilId[]>
  return { on, limits, pupils: people.map(({ pupil }) => pupil), comparisons, affected }
}

const pupilsOf = (comparisons: readonly Comparison[]) => [...new Set(comparisons.map(({ pupil }) => pupil))]

/** Of which journeys each measure is true. */
export function measureTests({
  people,
  limits,
  on,
}: ImpactOn): Record<Measure, (one: Comparison) => boolean> {
  const { primary, secondary, muchLonger, earliest } = limits
  const atPrimary = new Set(people.filter(({ bornOn }) => isPrimary(bornOn, on)).map(({ pupil }) => pupil))
  const over = (ride: Ride | null, limit: Seconds) => ride !== null && ride.ridden > limit
  const guide = ({ pupil }: Comparison) => (atPrimary.has(pupil) ? primary : secondary)
  const early = (ride: Ride | null, direction: 1 | 2) =>
    ride !== null && direction === 1 && ride.startsAt < earliest
  return {
    'no-baseline': ({ before }) => before === null,
    'no-place': ({ after }) => after === null,
    'over-primary-before': ({ before }) => over(before, primary),
    'over-primary-after': ({ after }) => over(after, primary),
    'over-secondary-before': ({ before }) => over(before, secondary),
    'over-secondary-after': ({ after }) => over(after, secondary),
    'over-guide-before': (one) => over(one.before, guide(one)),
    'over-guide-after': (one) => over(one.after, guide(one)),
    'very-early-before': ({ before, direction }) => early(before, direction),
    'very-early-after': ({ after, direction }) => early(after, direction),
    'much-longer': ({ change }) => change !== null && change.longer > muchLonger,
    'changes-vehicle': ({ change }) => change?.vehicle === true,
    'changes-crew': ({ change }) => change?.crew === true,
    'crew-not-known': ({ change }) => change !== null && change.crew === null,
    'newly-shares': ({ before, after }) =>
      before?.companions.length === 0 && after !== null && after.companions.length > 0,
  }
}

/** At primary age: not yet eleven when the school year began, on 1 September. */
export function isPrimary(bornOn: PlainDate, on: PlainDate): boolean {
  const year = Number(on.slice(0, 4)) - (on.slice(5) < '09-01' ? 1 : 0)
  return ageOn(bornOn, `${year}-09-01` as PlainDate) < 11
}
