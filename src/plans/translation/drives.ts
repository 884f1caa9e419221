/** How long and how far it is between the places of a question, by the roads of the morning and of the afternoon. */
import { UNREACHABLE } from '#optimiser'
import { type Drive, NO_WAY, type TravelTimes } from '#roads'
import type { Drives, DrivesByDirection } from './problem-of.ts'
import type { PlanQuestion } from './question.ts'

/** Asks the roads for every pair of places. A minibus is the slower: where one is offered, nobody is late by it. */
export async function askDrives(
  roads: TravelTimes,
  question: Pick<PlanQuestion, 'places' | 'policy'>,
): Promise<DrivesByDirection> {
  const vehicle = question.policy.vehicles.some(({ drives }) => drives === 'minibus') ? 'minibus' : 'taxi'
  return [
    await drivesOf(roads, question, { vehicle, at: 'school-morning' }),
    await drivesOf(roads, question, { vehicle, at: 'school-afternoon' }),
  ]
}

async function drivesOf(
  roads: TravelTimes,
  { places }: Pick<PlanQuestion, 'places'>,
  drive: Drive,
): Promise<Drives> {
  const points = places.map(({ place }) => place)
  const { seconds, metres } = await roads.matrix(points, points, drive)
  const whole = (n: number) => (n === NO_WAY ? UNREACHABLE : n)
  return { seconds: Int32Array.from(seconds, whole), metres: Int32Array.from(metres, whole) }
}
