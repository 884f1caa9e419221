/** How full a run of a plan is, from stop to stop. */
import type { PupilId } from '#ground/ids.ts'
import type { RideAsked } from '../translation/question.ts'
import type { PlanRun } from '../translation/runs-of.ts'

/** What is taken as the vehicle leaves a stop. Every assistant takes a seat, a shared one from start to end. */
export type Load = { seats: number; wheelchairs: number }

/** What is taken after each stop; nothing at the last, where the vehicle is empty. */
export function loadsOf(
  { stops, riders, assistants }: Pick<PlanRun, 'stops' | 'riders' | 'assistants'>,
  rides: readonly Pick<RideAsked, 'wheelchair' | 'assistant'>[],
): Load[] {
  const rideOf = new Map(riders.map(({ pupil, ride }) => [pupil, rides[ride]]))
  const aboard = new Set<PupilId>()
  return stops.map(({ boards, alights }) => {
    for (const pupil of alights) aboard.delete(pupil)
    for (const pupil of boards) aboard.add(pupil)
    const taken = [...aboard].map((pupil) => rideOf.get(pupil))
    const wheelchairs = taken.filter((ride) => ride?.wheelchair).length
    const own = taken.filter((ride) => ride?.assistant === 'own').length
    const none = taken.length === 0
    return { seats: none ? 0 : taken.length - wheelchairs + own + assistants, wheelchairs }
  })
}

/** The most that is taken at once. */
export const mostOf = (loads: readonly Load[]): Load => ({
  seats: Math.max(0, ...loads.map(({ seats }) => seats)),
  wheelchairs: Math.max(0, ...loads.map(({ wheelchairs }) => wheelchairs)),
})
