/** The whole plan after a change by hand: what the vehicles it touches do is read anew, everything else stays as it was kept. */
import { type Pence, pence } from '#ground/money.ts'
import { findAnomalies } from '../anomalies/anomaly.ts'
import type { FoundPlan } from '../found/found-plan.ts'
import { inTheWhole, type Part } from '../found/part.ts'
import { costParts, type PlanCost } from '../found/plan-cost.ts'
import type { Frozen, Numbered } from '../search/frozen.ts'
import { journeysBy } from '../translation/runs-of.ts'
import type { Changed } from './hand-change.ts'

type Whole = { plan: FoundPlan; vehicles: Numbered; frozen: Pick<Frozen, 'known' | 'oddness'> }
type Changing = { part: Part; numbers: readonly number[]; changed: Changed }

/** The plan as it becomes, and all its vehicles. */
export function changedPlan(
  { plan, vehicles, frozen }: Whole,
  { part, numbers, changed }: Changing,
): { plan: FoundPlan; vehicles: Numbered } {
  const journeys = [...plan.journeys]
  for (const [i, journey] of journeysBy(changed.asked, changed.after.runs).entries())
    journeys[part.rides[i] ?? -1] = journey
  const runsNow = changed.after.runs.map((run) => ({
    ...run,
    riders: run.riders.map((rider) => ({ ...rider, ride: part.rides[rider.ride] ?? -1 })),
  }))
  const runs = [...plan.runs.filter(({ vehicle }) => !numbers.includes(vehicle)), ...runsNow].toSorted(
    (a, b) => a.vehicle - b.vehicle,
  )
  const all = [...vehicles]
  for (const [i, vehicle] of inTheWhole(part, changed.vehicles).entries()) all[numbers[i] ?? -1] = vehicle
  return {
    vehicles: all,
    plan: {
      ...plan,
      runs,
      journeys,
      cost: costAfter(plan.cost, changed.before.cost, changed.after.cost),
      anomalies: findAnomalies(runs, journeys, frozen),
    },
  }
}

/** A cost of which one part is another by now. */
function costAfter(whole: PlanCost, before: PlanCost, after: PlanCost): PlanCost {
  const change = (all: Pence, was: Pence, is: Pence) => pence(all - was + is)
  const of = ({ parts }: PlanCost, part: (typeof costParts)[number]) => parts?.[part] ?? pence(0)
  const parts = Object.fromEntries(
    costParts.map((part) => [part, change(of(whole, part), of(before, part), of(after, part))]),
  ) as NonNullable<PlanCost['parts']>
  return {
    ...whole,
    money: change(whole.money, before.money, after.money),
    weighed: change(whole.weighed, before.weighed, after.weighed),
    ...(whole.parts && { parts }),
    ...(whole.lines && { lines: linesAfter(whole.lines, before.lines ?? [], after.lines ?? []) }),
  }
}

type Lines = NonNullable<PlanCost['lines']>

function linesAfter(whole: Lines, before: Lines, after: Lines): Lines {
  const kinds = [...new Set([...whole, ...after].map(({ kind }) => kind))]
  const line = (lines: Lines, kind: string) =>
    lines.find((one) => one.kind === kind) ?? { days: 0, cost: pence(0) }
  return kinds
    .map((kind) => ({
      kind,
      days: line(whole, kind).days - line(before, kind).days + line(after, kind).days,
      cost: pence(line(whole, kind).cost - line(before, kind).cost + line(after, kind).cost),
    }))
    .filter(({ days }) => days > 1e-9)
}
