import { describe, expect, test } from 'vitest'
import { check } from './check.ts'
import { dropoffOf, NO_LIMIT, NOWHERE, type Plan, type Problem, pickupOf, UNREACHABLE } from './problem.ts'
import { aCall, aFleet, aProblem, aRequest, aVehicleType } from './testing.ts'

const up = pickupOf
const down = dropoffOf

/** One vehicle of the first fleet makes these calls in the only session. */
const oneRun = (...calls: number[]): Plan => ({ vehicles: [{ fleet: 0, was: NOWHERE, runs: [calls] }] })
const rules = (problem: Problem, plan: Plan) => check(problem, plan).broken.map(({ rule }) => rule)

// Homes at 10 and 20 metres, the school at 30; the base is at 0.
const at = [0, 10, 20, 30]
const amara = aRequest(1, 3)
const ben = aRequest(2, 3)
const bothAboard = oneRun(up(0), up(1), down(0), down(1))
const oneByOne = oneRun(up(0), down(0), up(1), down(1))

describe('what a plan costs', () => {
  test('a vehicle, its way there, its way with pupils, and its way back', () => {
    const { cost, parts, words } = check(aProblem(at, [amara, ben]), bothAboard)

    expect(words).toEqual([])
    expect(parts).toMatchObject({ vehicles: 1000, emptyMetres: 10 + 30, metres: 20 })
    expect(cost).toBe(1060)
  })

  test('the way from the base is not driven by a fleet that starts at its first pickup', () => {
    const fleets = [aFleet({ startsAt: NOWHERE, endsAt: NOWHERE })]

    expect(check(aProblem(at, [amara, ben], { fleets }), bothAboard).cost).toBe(1020)
  })

  test('a pupil left out costs what leaving them out costs on each of their days, and nothing else', () => {
    const problem = aProblem(at, [amara, aRequest(2, 3, { days: 0b111, unplacedPrice: 7 })], { days: 5 })

    expect(check(problem, oneRun(up(0), down(0)))).toMatchObject({
      unplaced: [1],
      unplacedPrice: 21,
      words: [],
    })
  })

  test('time is counted from as late as the run can leave to as early as it can end', () => {
    const types = [aVehicleType({ costPerDay: 0, costPerMetre: 0, costPerEmptyMetre: 0, costPerSecond: 1 })]
    const late = aRequest(1, 3, { dropoff: aCall(3, { open: 500, service: 5 }) })

    expect(check(aProblem(at, [late], { types }), oneRun(up(0), down(0))).cost).toBe(30 + 5 + 30)
  })

  test('a long ride is priced by its steps, and an early arrival by its seconds', () => {
    const minds = aRequest(1, 3, {
      ridePrice: [
        { after: 5, perSecond: 1 },
        { after: 15, perSecond: 10 },
      ],
      earlyPrice: { before: 1000, perSecond: 2 },
      dropoff: aCall(3, { close: 900 }),
    })
    const { parts } = check(
      aProblem(at, [minds], { fleets: [aFleet({ close: 940 })] }),
      oneRun(up(0), down(0)),
    )

    // The run ends as early as it can, which is very early: at the start of all time.
    expect(parts.longRides).toBe(15 * 1 + 5 * 10)
    expect(parts.earlyArrivals).toBe(2 * (1000 - (-1_000_000 + 30)))
  })

  test('who boards or alights while somebody is aboard is counted', () => {
    const first = aRequest(1, 3, { boardedAfterPrice: 3, alightedBeforePrice: 5 })

    const problem = aProblem(at, [first, ben])
    expect(check(problem, bothAboard).parts.orderAboard).toBe(3)
    expect(check(problem, oneRun(up(0), up(1), down(1), down(0))).parts.orderAboard).toBe(8)
    expect(check(problem, oneByOne).parts.orderAboard).toBe(0)
  })

  test('a shared assistant is paid once a day though the run lasts, and a whole one for every three pupils', () => {
    const third = { assistantShare: 1680 }
    const four = Array.from({ length: 4 }, () => aRequest(1, 3, third))
    const problem = aProblem(at, four, { types: [aVehicleType({ layouts: [[6]] })] })

    const calls = [0, 1, 2, 3].map(up)
    expect(check(problem, oneRun(...calls, ...[0, 1, 2, 3].map(down))).parts.assistants).toBe(200)
    expect(
      check(problem, oneRun(...calls.slice(0, 3), ...[0, 1, 2].map(down), up(3), down(3))).parts.assistants,
    ).toBe(100)
  })

  test('a vehicle is paid for on the days it drives', () => {
    const problem = aProblem(at, [aRequest(1, 3, { days: 0b00011 }), aRequest(2, 3, { days: 0b00110 })], {
      days: 5,
    })

    const { parts, words } = check(problem, bothAboard)
    expect(words).toEqual([])
    expect(parts.vehicles).toBe(3000)
    expect(parts.metres).toBe(20 + 20 + 10)
  })

  test('a pupil moved from the vehicle of today, and a pair carried by two, have their price', () => {
    const present = [{ fleet: 0, was: 0, runs: [[up(0), down(0)]], frozen: false }]
    const moved = aRequest(1, 3, { present: { vehicle: 0, movedPrice: 9, frozen: false } })
    const problem = aProblem(at, [moved, ben], { present, together: [{ requests: [0, 1], price: 4 }] })
    const plan = (was: number): Plan => ({
      vehicles: [
        { fleet: 0, was, runs: [[up(0), down(0)]] },
        { fleet: 0, was: NOWHERE, runs: [[up(1), down(1)]] },
      ],
    })

    expect(check(problem, plan(0)).parts).toMatchObject({ movedPupils: 0, partedSets: 4 })
    expect(check(problem, plan(NOWHERE)).parts).toMatchObject({ movedPupils: 9, partedSets: 4 })
  })
})

describe('who may be aboard together', () => {
  test.each([
    ['more pupils than seats', { types: [aVehicleType({ layouts: [[1]] })] }, {}, 'no-layout-has-the-room'],
    ['a pupil who travels alone', {}, { atMostOthers: 0 }, 'too-many-others-aboard'],
    ['a pair kept apart', { apart: [[1, 0] as const] }, {}, 'kept-apart'],
    ['two of a class kept apart', { classesApart: [[0, 0] as const] }, {}, 'classes-kept-apart'],
    ['a stranger of another school', {}, { school: 9, onlyOwnSchool: true }, 'another-school-aboard'],
    [
      'an own assistant without a seat',
      { types: [aVehicleType({ layouts: [[2]] })] },
      { ownAssistants: 1 },
      'no-layout-has-the-room',
    ],
    [
      'a shared one without a seat',
      { types: [aVehicleType({ layouts: [[2]] })] },
      { assistantShare: 1 },
      'no-layout-has-the-room',
    ],
  ])('%s is a breach at one moment, and not one after the other', (_what, problem, pupil, rule) => {
    const asked = aProblem(at, [aRequest(1, 3, pupil), ben], problem)

    expect(rules(asked, bothAboard)).toEqual([rule])
    expect(rules(asked, oneByOne)).toEqual([])
  })

  test('the layout is one for the whole run: a wheelchair later leaves no seat now', () => {
    const wheelchair = aRequest(1, 3, { room: [0, 1] })
    const problem = aProblem(at, [wheelchair, aRequest(2, 3, { room: [1, 0] })], {
      kinds: 2,
      assistantRoom: [1, 0],
      types: [
        aVehicleType({
          layouts: [
            [1, 0],
            [0, 1],
          ],
        }),
      ],
    })

    expect(rules(problem, oneByOne)).toEqual(['no-layout-has-the-room'])
    expect(rules(problem, oneRun(up(0), down(0)))).toEqual([])
  })

  test('pupils of different days never meet', () => {
    const problem = aProblem(
      at,
      [aRequest(1, 3, { days: 1, atMostOthers: 0 }), aRequest(2, 3, { days: 2 })],
      { days: 2 },
    )

    expect(rules(problem, bothAboard)).toEqual([])
  })
})

describe('what times can be kept', () => {
  test.each([
    [
      'a window',
      { dropoff: aCall(3, { close: -999_971 }) },
      'window-missed',
      { dropoff: aCall(3, { close: -999_970 }) },
    ],
    ['a longest ride', { longestRide: 19 }, 'ride-too-long', { longestRide: 20 }],
  ])('%s is kept to the second', (_what, broken, rule, kept) => {
    expect(rules(aProblem(at, [aRequest(1, 3, broken)]), oneRun(up(0), down(0)))).toEqual([rule])
    expect(rules(aProblem(at, [aRequest(1, 3, kept)]), oneRun(up(0), down(0)))).toEqual([])
  })

  test('the longest shift counts from the base and back', () => {
    const shift = (longestShift: number) => aProblem(at, [amara], { types: [aVehicleType({ longestShift })] })

    expect(rules(shift(59), oneRun(up(0), down(0)))).toEqual(['shift-too-long'])
    expect(rules(shift(60), oneRun(up(0), down(0)))).toEqual([])
  })

  test('two rides that could each be kept, but not both, are said to be so', () => {
    // Ben may not board before 50, or he would wait aboard for 100; then Amara, aboard since 0, rides too long.
    const soon = aRequest(1, 3, { longestRide: 30, pickup: aCall(1, { close: 0 }) })
    const late = aRequest(2, 3, { longestRide: 50, dropoff: aCall(3, { open: 100 }) })

    expect(rules(aProblem(at, [soon, late]), bothAboard)).toEqual(['times-cannot-all-be-kept'])
    expect(rules(aProblem(at, [soon, late]), oneByOne)).toEqual([])
  })

  test('waiting with pupils aboard is a ride', () => {
    const waits = (longestRide: number) =>
      aProblem(at, [
        aRequest(1, 3, { pickup: aCall(1, { close: 50 }), dropoff: aCall(3, { open: 100 }), longestRide }),
      ])

    expect(rules(waits(49), oneRun(up(0), down(0)))).toEqual(['ride-too-long'])
    expect(rules(waits(50), oneRun(up(0), down(0)))).toEqual([])
  })

  test('there is no way where there is none', () => {
    const problem = aProblem(at, [amara])
    problem.seconds[1 * 4 + 3] = UNREACHABLE

    expect(rules(problem, oneRun(up(0), down(0)))).toEqual(['no-way'])
  })
})

describe('plans that make no sense', () => {
  test.each([
    [
      'somebody dropped off first',
      oneRun(down(0), up(0)),
      ['dropped-off-before-picked-up', 'never-dropped-off'],
    ],
    ['somebody carried twice', oneRun(up(0), down(0), up(0), down(0)), ['called-twice', 'called-twice']],
    ['somebody unknown', oneRun(up(7), down(7)), ['unknown-call', 'unknown-call']],
    [
      'an unknown fleet',
      { vehicles: [{ fleet: 3, was: NOWHERE, runs: [[up(0), down(0)]] }] },
      ['unknown-fleet'],
    ],
    [
      'the wrong session',
      { vehicles: [{ fleet: 0, was: NOWHERE, runs: [[], [up(0), down(0)]] }] },
      ['wrong-session', 'wrong-session'],
    ],
  ])('%s is said and never thrown', (_what, plan, found) => {
    expect(rules(aProblem(at, [amara, ben]), plan)).toEqual(found)
  })

  test('more vehicles than a fleet has', () => {
    const plan: Plan = { vehicles: [...oneRun(up(0), down(0)).vehicles, ...oneRun(up(1), down(1)).vehicles] }

    expect(check(aProblem(at, [amara, ben], { fleets: [aFleet({ count: 1 })] }), plan).words).toEqual([
      'more vehicles of one fleet than there are: 2 found, 1 allowed',
    ])
  })
})

describe('what must stay as it is', () => {
  const present = [{ fleet: 0, was: 0, runs: [[up(0), down(0)]], frozen: true }]

  test('a frozen vehicle makes its runs, as they were', () => {
    const kept: Plan = { vehicles: [{ fleet: 0, was: 0, runs: [[up(0), down(0)]] }] }

    expect(rules(aProblem(at, [amara, ben], { present }), kept)).toEqual([])
    expect(rules(aProblem(at, [amara, ben], { present }), { vehicles: [] })).toEqual([
      'frozen-vehicle-changed',
    ])
  })

  test('a frozen pupil stays on the vehicle of today', () => {
    const stays = aRequest(1, 3, { present: { vehicle: 0, movedPrice: 0, frozen: true } })

    const today = present.map((vehicle) => ({ ...vehicle, frozen: false }))
    expect(rules(aProblem(at, [stays], { present: today }), oneRun(up(0), down(0)))).toEqual([
      'frozen-request-moved',
    ])
  })

  test('siblings share a vehicle, in whichever order', () => {
    const problem = aProblem(at, [amara, ben], { together: [{ requests: [0, 1], price: NO_LIMIT }] })
    const apart: Plan = { vehicles: [...oneRun(up(0), down(0)).vehicles, ...oneRun(up(1), down(1)).vehicles] }

    expect(rules(problem, apart)).toEqual(['parted'])
    expect(rules(problem, oneByOne)).toEqual([])
    expect(rules(problem, oneRun(up(0), down(0)))).toEqual([])
  })
})
