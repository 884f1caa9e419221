/** What is done by hand to vehicles of a plan: what it makes of them and of everybody aboard, or which rules forbid it. */
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { type Breach, check, isPickup, NOWHERE, type Plan, type Rule, requestOf } from '#optimiser'
import type { Part } from '../found/part.ts'
import { type PlanCost, planCostOf } from '../found/plan-cost.ts'
import { type DrivesByDirection, problemOf } from '../translation/problem-of.ts'
import { type Asked, type PlanRun, runsOf } from '../translation/runs-of.ts'
import { carriedOver } from './carried-over.ts'

/** What can be done by hand. */
export const changeKinds = ['move', 'split', 'merge', 'reverse', 'vehicle'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Rides by their numbers in the plan’s question. */
export type Doing =
  /** Rides leave the first vehicle for the second; where that stands idle, it is of whichever kind costs least. */
  | { does: 'carry'; rides: readonly number[] }
  /** Whoever got in last gets in first, and whoever got out first gets out last. */
  | { does: 'reverse'; rides: readonly number[] }
  /** The vehicle becomes one of another kind. */
  | { does: 'become'; offer: string }

export type Changing = {
  /** The vehicles that are touched. */
  part: Part
  /** Their numbers in the plan. */
  numbers: readonly number[]
  drives: DrivesByDirection
  doing: Doing
}

/** Those vehicles before and after; runs under the names and numbers of the plan, rides by those of the part. */
export type Changed = {
  asked: Asked
  vehicles: Part['vehicles']
  before: { runs: readonly PlanRun[]; cost: PlanCost }
  after: { runs: readonly PlanRun[]; cost: PlanCost }
}

/** A rule that would be broken, and for whom. */
export type Broken = { rule: Rule; pupils: readonly PupilId[] }

/** The change, refereed; refused with the rules that it would break however it were made. */
export function changeOf({ part, numbers, drives, doing }: Changing): Result<Changed, readonly Broken[]> {
  const { question, vehicles } = part
  const asked = { question, drives, problem: problemOf(question, drives) }
  const now = vehicles.map((vehicle) => ({ ...vehicle, was: NOWHERE }))
  const made = madeOf(asked, now, inPart(part, doing))
  if (!made.ok) return refuse(brokenIn(asked, made.refusal))
  const after = underNumbers(made.value, numbers)
  const { broken } = check(asked.problem, after)
  if (broken.length > 0) return refuse(brokenIn(asked, broken))
  const read = (one: Plan) => ({ runs: runsOf(asked, one), cost: planCostOf(asked, one) })
  return ok({ asked, vehicles: made.value, before: read(underNumbers(now, numbers)), after: read(after) })
}

function inPart({ rides }: Part, doing: Doing): Doing {
  return doing.does === 'become' ? doing : { ...doing, rides: doing.rides.map((ride) => rides.indexOf(ride)) }
}

type Vehicles = Plan['vehicles']

function madeOf(asked: Asked, vehicles: Vehicles, doing: Doing): Result<Vehicles, readonly Breach[]> {
  const [first, second] = vehicles
  if (doing.does === 'carry' && first && second) return carriedOver(asked, [first, second], doing.rides)
  if (!first || second || doing.does === 'carry')
    throw new Error(`Rides are carried between two vehicles, else one is changed; given ${vehicles.length}.`)
  if (doing.does === 'become') {
    const fleet = asked.question.policy.vehicles.findIndex(({ name }) => name === doing.offer)
    if (fleet < 0) throw new Error(`No vehicle on offer is called “${doing.offer}”.`)
    return ok([{ ...first, fleet }])
  }
  const rides = new Set(doing.rides)
  return ok([{ ...first, runs: first.runs.map((run) => mirrored(run, rides)) }])
}

/** The calls of these rides the other way round in the places they take: a pickup where the drop-off was, and back. */
export function mirrored(calls: readonly number[], rides: ReadonlySet<number>): number[] {
  const isTheirs = (call: number) => rides.has(requestOf(call))
  const mirror = calls
    .filter(isTheirs)
    .toReversed()
    .map((call) => (isPickup(call) ? call + 1 : call - 1))
    .values()
  return calls.map((call) => (isTheirs(call) ? (mirror.next().value ?? call) : call))
}

/** A plan in which the vehicles stand under their own numbers, all others idle. */
export function underNumbers(vehicles: Part['vehicles'], numbers: readonly number[]): Plan {
  const idle = { fleet: 0, runs: vehicles[0]?.runs.map(() => []) ?? [], was: NOWHERE }
  return {
    vehicles: Array.from({ length: Math.max(...numbers) + 1 }, (_, v) => {
      const vehicle = vehicles[numbers.indexOf(v)]
      return vehicle ? { ...vehicle, was: NOWHERE } : idle
    }),
  }
}

/** Each rule once, with everybody it is broken for. */
function brokenIn({ question }: Asked, breaches: readonly Breach[]): Broken[] {
  const pupils = ({ requests = [] }: Breach) =>
    requests.flatMap((request) => question.rides[request]?.pupil ?? [])
  return [...Map.groupBy(breaches, ({ rule }) => rule)].map(([rule, all]) => ({
    rule,
    pupils: [...new Set(all.flatMap(pupils))],
  }))
}
