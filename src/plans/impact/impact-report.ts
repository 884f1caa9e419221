/** The report a board reads before it approves a plan: what it does to people, on whom it falls, and what it costs. */
import type { PupilId } from '#ground/ids.ts'
import type { Journey } from '../baseline/journey.ts'
import { type FoundPlan, impactOf } from '../found/found-plan.ts'
import type { PlanCost } from '../found/plan-cost.ts'
import type { Yardsticks } from '../found/yardstick.ts'
import type { Named } from '../policy/policy.ts'
import { type CostChange, type CostLine, costChange } from './cost-change.ts'
import { type Dimension, dimensions, type Group, groupsBy } from './groups.ts'
import type { Impact, Traits } from './impact.ts'
import { kindNamedBy, linesByKind, withKindNamed } from './kinds.ts'
import { type Spread, spreadsOf } from './spread.ts'

export type ImpactReport = {
  impact: Impact
  /** Whom it tells of, with what an equality impact assessment asks. */
  people: readonly Traits[]
  groups: Readonly<Record<Dimension, readonly Group[]>>
  spreads: readonly Spread[]
  cost: CostReport
}

export type CostReport = {
  plan: PlanCost
  before: readonly CostLine[]
  /** Against today for the same pupils; nothing for a plan of which the kinds of vehicle were not kept. */
  change: CostChange | undefined
  /** Kinds of today for which the council has no price by that name, so that no change of price is told of them. */
  unnamedKinds: readonly string[]
  /** Above the least that any plan could weigh, in hundredths; nothing where that is not known, or somebody has no place. */
  abovePercent: number | undefined
}

export type Reported = {
  plan: Pick<FoundPlan, 'journeys' | 'cost' | 'unplaced'>
  baseline: readonly Journey[]
  people: readonly Traits[]
  /** What the same pupils' travel costs a day now. */
  costsNow: readonly CostLine[]
  yardsticks: Pick<Yardsticks, 'limits'>
  /** What the council has prices for; by their names today's kinds of vehicle are read. */
  offers: readonly Named[]
  on: Impact['on']
}

/** Works out the whole report. */
export function impactReport({ plan, costsNow, yardsticks, on, ...all }: Reported): ImpactReport {
  const kindNamed = kindNamedBy(all.offers)
  const baseline = all.baseline.map((journey) => withKindNamed(journey, kindNamed))
  const asked = pupilsAsked(plan)
  const people = all.people.filter(({ pupil }) => asked.has(pupil))
  const impact = impactOf(plan, { baseline, people, limits: yardsticks.limits, on })
  return {
    impact,
    people,
    groups: Object.fromEntries(
      dimensions.map((dimension) => [dimension, groupsBy(dimension, impact, people)]),
    ) as Record<Dimension, Group[]>,
    spreads: spreadsOf(impact.comparisons),
    cost: costReport(plan, linesByKind(costsNow, kindNamed), all.offers),
  }
}

/** Everybody for whom a plan was asked a ride, placed or not. */
export const pupilsAsked = ({ journeys }: Pick<FoundPlan, 'journeys'>): ReadonlySet<PupilId> =>
  new Set(journeys.map(({ pupil }) => pupil))

function costReport(
  { cost, unplaced }: Reported['plan'],
  before: readonly CostLine[],
  offers: readonly Named[],
): CostReport {
  const { bound, weighed, lines } = cost
  return {
    plan: cost,
    before,
    change: lines && costChange(before, lines),
    unnamedKinds: before
      .map(({ kind }) => kind)
      .filter((kind) => lines && !offers.some(({ name }) => name === kind)),
    abovePercent:
      bound === undefined || bound === 0 || unplaced.length > 0
        ? undefined
        : Math.round(((weighed - bound) / bound) * 1000) / 10,
  }
}
