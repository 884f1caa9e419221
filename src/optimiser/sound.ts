/** Only what keeps every rule: of the plan in force to start from, and of a plan found before it leaves. */
import { check } from './check.ts'
import type { Plan, PlannedVehicle, Problem } from './problem.ts'

export type Answer = {
  plan: Plan
  /** Requests the plan leaves out. */
  unplaced: readonly number[]
  /** What the plan costs, in the problem's unit of price, those left out not counted. */
  cost: number
}

/** The vehicles of the plan in force that keep every rule: a place to start from. */
export function soundPart(problem: Problem): Plan {
  const vehicles = problem.present.map(({ fleet, runs }, was): PlannedVehicle => ({ fleet, runs, was }))
  return { vehicles: sound(problem, vehicles) }
}

/** The plan without the vehicles that break a rule, what it costs and whom it leaves out. */
export function refereed(problem: Problem, plan: Plan): Answer {
  const { broken, cost, unplaced } = check(problem, plan)
  if (broken.every(({ rule }) => rule === 'frozen-vehicle-changed')) return { plan, cost, unplaced }
  const kept = { vehicles: sound(problem, plan.vehicles) }
  const { cost: left, unplaced: more } = check(problem, kept)
  return { plan: kept, cost: left, unplaced: more }
}

function sound(problem: Problem, vehicles: readonly PlannedVehicle[]): PlannedVehicle[] {
  const alone = vehicles.filter((vehicle) => keeps(problem, [vehicle]))
  if (keeps(problem, alone)) return alone
  const kept: PlannedVehicle[] = []
  for (const vehicle of alone) if (keeps(problem, [...kept, vehicle])) kept.push(vehicle)
  return kept
}

/** Whether these vehicles keep every rule, as far as they go: a frozen one that is not among them was not changed. */
function keeps(problem: Problem, vehicles: readonly PlannedVehicle[]): boolean {
  return check(problem, { vehicles }).broken.every(({ rule }) => rule === 'frozen-vehicle-changed')
}
