/** What a change to one vehicle does: to what it costs, and to everybody who is on it before and after. */
import { isPickup, type PlannedVehicle, requestOf } from '../problem.ts'
import { allDays, assistantsOf, countDays, type VehicleDay, vehicleDays } from './day-runs.ts'
import type { RunMeter } from './run-meter.ts'

/** Starts of service, and the ride between them, in the problem's unit of time. */
export type Moments = { readonly pickup: number; readonly dropoff: number; readonly ride: number }

/** What becomes of one companion on the same days. */
export type Change = {
  readonly request: number
  /** Bit d for day d. */
  readonly days: number
  readonly before: Moments
  readonly after: Moments
}

/** When a request that has joined (or will leave) travels. */
export type Journey = { readonly days: number; readonly times: Moments }

export type Effect = {
  /** What the vehicle costs more (or, below 0, less), over all days. Prices of moving and parting are not in it. */
  readonly added: number
  /** Everybody who is aboard in the same session on the same days, those for whom nothing changes too. */
  readonly companions: readonly Change[]
  /** By how much pickups and drop-offs of companions move, earlier or later, over all days. */
  readonly disturbance: number
}

/** From one state of a vehicle to another; undefined where either cannot keep its times on some day. */
export function effectOf(meter: RunMeter, before: PlannedVehicle, after: PlannedVehicle): Effect | undefined {
  const { problem } = meter
  let added = 0
  const companions: Change[] = []
  for (const [was, is] of vehicleDays(problem, [before, after], allDays(problem))) {
    const less = dayPrice(meter, before.fleet, was)
    const more = dayPrice(meter, after.fleet, is)
    if (less === undefined || more === undefined) return undefined
    added += was.count * (more - less)
    for (const session of is.runs.keys()) {
      const runs = [was.runs[session] ?? [], is.runs[session]] as const
      if (runs[0].join() === runs[1].join()) continue
      const then = momentsOf(meter, before.fleet, runs[0])
      const now = momentsOf(meter, after.fleet, runs[1])
      companions.push(...changesBetween(then, now).map((change) => ({ ...change, days: is.days })))
    }
  }
  return { added, companions, disturbance: disturbanceOf(companions) }
}

function changesBetween(then: Map<number, Moments>, now: Map<number, Moments>) {
  return [...now].flatMap(([request, after]) => {
    const before = then.get(request)
    return before ? [{ request, before, after }] : []
  })
}

/** When the request travels on this vehicle, for each different day; undefined where a time cannot be kept. */
export function journeysOf(meter: RunMeter, vehicle: PlannedVehicle, request: number): Journey[] {
  const { days, session } = meter.problem.requests[request]
  return vehicleDays(meter.problem, [vehicle], days).flatMap(([day]) => {
    const times = momentsOf(meter, vehicle.fleet, day.runs[session] ?? []).get(request)
    return times ? [{ days: day.days, times }] : []
  })
}

function dayPrice(meter: RunMeter, fleet: number, { runs }: VehicleDay): number | undefined {
  const { problem } = meter
  const { costPerDay, costPerAssistant } = problem.types[problem.fleets[fleet].type]
  let price = 0
  let most = 0
  let drives = false
  for (const calls of runs) {
    if (calls.length === 0) continue
    if (!meter.time(fleet, calls)) return undefined
    const assistants = assistantsOf(problem, calls)
    price += meter.price(assistants)
    most = Math.max(most, assistants)
    drives = true
  }
  return drives ? price + costPerDay + most * costPerAssistant : 0
}

/** By request, when it travels on a run of one day. */
function momentsOf(meter: RunMeter, fleet: number, calls: readonly number[]): Map<number, Moments> {
  if (calls.length === 0 || !meter.time(fleet, calls)) return new Map()
  return new Map(
    calls.flatMap((call, k): [number, Moments][] => {
      if (!isPickup(call)) return []
      const dropoff = meter.startOf(calls.indexOf(call + 1))
      return [[requestOf(call), { pickup: meter.startOf(k), dropoff, ride: meter.rideFrom(k) }]]
    }),
  )
}

function disturbanceOf(companions: readonly Change[]): number {
  return companions.reduce((sum, { days, before, after }) => {
    const moved = Math.abs(after.pickup - before.pickup) + Math.abs(after.dropoff - before.dropoff)
    return sum + countDays(days) * moved
  }, 0)
}
