/** What ties a request to one vehicle of a plan rather than another: those of its sets, and the vehicle it knows. */
import { isPickup, NO_LIMIT, type Plan, type PlannedVehicle, type Problem, requestOf } from '../problem.ts'
import { countDays } from './day-runs.ts'

/** By request: the position of the vehicle that carries it, or -1. */
export function vehiclesOf({ requests }: Problem, { vehicles }: Plan): Int32Array {
  const carrier = new Int32Array(requests.length).fill(-1)
  for (const [at, { runs }] of vehicles.entries()) {
    for (const run of runs) for (const call of run) if (isPickup(call)) carrier[requestOf(call)] = at
  }
  return carrier
}

/** What the ties of a request say of one vehicle: whether it may be there, and at what price over all days. */
export type Bond = { readonly allowed: boolean; readonly price: number }

/** For the vehicle at a position of the plan, the bond of a request beside the others as they are placed. */
export function bondsOf(
  problem: Problem,
  carrier: Int32Array,
  request: number,
): (vehicle: PlannedVehicle, at: number) => Bond {
  const { present, days } = problem.requests[request]
  const sets = problem.together
    .filter(({ requests }) => requests.includes(request))
    .map(({ requests, price }) => {
      const mates = requests.filter((other) => other !== request && carrier[other] >= 0)
      return { price, on: new Set(mates.map((other) => carrier[other])) }
    })
  return ({ was }, at) => {
    const isMoved = present !== undefined && present.vehicle !== was
    const parted = sets.filter(({ on }) => on.size > 0 && !on.has(at)).map(({ price }) => price)
    const soft = parted.filter((price) => price < NO_LIMIT)
    return {
      allowed: !problem.present[was]?.frozen && !(isMoved && present.frozen) && soft.length === parted.length,
      price: soft.reduce(
        (sum, price) => sum + price * problem.days,
        isMoved ? present.movedPrice * countDays(days) : 0,
      ),
    }
  }
}
