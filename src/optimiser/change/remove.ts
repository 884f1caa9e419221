/** One pupil fewer on a plan in force: what is saved, and what it does to everybody who was aboard with them. */
import type { Plan, Problem } from '../problem.ts'
import type { Breach } from '../referee/breach.ts'
import { brokenAlone } from './alone.ts'
import { bondsOf, vehiclesOf } from './bonds.ts'
import { type Effect, effectOf } from './effect.ts'
import { RunMeter } from './run-meter.ts'
import { carryOut, withoutRequest } from './way.ts'

export type Removal = {
  /** The plan without the request; a vehicle it leaves empty is not in it. */
  readonly plan: Plan
  /** Undefined where the vehicle cannot keep its times, as it was or as it is left. */
  readonly effect: Effect | undefined
  /** Rules the vehicle breaks as it is left: where a detour was a short cut, others may be late without it. */
  readonly broken: readonly Breach[]
}

/** Takes the request off the plan. Throws where the plan does not carry it. */
export function remove(problem: Problem, plan: Plan, request: number): Removal {
  const carrier = vehiclesOf(problem, plan)
  const at = carrier[request]
  if (at === undefined || at < 0) {
    throw new Error(`Request ${request} is on no vehicle of the plan; expected one that is.`)
  }
  const before = plan.vehicles[at]
  const becomes = withoutRequest(before, request)
  const effect = effectOf(new RunMeter(problem), before, becomes)
  carrier[request] = -1
  const tied = bondsOf(problem, carrier, request)(before, at).price
  const left = becomes.runs.some((run) => run.length > 0)
  return {
    plan: left
      ? carryOut(plan, { vehicle: at, becomes })
      : { vehicles: plan.vehicles.filter((_, v) => v !== at) },
    effect: effect && { ...effect, added: effect.added - tied },
    broken: brokenAlone(problem, becomes),
  }
}
