/** What a search is asked, frozen: another machine, or a hand, goes on by exactly the same. */
import type { PlannedVehicle } from '#optimiser'
import type { Known, Oddness } from '../anomalies/anomaly.ts'
import type { Travel } from '../found/found-plan.ts'
import type { PlanQuestion } from '../translation/question.ts'

export type Frozen = {
  question: PlanQuestion
  known: readonly Known[]
  /** What the council finds odd. */
  oddness: Oddness
  onKeptRoutes: readonly Travel[]
  notAsked: readonly Travel[]
}

/** A plan's vehicles by their numbers, so that V3 stays V3 however it is changed. One that drives nothing has empty runs. */
export type Numbered = readonly Pick<PlannedVehicle, 'fleet' | 'runs'>[]

const isDriven = ({ runs }: Pick<PlannedVehicle, 'runs'>) => runs.some((run) => run.length > 0)

/** The vehicles that drive, as a plan in force to search on from; `numbers` are theirs. */
export function inForce(vehicles: Numbered): { present: PlannedVehicle[]; numbers: number[] } {
  const numbers = [...vehicles.keys()].filter((v) => isDriven(vehicles[v] as Numbered[number]))
  const present = numbers.map((v, was) => ({ ...(vehicles[v] as Numbered[number]), was }))
  return { present, numbers }
}

/** A plan that was searched on, each vehicle under the number it had; those that are new take the numbers left free. */
export function numberedAgain(found: readonly PlannedVehicle[], numbers: readonly number[]): Numbered {
  const taken = new Set(found.flatMap(({ was }) => numbers[was] ?? []))
  const most = Math.max(-1, ...taken) + 1 + found.length
  const free = Array.from({ length: most }, (_, v) => v).filter((v) => !taken.has(v))
  const placed = new Map(
    found.map(({ fleet, runs, was }) => [numbers[was] ?? free.shift() ?? most, { fleet, runs }]),
  )
  const sessions = found[0]?.runs.length ?? 0
  const idle = { fleet: 0, runs: Array.from({ length: sessions }, () => []) }
  return Array.from({ length: Math.max(-1, ...placed.keys()) + 1 }, (_, v) => placed.get(v) ?? idle)
}
