import fc from 'fast-check'
import { check } from '../check.ts'
import {
  NO_LIMIT,
  NOWHERE,
  type Plan,
  type PlannedVehicle,
  type Problem,
  type Request,
  WHOLE_ASSISTANT,
} from '../problem.ts'
import { aCall, aFleet, aProblem, aRequest, aVehicleType } from '../testing.ts'

/** Numbers are coarse, so that ties and refusals are common. */
const tens = (most: number) => fc.integer({ min: 0, max: most / 10 }).map((ten) => ten * 10)
const mostly = <T>(usual: T, ...others: fc.Arbitrary<T>[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, ...others)

/**
 * A small problem with any of the rules in it: times that are neither symmetric nor obey the triangle inequality,
 * windows, rides, layouts, assistants, sharing, counted fleets, wages, several sessions and days. Nothing is frozen.
 */
export function anyProblem({ mostRequests }: { mostRequests: number }): fc.Arbitrary<Problem> {
  return fc
    .record({
      places: fc.integer({ min: 2, max: 5 }),
      sessions: mostly(1, fc.constant(2)),
      days: mostly(1, fc.integer({ min: 2, max: 3 })),
      requests: fc.integer({ min: 1, max: mostRequests }),
    })
    .chain(({ places, sessions, days, requests }) => {
      const matrix = fc.array(tens(60), { minLength: places * places, maxLength: places * places })
      const pairs = requests < 2 ? fc.constant([]) : fc.array(anyPair(requests), { maxLength: 2 })
      const place = fc.nat({ max: places - 1 })
      return fc
        .record({
          seconds: matrix,
          metres: matrix,
          requests: fc.array(anyRequest({ place, sessions, days }), {
            minLength: requests,
            maxLength: requests,
          }),
          types: fc.tuple(anyType, anyType),
          fleets: fc.array(anyFleet(place), { minLength: 1, maxLength: 3 }),
          apart: mostly<[number, number][]>([], pairs),
          classesApart: mostly<[number, number][]>([], fc.constant([[0, 1]]), fc.constant([[1, 1]])),
          together: mostly<Problem['together']>(
            [],
            fc
              .tuple(pairs, fc.constantFrom(70, NO_LIMIT))
              .map(([sets, price]) => sets.map((two) => ({ requests: two, price }))),
          ),
        })
        .map(({ seconds, metres, ...rest }) =>
          aProblem([], [], {
            places,
            sessions,
            days,
            kinds: 2,
            assistantRoom: [1, 0],
            seconds: Int32Array.from(seconds),
            metres: Int32Array.from(metres),
            ...rest,
          }),
        )
    })
}

function anyPair(requests: number): fc.Arbitrary<[number, number]> {
  return fc
    .tuple(fc.nat({ max: requests - 1 }), fc.nat({ max: requests - 2 }))
    .map(([one, step]) => [one, (one + 1 + step) % requests])
}

function anyRequest({
  place,
  sessions,
  days,
}: {
  place: fc.Arbitrary<number>
  sessions: number
  days: number
}) {
  const window = mostly(
    { open: -1000, close: 1000 },
    tens(150).map((open) => ({ open, close: open + 20 })),
    tens(150).map((open) => ({ open, close: 1000 })),
  )
  return fc
    .record({
      from: place,
      to: place,
      windows: fc.tuple(window, window),
      services: fc.tuple(mostly(0, tens(20)), mostly(0, tens(20))),
      more: fc.record<Partial<Request>>({
        longestRide: mostly(NO_LIMIT, tens(90)),
        session: fc.nat({ max: sessions - 1 }),
        days: fc.integer({ min: 1, max: 2 ** days - 1 }),
        people: mostly(1, fc.constant(2)),
        room: fc.constantFrom([1, 0], [1, 0], [0, 1], [2, 0]),
        ownAssistants: mostly(0, fc.constant(1)),
        ownAssistantsCost: mostly(0, fc.constant(30)),
        assistantShare: mostly(0, fc.constantFrom(1, WHOLE_ASSISTANT / 2, WHOLE_ASSISTANT)),
        atMostOthers: mostly(NO_LIMIT, fc.nat({ max: 2 })),
        class: fc.nat({ max: 1 }),
        school: fc.nat({ max: 1 }),
        onlyOwnSchool: mostly(false, fc.constant(true)),
        unplacedPrice: mostly(100_000, fc.constant(200)),
        ridePrice: mostly<Request['ridePrice']>([], fc.constant([{ after: 30, perSecond: 1 }])),
        earlyPrice: mostly({ before: 0, perSecond: 0 }, fc.constant({ before: 100, perSecond: 1 })),
        boardedAfterPrice: mostly(0, fc.constant(5)),
        alightedBeforePrice: mostly(0, fc.constant(5)),
      }),
    })
    .map(({ from, to, windows, services, more }) =>
      aRequest(from, to, more, {
        pickup: aCall(from, windows[0], { service: services[0] }),
        dropoff: aCall(to, windows[1], { service: services[1] }),
      }),
    )
}

const anyType = fc
  .record({
    layouts: fc.constantFrom(
      [[4, 0]],
      [[2, 1]],
      [
        [4, 0],
        [2, 1],
      ],
      [[1, 0]],
    ),
    costPerDay: fc.constantFrom(0, 100, 1000),
    costPerMetre: fc.constantFrom(0, 1, 2),
    costPerEmptyMetre: fc.constantFrom(0, 1),
    costPerSecond: mostly(0, fc.constant(1)),
    costPerAssistant: fc.constantFrom(0, 100),
    costPerAssistantSecond: mostly(0, fc.constant(1)),
    longestShift: mostly(NO_LIMIT, tens(200)),
  })
  .map((type) => aVehicleType(type))

function anyFleet(place: fc.Arbitrary<number>) {
  const base = mostly(0, fc.constant(NOWHERE), place)
  return fc
    .record({
      type: fc.nat({ max: 1 }),
      count: mostly(NO_LIMIT, fc.integer({ min: 0, max: 2 })),
      startsAt: base,
      endsAt: base,
      open: mostly(-2000, tens(100)),
      close: mostly(2000, tens(300)),
    })
    .map((fleet) => aFleet(fleet))
}

/** The best of all plans, each of them refereed: for problems of up to three requests. */
export function bestOfAll(problem: Problem): { plan: Plan; objective: number } {
  let best = {
    plan: { vehicles: [] } as Plan,
    objective: objectiveOf(problem, { vehicles: [] }) ?? Number.NaN,
  }
  const known = new Map<string, PlannedVehicle | undefined>()
  for (const groups of groupings(problem.requests.map((_, r) => r))) {
    for (const fleets of choices(groups, problem.fleets.length)) {
      const vehicles = groups.flatMap((group, g) => {
        const key = `${fleets[g]}: ${group.join()}`
        if (!known.has(key)) known.set(key, bestVehicle(problem, group, fleets[g]))
        return known.get(key) ?? []
      })
      const objective = vehicles.length === groups.length ? objectiveOf(problem, { vehicles }) : undefined
      if (objective !== undefined && objective < best.objective) best = { plan: { vehicles }, objective }
    }
  }
  return best
}

function objectiveOf(problem: Problem, plan: Plan): number | undefined {
  const { cost, unplacedPrice, broken } = check(problem, plan)
  return broken.length === 0 ? cost + unplacedPrice : undefined
}

/** The cheapest clean way for one vehicle of the fleet to carry exactly these. What several vehicles owe is left out. */
function bestVehicle(problem: Problem, group: readonly number[], fleet: number): PlannedVehicle | undefined {
  const alone = { ...problem, together: [] }
  let best: { vehicle: PlannedVehicle; cost: number } | undefined
  const bySession = Array.from({ length: problem.sessions }, (_, session) =>
    orders(group.filter((r) => problem.requests[r].session === session)),
  )
  const [first = [[]], second = [[]]] = bySession
  for (const morning of first) {
    for (const afternoon of second) {
      const vehicle = { fleet, was: NOWHERE, runs: [morning, afternoon].slice(0, problem.sessions) }
      const cost = objectiveOf(alone, { vehicles: [vehicle] })
      if (cost !== undefined && (best === undefined || cost < best.cost)) best = { vehicle, cost }
    }
  }
  return best?.vehicle
}

/** Every order of the pickups and drop-offs in which nobody is dropped off first. */
export function orders(group: readonly number[]): number[][] {
  const more = (made: number[]): number[][] => {
    if (made.length === 2 * group.length) return [made]
    const next = group.flatMap((r) => {
      if (!made.includes(2 * r)) return [2 * r]
      return made.includes(2 * r + 1) ? [] : [2 * r + 1]
    })
    return next.flatMap((call) => more([...made, call]))
  }
  return more([])
}

/** Every way to leave some out and put the rest into groups. */
function groupings(requests: readonly number[]): number[][][] {
  const [first, ...rest] = requests
  if (first === undefined) return [[]]
  return groupings(rest).flatMap((groups) => [
    groups,
    [[first], ...groups],
    ...groups.map((_, g) => groups.map((group, i) => (i === g ? [first, ...group] : group))),
  ])
}

function choices(groups: readonly unknown[], fleets: number): number[][] {
  return groups.reduce<number[][]>(
    (all) => all.flatMap((some) => Array.from({ length: fleets }, (_, fleet) => [...some, fleet])),
    [[]],
  )
}
