/** A vehicle's week, day by day: days on which the same people are on it are one. */
import { isPickup, type PlannedVehicle, type Problem, requestOf, WHOLE_ASSISTANT } from '../problem.ts'

export type VehicleDay = {
  /** Bit d for day d, and how many days those are. */
  readonly days: number
  readonly count: number
  /** By session: the calls made. */
  readonly runs: readonly (readonly number[])[]
}

/** The different days among `days` (bits) of one vehicle, or of several taken together. */
export function vehicleDays(
  problem: Problem,
  vehicles: readonly PlannedVehicle[],
  days: number,
): VehicleDay[][] {
  const asked = days & allDays(problem)
  return daysAlike(problem, vehicles, asked).map((alike) =>
    vehicles.map(({ runs }) => ({
      days: alike,
      count: countDays(alike),
      runs: runs.map((run) => run.filter((call) => problem.requests[requestOf(call)].days & alike)),
    })),
  )
}

/** The days asked for, those with the same requests in one number. */
function daysAlike(
  { requests, days }: Problem,
  vehicles: readonly PlannedVehicle[],
  asked: number,
): number[] {
  const patterns = new Set<number>()
  for (const { runs } of vehicles) {
    for (const run of runs) for (const call of run) patterns.add(requests[requestOf(call)].days & asked)
  }
  const alike = new Map<string, number>()
  for (let day = 0; day < days; day++) {
    const bit = 1 << day
    if ((asked & bit) === 0) continue
    const key = [...patterns].map((pattern) => (pattern & bit ? 1 : 0)).join('')
    alike.set(key, (alike.get(key) ?? 0) | bit)
  }
  return [...alike.values()]
}

/** Every day of the plan, bit by bit. */
export function allDays({ days }: Problem): number {
  return 2 ** days - 1
}

/** How many days these bits are. */
export function countDays(days: number): number {
  let count = 0
  for (let rest = days; rest !== 0; rest &= rest - 1) count++
  return count
}

/** How many shared assistants a run carries: as many as its fullest moment takes. */
export function assistantsOf({ requests }: Problem, calls: readonly number[]): number {
  let share = 0
  let most = 0
  for (const call of calls) {
    const part = requests[requestOf(call)].assistantShare
    share += isPickup(call) ? part : -part
    if (share > most) most = share
  }
  return Math.ceil(most / WHOLE_ASSISTANT)
}
