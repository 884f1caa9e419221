/** A few vehicles of a plan as a question by itself: what holds of them is asked of their own rides and places alone. */
import { type PlannedVehicle, requestOf } from '#optimiser'
import type { PlanQuestion } from '../translation/question.ts'

type Vehicle = Pick<PlannedVehicle, 'fleet' | 'runs'>

export type Part = {
  question: PlanQuestion
  vehicles: readonly Vehicle[]
  /** For each ride of the part, its number in the whole. */
  rides: readonly number[]
}

/**
 * The part of a question that some vehicles answer, with rides that nobody carries beside theirs. Every rule of a plan
 * holds vehicle by vehicle, but how many of a kind there are, which is the caller's to count.
 */
export function partOf(
  whole: PlanQuestion,
  vehicles: readonly Vehicle[],
  uncarried: readonly number[] = [],
): Part {
  const carried = vehicles.flatMap(({ runs }) => runs.flat().map(requestOf))
  const rides = [...new Set([...carried, ...uncarried])].sort((a, b) => a - b)
  const rideNumbers = new Map(rides.map((ride, i) => [ride, i]))
  const asked = rides.flatMap((ride) => whole.rides[ride] ?? [])
  const places = [...new Set(asked.flatMap(({ home, gate }) => [home, gate]))].sort((a, b) => a - b)
  const placeNumbers = new Map(places.map((place, i) => [place, i]))
  const pupils = new Set(asked.map(({ pupil }) => pupil))
  const numberOf = (call: number) => 2 * (rideNumbers.get(requestOf(call)) ?? 0) + (call % 2)
  return {
    question: {
      ...whole,
      places: places.flatMap((place) => whole.places[place] ?? []),
      rides: asked.map((ride) => ({
        ...ride,
        home: placeNumbers.get(ride.home) ?? 0,
        gate: placeNumbers.get(ride.gate) ?? 0,
      })),
      apart: whole.apart.filter(([one, other]) => pupils.has(one) && pupils.has(other)),
      siblings: whole.siblings
        .map((family) => family.filter((pupil) => pupils.has(pupil)))
        .filter((family) => family.length > 1),
    },
    vehicles: vehicles.map(({ fleet, runs }) => ({ fleet, runs: runs.map((run) => run.map(numberOf)) })),
    rides,
  }
}

/** Vehicles of a part, their calls numbered as in the whole. */
export const inTheWhole = ({ rides }: Pick<Part, 'rides'>, vehicles: readonly Vehicle[]): Vehicle[] =>
  vehicles.map(({ fleet, runs }) => ({
    fleet,
    runs: runs.map((run) => run.map((call) => 2 * (rides[requestOf(call)] ?? 0) + (call % 2))),
  }))
