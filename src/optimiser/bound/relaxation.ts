/**
 * A bound on every plan that takes a moment even for a county. Nobody can be carried for less than
 *  - a way to each call from the nearest place one could come from (or away from it, whichever is dearer in all), and
 *  - a share of the vehicle and the assistant they sit in at one instant at which they cannot but be aboard:
 *    the price over the most people who can be aboard with them, so that the shares of a full vehicle add up to one;
 * or else for what leaving them behind costs.
 */
import { type Call, NOWHERE, type Problem, type Request, UNREACHABLE, type VehicleType } from '../problem.ts'
import { fastestTo } from './fastest.ts'
import { type Part, partsOf } from './part.ts'

/** What no plan can cost less than, those left unplaced included. */
export function relaxedBound(problem: Problem): number {
  return Math.floor(partsOf(problem).reduce((sum, part) => sum + part.days * boundOf(part), 0) + 1e-6)
}

function boundOf(part: Part): number {
  const { problem, requests } = part
  const instants = certainlyAboard(part)
  const shares = requests.map((r) => shareOf(part, problem.requests[r]))
  const ways = [waysTo(part), waysFrom(part)]
  const bounds = ways.flatMap((way) =>
    bestInstants(instants, shares).map((instant) =>
      requests.reduce((sum, r, i) => {
        const { ownAssistantsCost, unplacedPrice } = problem.requests[r]
        const isAboard = instants[i].from < instant && instant <= instants[i].to
        const seat = shares[i] === Number.POSITIVE_INFINITY || isAboard ? shares[i] : 0
        return sum + Math.min(unplacedPrice, ownAssistantsCost + way[i] + seat)
      }, 0),
    ),
  )
  return Math.max(...bounds)
}

type Span = { from: number; to: number }

/** After `from` and until `to` a request is aboard of necessity; empty where there is no such time. */
function certainlyAboard({ problem, requests }: Part): Span[] {
  const fastest = fastestTo(problem, requests)
  return requests.map((r) => {
    const { pickup, dropoff } = problem.requests[r]
    const shortest = pickup.service + fastest(pickup.place, dropoff.place)
    return {
      from: Math.min(pickup.close, dropoff.close - shortest),
      to: Math.max(dropoff.open, pickup.open + shortest),
    }
  })
}

/** The instants at which most is owed: one of them is the end of some span. */
function bestInstants(spans: readonly Span[], shares: readonly number[]): number[] {
  const finite = shares.map((share) => (Number.isFinite(share) ? share : 0))
  const turns = spans
    .flatMap(({ from, to }, i) =>
      from < to
        ? [
            { at: from, by: finite[i] },
            { at: to, by: -finite[i] },
          ]
        : [],
    )
    .sort((a, b) => a.at - b.at || a.by - b.by)
  let owed = 0
  let most = { owed: 0, at: Number.NEGATIVE_INFINITY }
  turns.forEach(({ by }, i) => {
    owed += by
    // Aboard after `from` and until `to`, both counted up to the next turn.
    if (owed > most.owed && i + 1 < turns.length) most = { owed, at: turns[i + 1].at }
  })
  return [most.at]
}

/** The least that a seat for this request costs at any one moment; endless where no vehicle can take it. */
function shareOf({ problem, ofDay }: Part, request: Request): number {
  const least = leastRoom(problem)
  const perType = problem.types.map((type) => {
    const people = mostAboardWith(problem, request, { type, least })
    const price = ofDay * (type.costPerDay + (request.assistantShare > 0 ? type.costPerAssistant : 0))
    return people === 0 ? Number.POSITIVE_INFINITY : price / people
  })
  return Math.min(...problem.fleets.map(({ type }) => perType[type]))
}

/** How many requests, this one with them, can be aboard together at the very most; 0 where it cannot be aboard. */
function mostAboardWith(
  problem: Problem,
  request: Request,
  { type, least }: { type: VehicleType; least: number },
): number {
  const assistants = request.ownAssistants + (request.assistantShare > 0 ? 1 : 0)
  const taken = request.room.map((room, kind) => room + assistants * problem.assistantRoom[kind])
  const others = type.layouts.flatMap((layout) => {
    const left = layout.map((room, kind) => room - taken[kind])
    if (left.some((room) => room < 0)) return []
    const room = left.reduce((sum, kind) => sum + kind, 0)
    return least === 0 ? problem.requests.length : Math.floor(room / least)
  })
  const most = Math.max(-1, ...others)
  return 1 + Math.min(most, request.atMostOthers, problem.requests.length)
}

function leastRoom({ requests }: Problem): number {
  return Math.min(...requests.map(({ room }) => room.reduce((sum, kind) => sum + kind, 0)))
}

function waysTo({ problem, requests }: Part): Float64Array {
  const calls = callsOf(problem, requests)
  const starts = problem.fleets.map(({ type, startsAt }) => ({ type: problem.types[type], place: startsAt }))
  const metre = cheapestMetre(problem)
  const pay = (distance: number) => (distance < Number.POSITIVE_INFINITY ? metre * distance : distance)
  return Float64Array.from(requests, (_, i) => {
    const [pickup, dropoff] = [calls[2 * i], calls[2 * i + 1]]
    const fromBase = Math.min(
      ...starts.map(({ type, place }) =>
        place === NOWHERE ? 0 : type.costPerEmptyMetre * metres(problem, place, pickup.place),
      ),
    )
    const before = (call: Call) =>
      nearest(
        calls,
        call,
        (other) => canFollow(problem, other, call) && metres(problem, other.place, call.place),
      )
    return Math.min(fromBase, pay(before(pickup))) + pay(before(dropoff))
  })
}

function waysFrom({ problem, requests }: Part): Float64Array {
  const calls = callsOf(problem, requests)
  const ends = problem.fleets.map(({ type, endsAt }) => ({ type: problem.types[type], place: endsAt }))
  const metre = cheapestMetre(problem)
  const pay = (distance: number) => (distance < Number.POSITIVE_INFINITY ? metre * distance : distance)
  return Float64Array.from(requests, (_, i) => {
    const [pickup, dropoff] = [calls[2 * i], calls[2 * i + 1]]
    const home = Math.min(
      ...ends.map(({ type, place }) =>
        place === NOWHERE ? 0 : type.costPerEmptyMetre * metres(problem, dropoff.place, place),
      ),
    )
    const after = (call: Call) =>
      nearest(
        calls,
        call,
        (other) => canFollow(problem, call, other) && metres(problem, call.place, other.place),
      )
    return Math.min(home, pay(after(dropoff))) + pay(after(pickup))
  })
}

function callsOf({ requests }: Problem, some: readonly number[]): Call[] {
  return some.flatMap((r) => [requests[r].pickup, requests[r].dropoff])
}

/** The least distance to or from any other call that may stand beside this one. */
function nearest(calls: readonly Call[], call: Call, far: (other: Call) => number | false): number {
  let least = Number.POSITIVE_INFINITY
  for (const other of calls) {
    if (other === call) continue
    const distance = far(other)
    if (distance !== false && distance < least) least = distance
  }
  return least
}

function canFollow({ seconds, places }: Problem, first: Call, then: Call): boolean {
  const drive = seconds[first.place * places + then.place]
  return drive < UNREACHABLE && first.open + first.service + drive <= then.close
}

function metres({ metres: way, places }: Problem, from: number, to: number): number {
  return way[from * places + to]
}

function cheapestMetre({ types, fleets }: Problem): number {
  return Math.min(...fleets.map(({ type }) => types[type].costPerMetre))
}
