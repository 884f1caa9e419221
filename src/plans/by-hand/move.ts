/** One pupil moved from one vehicle of a plan to another by hand: what it does to everybody aboard, or which rules forbid it. */
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { type Breach, check, insert, NOWHERE, type Plan, type Rule, requestOf } from '#optimiser'
import type { Part } from '../found/part.ts'
import { type PlanCost, planCostOf } from '../found/plan-cost.ts'
import { type DrivesByDirection, problemOf } from '../translation/problem-of.ts'
import { type Asked, type PlanRun, runsOf } from '../translation/runs-of.ts'

type Vehicles = Part['vehicles']

export type Moving = {
  /** The vehicle left, and the one joined. */
  part: Part & { vehicles: Vehicles }
  /** Their numbers in the plan. */
  numbers: readonly [from: number, to: number]
  drives: DrivesByDirection
  /** The ride that moves, by its number in the part. */
  ride: number
}

/** Both vehicles before and after; runs under the names and numbers of the plan, rides by those of the part. */
export type Moved = {
  asked: Asked
  vehicles: Vehicles
  before: { runs: readonly PlanRun[]; cost: PlanCost }
  after: { runs: readonly PlanRun[]; cost: PlanCost }
}

/** The move at the cheapest place on the vehicle joined, refereed; refused with the rules that every place would break. */
export function moveOf({ part, numbers, drives, ride }: Moving): Result<Moved, readonly Rule[]> {
  const { question, vehicles } = part
  const asked = { question, drives, problem: problemOf(question, drives) }
  const [from, to] = vehicles.map((vehicle) => ({ ...vehicle, was: NOWHERE }))
  if (!from || !to) throw new Error(`A move is between two vehicles; given ${vehicles.length}.`)
  const left = { ...from, runs: from.runs.map((run) => run.filter((call) => requestOf(call) !== ride)) }
  const [way] = insert(asked.problem, { vehicles: [to] }, ride).cheapest
  if (!way) return refuse(rulesAgainst(asked, to, ride))
  const plan = (two: Vehicles) => placed(two, numbers)
  const after = plan([left, way.becomes])
  const { broken } = check(asked.problem, after)
  if (broken.length > 0) return refuse(rulesOf(broken))
  const read = (one: Plan) => ({ runs: runsOf(asked, one), cost: planCostOf(asked, one) })
  return ok({ asked, vehicles: [left, way.becomes], before: read(plan([from, to])), after: read(after) })
}

/** A plan in which the vehicles stand under their own numbers, all others idle. */
function placed(vehicles: Vehicles, numbers: readonly number[]): Plan {
  const idle = { fleet: 0, runs: vehicles[0]?.runs.map(() => []) ?? [], was: NOWHERE }
  return {
    vehicles: Array.from({ length: Math.max(...numbers) + 1 }, (_, v) => {
      const vehicle = vehicles[numbers.indexOf(v)]
      return vehicle ? { ...vehicle, was: NOWHERE } : idle
    }),
  }
}

/** What the place that breaks fewest rules breaks. */
function rulesAgainst({ problem }: Asked, to: Plan['vehicles'][number], ride: number): Rule[] {
  const session = problem.requests[ride]?.session ?? 0
  const run = to.runs[session] ?? []
  let fewest: readonly Breach[] | undefined
  for (let on = 0; on <= run.length; on++) {
    for (let off = on; off <= run.length; off++) {
      const calls = [...run.slice(0, on), 2 * ride, ...run.slice(on, off), 2 * ride + 1, ...run.slice(off)]
      const becomes = { ...to, runs: to.runs.map((one, s) => (s === session ? calls : one)) }
      const { broken } = check(problem, { vehicles: [becomes] })
      if (!fewest || broken.length < fewest.length) fewest = broken
    }
  }
  return rulesOf(fewest ?? [])
}

const rulesOf = (broken: readonly Breach[]): Rule[] => [...new Set(broken.map(({ rule }) => rule))]

/** How somebody’s ride on these vehicles was and becomes, in minutes of the day and aboard. */
export type EffectOnPupil = {
  pupil: PupilId
  direction: 1 | 2
  before: Seat
  after: Seat
}
type Seat = Pick<PlanRun, 'name'> &
  Pick<PlanRun['riders'][number], 'startsAt' | 'endsAt' | 'ridden' | 'sharesWith'>

/** Everybody aboard in that direction, whoever moves first. */
export function effectsOf({ asked, before, after }: Moved, ride: number): EffectOnPupil[] {
  const [was, is] = [seatsIn(before.runs), seatsIn(after.runs)]
  const direction = asked.question.rides[ride]?.direction
  return [...was]
    .flatMap(([r, seat]) => {
      const now = is.get(r)
      const about = asked.question.rides[r]
      if (!now || !about || about.direction !== direction) return []
      return [{ r, pupil: about.pupil, direction: about.direction, before: seat, after: now }]
    })
    .toSorted((a, b) => Number(b.r === ride) - Number(a.r === ride))
    .map(({ r: _, ...effect }) => effect)
}

const seatsIn = (runs: readonly PlanRun[]): Map<number, Seat> =>
  new Map(
    runs.flatMap(({ name, riders }) =>
      riders.map(({ ride, startsAt, endsAt, ridden, sharesWith }) => [
        ride,
        { name, startsAt, endsAt, ridden, sharesWith },
      ]),
    ),
  )
