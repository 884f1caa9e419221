/** Rides taken from one vehicle of a plan and put on another, everybody else in the order they were. */
import { ok, type Result, refuse } from '#ground/result.ts'
import { type Breach, check, insert, type Plan, type Rule, requestOf } from '#optimiser'
import type { Asked } from '../translation/runs-of.ts'

type Vehicle = Plan['vehicles'][number]

/**
 * Both vehicles after the rides are carried over, each at its cheapest place. An idle vehicle becomes of the kind that
 * carries them at least cost. Refused with what the most telling of all places there breaks.
 */
export function carriedOver(
  asked: Asked,
  [from, to]: readonly [Vehicle, Vehicle],
  rides: readonly number[],
): Result<Vehicle[], readonly Breach[]> {
  const going = new Set(rides)
  const left = { ...from, runs: from.runs.map((run) => run.filter((call) => !going.has(requestOf(call)))) }
  const isIdle = to.runs.every((run) => run.length === 0)
  // Which goes first decides where the next fit best; both ends of the run are tried.
  const orders = rides.length > 1 ? [rides, rides.toReversed()] : [rides]
  const tries = orders.flatMap((order) =>
    isIdle ? ofEachKind(asked, to, order) : [joinedBy(asked, to, order)],
  )
  const made = tries.flatMap((one) => (one.ok ? [one.value] : []))
  const cost = (vehicle: Vehicle) => check(asked.problem, { vehicles: [vehicle] }).cost
  const [best] = made.toSorted((a, b) => cost(a) - cost(b))
  if (best) return ok([left, best])
  return refuse(mostTelling(tries.flatMap((one) => (one.ok ? [] : [one.refusal]))))
}

type Joined = Result<Vehicle, readonly Breach[]>

function ofEachKind(asked: Asked, idle: Vehicle, [first = 0, ...rest]: readonly number[]): Joined[] {
  const { fleets, requests } = asked.problem
  const session = requests[first]?.session ?? 0
  return [...fleets.keys()].map((fleet): Joined => {
    const runs = idle.runs.map((_, s) => (s === session ? [2 * first, 2 * first + 1] : []))
    const vehicle = { ...idle, fleet, runs }
    const { broken } = check(asked.problem, { vehicles: [vehicle] })
    return broken.length > 0 ? refuse(broken) : joinedBy(asked, vehicle, rest)
  })
}

/** The vehicle once these rides have joined it, one after another. */
function joinedBy(asked: Asked, to: Vehicle, rides: readonly number[]): Joined {
  let becomes = to
  for (const ride of rides) {
    const [way] = insert(asked.problem, { vehicles: [becomes] }, ride).cheapest
    if (!way) return refuse(mostTelling(everyPlaceFor(asked, becomes, ride)))
    becomes = way.becomes
  }
  return ok(becomes)
}

function everyPlaceFor({ problem }: Asked, to: Vehicle, ride: number): (readonly Breach[])[] {
  const session = problem.requests[ride]?.session ?? 0
  const run = to.runs[session] ?? []
  const places = run.keys().toArray().concat(run.length)
  return places.flatMap((on) =>
    places
      .filter((off) => off >= on)
      .map((off) => {
        const calls = [...run.slice(0, on), 2 * ride, ...run.slice(on, off), 2 * ride + 1, ...run.slice(off)]
        const becomes = { ...to, runs: to.runs.map((one, s) => (s === session ? calls : one)) }
        return check(problem, { vehicles: [becomes] }).broken
      }),
  )
}

/** Rules that say when a run calls, and not who is aboard. */
const RULES_OF_TIME: ReadonlySet<Rule> = new Set<Rule>([
  'no-way',
  'window-missed',
  'ride-too-long',
  'shift-too-long',
  'times-cannot-all-be-kept',
])

/**
 * What the place that breaks fewest rules breaks, of places in time before others: whoever is driven alone, before or
 * after everybody else, meets nobody and is late, and "late" would hide that two pupils must be kept apart.
 */
const mostTelling = (all: readonly (readonly Breach[])[]): readonly Breach[] =>
  all.toSorted((one, other) => Number(isLate(one)) - Number(isLate(other)) || one.length - other.length)[0] ??
  []

const isLate = (broken: readonly Breach[]): boolean => broken.some(({ rule }) => RULES_OF_TIME.has(rule))
