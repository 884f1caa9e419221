/** What a plan costs on an average day: by part, by kind of vehicle, and with what it counts for hardship. */
import { type Pence, pence } from '#ground/money.ts'
import { check, type Plan, type PlannedVehicle, type Problem, type Refereed, requestOf } from '#optimiser'
import type { CostLine } from '../impact/cost-change.ts'
import { UNITS_IN_A_PENNY } from '../translation/problem-of.ts'
import type { Asked } from '../translation/runs-of.ts'

export const costParts = ['vehicles', 'miles', 'emptyMiles', 'assistants', 'ownAssistants'] as const
export type CostPart = (typeof costParts)[number]

export type PlanCost = {
  money: Pence
  /** With what hardship counts beside money. */
  weighed: Pence
  /** What is no longer made of a plan kept before it was: nothing. */
  parts?: Readonly<Record<CostPart, Pence>>
  lines?: readonly CostLine[]
  /** What no plan for the same people can weigh less than, where it was worked out. */
  bound?: Pence
}

/** The cost of a plan that keeps every rule. */
export function planCostOf({ problem, question }: Asked, plan: Plan): PlanCost {
  const daily = (units: number) => pence(Math.round(units / UNITS_IN_A_PENNY / problem.days))
  const { parts, cost } = check(problem, plan)
  const lines = question.policy.vehicles.map(({ name: kind }, type) => {
    const vehicles = plan.vehicles.filter(({ fleet }) => problem.fleets[fleet]?.type === type)
    const days = vehicles.reduce((sum, vehicle) => sum + daysOut(problem, vehicle), 0) / problem.days
    return { kind, days, cost: daily(moneyIn(check(problem, { vehicles }).parts)) }
  })
  return {
    money: daily(moneyIn(parts)),
    weighed: daily(cost),
    parts: {
      vehicles: daily(parts.vehicles),
      miles: daily(parts.metres),
      emptyMiles: daily(parts.emptyMetres),
      assistants: daily(parts.assistants),
      ownAssistants: daily(parts.ownAssistants),
    },
    lines: lines.filter(({ days }) => days > 0),
  }
}

/** On how many of the planned days a vehicle drives at all. */
function daysOut({ days, requests }: Problem, { runs }: PlannedVehicle): number {
  const travels = runs.flat().reduce((mask, call) => mask | (requests[requestOf(call)]?.days ?? 0), 0)
  return Array.from({ length: days }, (_, day) => (travels >> day) & 1).filter(Boolean).length
}

const moneyIn = (parts: Refereed['parts']) =>
  parts.vehicles + parts.metres + parts.emptyMetres + parts.assistants + parts.ownAssistants
