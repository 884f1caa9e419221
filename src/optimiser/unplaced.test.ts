import { describe, expect, test } from 'vitest'
import { dropoffOf, NO_LIMIT, NOWHERE, type Plan, type Problem, pickupOf, UNREACHABLE } from './problem.ts'
import { aCall, aFleet, aProblem, aRequest, aVehicleType } from './testing.ts'
import { whyUnplaced } from './unplaced.ts'

// Homes at 10 and 20 metres, the school at 30.
const at = [0, 10, 20, 30]
const nobody: Plan = { vehicles: [] }
const carrying = (...requests: number[]): Plan => ({
  vehicles: [{ fleet: 0, was: NOWHERE, runs: [requests.flatMap((r) => [pickupOf(r), dropoffOf(r)])] }],
})
const reasons = (problem: Problem, plan: Plan = nobody) =>
  whyUnplaced(problem, plan).map((left) => left.reasons)

describe('what no vehicle could ever do', () => {
  test('no vehicle type carries a wheelchair and an assistant', () => {
    const amara = aRequest(1, 3, { room: [0, 1], ownAssistants: 1 })
    const vehicles = {
      kinds: 2,
      assistantRoom: [1, 0],
      types: [
        aVehicleType({
          layouts: [
            [4, 0],
            [0, 1],
          ],
        }),
      ],
    }

    expect(reasons(aProblem(at, [amara], vehicles))).toEqual([
      [{ reason: 'no-vehicle-has-the-room', room: [0, 1], assistants: 1 }],
    ])
    expect(reasons(aProblem(at, [{ ...amara, ownAssistants: 0 }], vehicles))).toEqual([
      [{ reason: 'no-place-was-found' }],
    ])
  })

  test('a direct ride of 20 exceeds 19, driven or waited', () => {
    expect(reasons(aProblem(at, [aRequest(1, 3, { longestRide: 19 })]))).toEqual([
      [{ reason: 'the-direct-ride-is-too-long', found: 20, allowed: 19 }],
    ])
    const waits = aRequest(1, 3, {
      longestRide: 30,
      pickup: aCall(1, { close: 0 }),
      dropoff: aCall(3, { open: 31 }),
    })
    expect(reasons(aProblem(at, [waits]))).toEqual([
      [{ reason: 'the-direct-ride-is-too-long', found: 31, allowed: 30 }],
    ])
  })

  test('the school closes before anybody could come', () => {
    const late = aRequest(1, 3, { pickup: aCall(1, { open: 100 }), dropoff: aCall(3, { close: 110 }) })

    expect(reasons(aProblem(at, [late]))).toEqual([
      [{ reason: 'the-windows-cannot-be-met', earliest: 120, closes: 110 }],
    ])
  })

  test('there is no way to the school', () => {
    const problem = aProblem(at, [aRequest(1, 3)])
    problem.seconds[1 * 4 + 3] = UNREACHABLE

    expect(reasons(problem)).toEqual([[{ reason: 'there-is-no-way' }]])
  })

  test('every base is too far for the shift', () => {
    const types = [aVehicleType({ longestShift: 59 })]

    expect(reasons(aProblem(at, [aRequest(1, 3)], { types }))).toEqual([
      [{ reason: 'no-vehicle-can-come-in-time' }],
    ])
  })
})

describe('what could be done, but not in this plan', () => {
  test('a sibling who must come along is unplaced', () => {
    const together = [{ requests: [0, 1], price: NO_LIMIT }]
    const problem = aProblem(at, [aRequest(1, 3), aRequest(2, 3, { room: [9] })], { together })

    expect(reasons(problem)[0]).toEqual([{ reason: 'must-share-with-somebody-unplaced', requests: [1] }])
  })

  test('every vehicle is in use, each with somebody the pupil must not meet', () => {
    const fleets = [aFleet({ count: 1 })]
    const requests = [aRequest(1, 3), aRequest(2, 3)]

    expect(reasons(aProblem(at, requests, { fleets }), carrying(0))).toEqual([
      [{ reason: 'every-vehicle-is-in-use', fleets: [0] }],
    ])
    expect(reasons(aProblem(at, requests, { fleets, apart: [[1, 0]] }), carrying(0))).toEqual([
      [
        { reason: 'every-vehicle-is-in-use', fleets: [0] },
        { reason: 'kept-apart-from-everybody', requests: [0] },
      ],
    ])
  })

  test('carrying costs more than leaving', () => {
    expect(reasons(aProblem(at, [aRequest(1, 3, { unplacedPrice: 10 })]))).toEqual([
      [{ reason: 'costs-more-than-leaving', cost: 1060, price: 10 }],
    ])
  })

  test('a frozen pupil cannot be helped by another vehicle', () => {
    const amara = aRequest(1, 3, { present: { vehicle: 0, movedPrice: 0, frozen: true } })
    const present = [{ fleet: 0, was: 0, runs: [[]], frozen: false }]

    expect(reasons(aProblem(at, [amara], { present }))).toEqual([
      [{ reason: 'frozen-to-a-vehicle-that-cannot', vehicle: 0 }],
    ])
  })
})

test('nobody who is carried is given a reason', () => {
  expect(whyUnplaced(aProblem(at, [aRequest(1, 3), aRequest(2, 3)]), carrying(0, 1))).toEqual([])
})
