import fc from 'fast-check'
import {
  type Call,
  type Fleet,
  NO_LIMIT,
  NOWHERE,
  type Problem,
  type Request,
  type VehicleType,
} from './problem.ts'
import { Random } from './random.ts'

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

/** So many homes along one road to one school, in no order, so that many plans are nearly as good. */
export function aRoadOfHomes(homes: number): Problem {
  const spread = Array.from({ length: homes }, (_, i) => 17 * ((i * 7) % (homes + 1)))
  const pupils = spread.map((_, i) => aRequest(i + 1, homes + 1, { longestRide: 950 }))
  return aProblem([0, ...spread, 900], pupils)
}

/** So many pupils and one school in forty of them, spread over a square of 60 km; two sizes of vehicle, from one base. */
export function aCounty(pupils: number): Problem {
  const random = new Random(7)
  const schools = Math.ceil(pupils / 40)
  const at = Array.from({ length: 1 + pupils + schools }, () => [random.below(60_000), random.below(60_000)])
  const metres = Int32Array.from(
    at.flatMap(([x, y]) => at.map(([u, v]) => Math.round(Math.hypot(x - u, y - v)))),
  )
  const requests = Array.from({ length: pupils }, (_, i) => {
    const opens = 30_000 + 900 * (i % 3)
    return aRequest(1 + i, 1 + pupils + (i % schools), {
      dropoff: { place: 1 + pupils + (i % schools), open: opens, close: opens + 900, service: 30 },
      longestRide: 5400,
    })
  })
  const types = [aVehicleType({ costPerDay: 50_000 }), aVehicleType({ layouts: [[16]], costPerDay: 150_000 })]
  return aProblem([], requests, {
    places: at.length,
    metres,
    seconds: metres.map((metre) => Math.round(metre / 14)),
    types,
    fleets: types.map((_, type) => aFleet({ type, endsAt: NOWHERE })),
  })
}

const tens = (most: number) => fc.integer({ min: 0, max: most / 10 }).map((ten) => 10 * ten)

const anyTime = () =>
  tens(200).chain((open) => tens(200).map((wide) => ({ open, close: open + wide, service: wide % 30 })))

const anyRichRequest = ({ days, sessions }: { days: number; sessions: number }) =>
  fc
    .record({
      from: fc.integer({ min: 0, max: 4 }),
      to: fc.integer({ min: 0, max: 4 }),
      times: fc.tuple(anyTime(), anyTime()),
      but: fc.record({
        longestRide: fc.constantFrom(NO_LIMIT, 200, 60),
        session: fc.nat({ max: sessions - 1 }),
        days: fc.integer({ min: 1, max: 2 ** days - 1 }),
        people: fc.constantFrom(1, 1, 2),
        room: fc.constantFrom([1, 0], [1, 0], [0, 1], [3, 0]),
        ownAssistants: fc.constantFrom(0, 0, 1),
        assistantShare: fc.constantFrom(0, 0, 1, 2520),
        atMostOthers: fc.constantFrom(NO_LIMIT, NO_LIMIT, 1, 0),
        class: fc.nat({ max: 2 }),
        onlyOwnSchool: fc.boolean(),
        ridePrice: fc.constantFrom([], [{ after: 30, perSecond: 3 }]),
        earlyPrice: fc.constantFrom({ before: 0, perSecond: 0 }, { before: 150, perSecond: 2 }),
        boardedAfterPrice: fc.constantFrom(0, 0, 70),
        alightedBeforePrice: fc.constantFrom(0, 0, 50),
      }),
    })
    .map(({ from, to, times: [pickup, dropoff], but }) =>
      aRequest(from, to, but, {
        pickup: aCall(from, pickup),
        dropoff: aCall(to, dropoff),
        ownAssistantsCost: 7,
      }),
    )

/** Any small problem with many rules at once; times and metres neither symmetric nor triangular. */
export function anyRichProblem({ days = 3, sessions = 2 } = {}): fc.Arbitrary<Problem> {
  const matrix = fc.array(tens(60), { minLength: 25, maxLength: 25 })
  const requests = fc.array(anyRichRequest({ days, sessions }), { minLength: 1, maxLength: 7 })
  const base = fc.constantFrom(NOWHERE, 0, 1)
  const fleet = fc
    .record({
      type: fc.nat({ max: 1 }),
      count: fc.constantFrom(NO_LIMIT, 1, 2),
      startsAt: base,
      endsAt: base,
    })
    .map((but) => aFleet(but))
  const type = fc
    .record({
      layouts: fc.constantFrom(
        [[4, 0]],
        [[3, 1]],
        [
          [8, 0],
          [5, 1],
          [2, 2],
        ],
      ),
      costPerEmptyMetre: fc.constantFrom(0, 1, 2),
      costPerSecond: fc.constantFrom(0, 0, 1),
      costPerAssistantSecond: fc.constantFrom(0, 0, 1),
      longestShift: fc.constantFrom(NO_LIMIT, NO_LIMIT, 250),
    })
    .map((but) => aVehicleType(but))
  return fc
    .record({
      seconds: matrix,
      metres: matrix,
      requests,
      types: fc.tuple(type, type),
      fleets: fc.array(fleet, { minLength: 1, maxLength: 3 }),
      apart: fc.constantFrom([], [[0, 1]]),
      classesApart: fc.constantFrom([], [[0, 1]], [[2, 2]]),
      together: fc.constantFrom([], [NO_LIMIT], [40]),
    })
    .map(({ seconds, metres, requests: asked, apart, classesApart, together, ...rest }) =>
      aProblem([], asked, rest, {
        places: 5,
        seconds: Int32Array.from(seconds),
        metres: Int32Array.from(metres),
        kinds: 2,
        assistantRoom: [1, 0],
        sessions,
        days,
        apart: asked.length < 2 ? [] : (apart as [number, number][]),
        classesApart: classesApart as [number, number][],
        together: together.map((price) => ({ requests: [0, asked.length - 1], price })),
      }),
    )
}
