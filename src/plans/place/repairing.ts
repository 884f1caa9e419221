/** Where everybody on lost routes could ride instead, with as few others moved as can be. */
import type { PupilId } from '#ground/ids.ts'
import { type Pence, pence } from '#ground/money.ts'
import { isPickup, type Plan, type Problem, type Reason, repair, requestOf, whyUnplaced } from '#optimiser'
import { UNITS_IN_A_PENNY } from '../translation/problem-of.ts'
import type { RideAsked } from '../translation/question.ts'
import type { Asked } from '../translation/runs-of.ts'
import type { PresentPlan, PresentRoute } from './present-plan.ts'

/** Where somebody would ride: on a route of today, in a vehicle to be hired, or nowhere and why. */
export type Rehomed = { ride: RideAsked } & (
  | { on: PresentRoute }
  | { hired: string }
  | { reasons: readonly Reason[] }
)

export type Repaired = {
  /** Everybody of the lost routes, direction by direction. */
  lost: readonly Rehomed[]
  /** Pupils of other routes who would have to change theirs. */
  moved: readonly Rehomed[]
  /** What it costs more on an average day, with what hardship counts. */
  added: Pence
}

/** Mends the network after some of its routes are lost, one after the other; none of them is used again. */
export function repaired(
  asked: Asked,
  present: PresentPlan,
  isLost: (route: PresentRoute) => boolean,
): Repaired {
  const offers = asked.question.policy.vehicles.length
  const gone = new Set([...present.routes.keys()].filter((v) => isLost(present.routes[v] as PresentRoute)))
  const waiting = [...gone].flatMap((v) => ridersOf(present.plan, v))
  let { plan, problem } = present
  let added = 0
  const moved = new Set<number>()
  for (const v of gone) {
    const mended = repair(
      problem,
      plan,
      plan.vehicles.findIndex(({ fleet }) => fleet === v + offers),
    )
    plan = mended.plan
    problem = withoutFleet(problem, v + offers)
    added += mended.added
    for (const request of mended.moved) moved.add(request)
  }
  const rehomed = rehomedIn(asked, { ...present, problem, plan })
  return {
    lost: waiting.map(rehomed),
    moved: [...moved].filter((request) => !waiting.includes(request)).map(rehomed),
    added: pence(Math.round(added / UNITS_IN_A_PENNY / problem.days)),
  }
}

/** So that a vehicle that is lost is not found again when the next is. */
const withoutFleet = (problem: Problem, lost: number): Problem => ({
  ...problem,
  fleets: problem.fleets.map((fleet, f) => (f === lost ? { ...fleet, count: 0 } : fleet)),
})

const ridersOf = ({ vehicles }: Plan, v: number): number[] =>
  (vehicles[v]?.runs ?? []).flatMap((run) => run.filter(isPickup).map(requestOf))

function rehomedIn(
  { question }: Asked,
  { problem, plan, routes }: Pick<PresentPlan, 'problem' | 'plan' | 'routes'>,
): (request: number) => Rehomed {
  const { vehicles: offers } = question.policy
  const carrier = new Map(
    plan.vehicles.flatMap(({ fleet }, v) => ridersOf(plan, v).map((r) => [r, fleet] as const)),
  )
  const unplaced = new Map(whyUnplaced(problem, plan).map(({ request, reasons }) => [request, reasons]))
  return (request) => {
    const ride = question.rides[request] as RideAsked
    const fleet = carrier.get(request)
    if (fleet === undefined) return { ride, reasons: unplaced.get(request) ?? [] }
    const on = routes[fleet - offers.length]
    return on ? { ride, on } : { ride, hired: offers[fleet]?.name ?? '' }
  }
}

/** How many pupils some rides are of. */
export const pupilsOf = (those: readonly Rehomed[]): ReadonlySet<PupilId> =>
  new Set(those.map(({ ride }) => ride.pupil))
