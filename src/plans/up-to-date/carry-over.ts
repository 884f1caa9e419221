/** What of a plan holds for what would be asked today: who rides as before keeps their place, whoever left is off their run. */
import type { PupilId } from '#ground/ids.ts'
import { isPickup, requestOf } from '#optimiser'
import type { Numbered } from '../search/frozen.ts'
import type { PlanQuestion } from '../translation/question.ts'

export type CarriedOver = {
  /** For each ride that is asked as before, its number today. */
  rides: ReadonlyMap<number, number>
  /** By their numbers in the plan; rides by those of today. */
  vehicles: Numbered
  /** The vehicles that carry somebody less. */
  lost: readonly number[]
  /** Rides of today that no vehicle carries. */
  toPlace: readonly number[]
}

type Planned = { question: PlanQuestion; vehicles: Numbered }

/** The plan carried over to what is asked today; the rides of `unsettled` pupils are placed again even where they are the same. */
export function carryOver(
  { question: before, vehicles }: Planned,
  today: PlanQuestion,
  unsettled: ReadonlySet<PupilId>,
): CarriedOver {
  const now = new Map([...today.rides.keys()].map((ride) => [keyOf(today, ride), ride]))
  const rides = new Map(
    before.rides.flatMap(({ pupil }, ride) => {
      const same = unsettled.has(pupil) ? undefined : now.get(keyOf(before, ride))
      return same === undefined ? [] : [[ride, same] as const]
    }),
  )
  const carried = vehicles.map(({ fleet, runs }) => ({
    fleet,
    runs: runs.map((run) =>
      run.flatMap((call) => {
        const ride = rides.get(requestOf(call))
        return ride === undefined ? [] : [2 * ride + (isPickup(call) ? 0 : 1)]
      }),
    ),
  }))
  const aboard = new Set(carried.flatMap(({ runs }) => runs.flat().map(requestOf)))
  return {
    rides,
    vehicles: carried,
    lost: [...vehicles.keys()].filter((v) => callsOf(vehicles, v) > callsOf(carried, v)),
    toPlace: [...today.rides.keys()].filter((ride) => !aboard.has(ride)),
  }
}

const callsOf = (vehicles: Numbered, v: number) => vehicles[v]?.runs.flat().length ?? 0

/** The ride in words that do not hang on the numbers of a question. */
function keyOf({ rides, places }: PlanQuestion, ride: number): string {
  const asked = rides[ride]
  return JSON.stringify({
    ...asked,
    home: places[asked?.home ?? -1]?.place,
    gate: places[asked?.gate ?? -1]?.place,
  })
}
