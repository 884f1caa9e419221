import { type Call, type Fleet, NO_LIMIT, type Problem, type Request, type VehicleType } from './problem.ts'

const ALWAYS = { open: -1_000_000, close: 1_000_000 }

/** A call at a place at any time, over in no time. */
export function aCall(place: number, ...but: Partial<Call>[]): Call {
  return Object.assign({ place, ...ALWAYS, service: 0 }, ...but)
}

/** One person taking one seat of the first kind, at any time of the only day, however long it takes. */
export function aRequest(from: number, to: number, ...but: Partial<Request>[]): Request {
  const request: Request = {
    pickup: aCall(from),
    dropoff: aCall(to),
    longestRide: NO_LIMIT,
    session: 0,
    days: 1,
    people: 1,
    room: [1],
    ownAssistants: 0,
    ownAssistantsCost: 0,
    assistantShare: 0,
    atMostOthers: NO_LIMIT,
    class: 0,
    school: to,
    onlyOwnSchool: false,
    unplacedPrice: 1_000_000,
    ridePrice: [],
    earlyPrice: { before: 0, perSecond: 0 },
    boardedAfterPrice: 0,
    alightedBeforePrice: 0,
  }
  return Object.assign(request, ...but)
}

/** Four seats, 1,000 a day and 1 a metre, loaded or empty. */
export function aVehicleType(...but: Partial<VehicleType>[]): VehicleType {
  const type: VehicleType = {
    layouts: [[4]],
    costPerDay: 1000,
    costPerMetre: 1,
    costPerEmptyMetre: 1,
    costPerSecond: 0,
    costPerAssistant: 100,
    costPerAssistantSecond: 0,
    longestShift: NO_LIMIT,
  }
  return Object.assign(type, ...but)
}

/** As many vehicles of the first type as it takes, from place 0 and back, at any time. */
export function aFleet(...but: Partial<Fleet>[]): Fleet {
  return Object.assign({ type: 0, count: NO_LIMIT, startsAt: 0, endsAt: 0, ...ALWAYS }, ...but)
}

/** Places on a line, `at` in metres, a metre a second; one session of one day, one kind of room, nothing forbidden. */
export function aProblem(
  at: readonly number[],
  requests: readonly Request[],
  ...but: Partial<Problem>[]
): Problem {
  const far = Int32Array.from(at.flatMap((a) => at.map((b) => Math.abs(a - b))))
  const problem: Problem = {
    places: at.length,
    seconds: far,
    metres: far,
    requests,
    types: [aVehicleType()],
    fleets: [aFleet()],
    kinds: 1,
    assistantRoom: [1],
    sessions: 1,
    days: 1,
    apart: [],
    classesApart: [],
    together: [],
    present: [],
  }
  return Object.assign(problem, ...but)
}
