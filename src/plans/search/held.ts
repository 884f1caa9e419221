/** Vehicles that a search leaves as they are, though it asks anew. */
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { requestOf } from '#optimiser'
import type { PlanQuestion, RideAsked } from '../translation/question.ts'
import type { Numbered } from './frozen.ts'

type Holding = {
  /** What the plan answers in which they are locked, and all its vehicles. */
  was: PlanQuestion
  vehicles: Numbered
  /** The numbers of those to be held. */
  held: readonly number[]
}

/**
 * Those vehicles under their numbers with their calls as another question numbers them, all others idle. Refused with the
 * vehicle whose pupils are not all asked for in the same way any more, and who they are.
 */
export function heldIn(
  question: PlanQuestion,
  { was, vehicles, held }: Holding,
): Result<Numbered, { vehicle: number; pupils: PupilId[] }> {
  const numbers = new Map(question.rides.map((ride, i) => [keyOf(question, ride), i]))
  const kinds = question.policy.vehicles.map(({ name }) => name)
  const made: Numbered[number][] = vehicles.map(({ runs }) => ({ fleet: 0, runs: runs.map(() => []) }))
  for (const vehicle of held) {
    const { fleet, runs } = vehicles[vehicle] ?? { fleet: 0, runs: [] }
    const gone: PupilId[] = []
    const callOf = (call: number): number => {
      const ride = was.rides[requestOf(call)]
      const now = ride && numbers.get(keyOf(was, ride))
      if (ride && now === undefined) gone.push(ride.pupil)
      return 2 * (now ?? 0) + (call % 2)
    }
    const kind = kinds.indexOf(was.policy.vehicles[fleet]?.name ?? '')
    made[vehicle] = { fleet: kind, runs: runs.map((run) => run.map(callOf)) }
    if (gone.length > 0 || kind < 0) return refuse({ vehicle, pupils: [...new Set(gone)] })
  }
  return ok(made)
}

/** The same for the same pupil, days, home and gate. */
const keyOf = ({ places }: PlanQuestion, { pupil, direction, days, home, gate }: RideAsked): string =>
  [
    pupil,
    direction,
    days,
    ...[home, gate].flatMap((at) => [places[at]?.place.latitude, places[at]?.place.longitude]),
  ].join(' ')
