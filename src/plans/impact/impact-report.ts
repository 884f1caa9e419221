/** The report a board reads before it approves a plan: what it does to people, on whom it falls, and what it costs. */
import type { PupilId } from '#ground/ids.ts'
import type { Journey } from '../baseline/journey.ts'
import { type FoundPlan, impactOf } from '../found/found-plan.ts'
import type { PlanCost } from '../found/plan-cost.ts'
import type { Yardsticks } from '../found/yardstick.ts'
import { type CostChange, type CostLine, costChange } from './cost-change.ts'
import { type Dimension, dimensions, type Group, groupsBy } from './groups.ts'
import type { Impact, Traits } from './impact.ts'
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
  on: Impact['on']
}

/** Works out the whole report. */
export function impactReport({ plan, baseline, costsNow, yardsticks, on, ...all }: Reported): ImpactReport {
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
    cost: costReport(plan, costsNow),
  }
}

/** Everybody for whom a plan was asked a ride, placed or not. */
export const pupilsAsked = ({ journeys }: Pick<FoundPlan, 'journeys'>): ReadonlySet<PupilId> =>
  new Set(journeys.map(({ pupil }) => pupil))

function costReport({ cost, unplaced }: Reported['plan'], before: readonly CostLine[]): CostReport {
  const { bound, weighed, lines } = cost
  return {
    plan: cost,
    before,
    change: lines && costChange(before, lines),
    abovePercent:
      bound === undefined || bound === 0 || unplaced.length > 0
        ? undefined
        : Math.round(((weighed - bound) / bound) * 1000) / 10,
  }
}
