import { describe, expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'
import type { Route } from './instance.ts'
import { readHeterogeneous, readHomogeneous } from './read-dial-a-ride.ts'
import { readPickupAndDelivery } from './read-pickup-and-delivery.ts'
import { readSchoolBuses } from './read-school-buses.ts'

const stop = (request: number, call: 'pickup' | 'drop-off') => ({ request, call })
const upAndDown = (...requests: number[]): Route => ({
  vehicles: 0,
  stops: requests.flatMap((r) => [stop(r, 'pickup'), stop(r, 'drop-off')]),
})
const together = (...requests: number[]): Route => ({
  vehicles: 0,
  stops: [...requests.map((r) => stop(r, 'pickup')), ...requests.map((r) => stop(r, 'drop-off'))],
})

describe('dial-a-ride with a depot row at the end', () => {
  const twoRequests = (longestRide: number) => `1 2 100 2 ${longestRide}
    0 0 0 0 0 0 480
    1 3 0 3 1 0 1440
    2 3 4 3 1 0 1440
    3 0 4 3 -1 20 30
    4 0 0 3 -1 40 60
    5 0 0 0 0 0 480`

  test('is set a, its distances from and to the depot', () => {
    const instance = readHomogeneous(twoRequests(30), 'a1-2')

    expect(instance).toMatchObject({ set: 'darp-cordeau-a', vehicles: [{ count: 1, places: [2] }] })
    expect(evaluate(instance, [together(0, 1)])).toEqual({ vehicles: 1, distance: 14, broken: [] })
  })

  test('a ride of the longest is kept and a shorter limit is not: the wait is aboard', () => {
    // Both are collected, the first set down at 20 at the earliest, the second no sooner than 40.
    expect(evaluate(readHomogeneous(twoRequests(30), 'a1-2'), [together(0, 1)]).broken).toEqual([])
    expect(evaluate(readHomogeneous(twoRequests(6), 'a1-2'), [together(0, 1)]).broken).toEqual([
      'route 1: no times keep its windows, rides and route length',
    ])
  })

  test('who is left behind, carried twice or set down first is said', () => {
    const instance = readHomogeneous(twoRequests(30), 'a1-2')

    expect(evaluate(instance, [upAndDown(0)]).broken).toEqual(['request 1 is carried 0 times'])
    expect(evaluate(instance, [upAndDown(0), upAndDown(1)]).broken).toEqual([
      '2 vehicles of kind 0 are used and there are 1',
    ])
    expect(evaluate(instance, [{ vehicles: 0, stops: [stop(0, 'drop-off')] }]).broken).toContain(
      'route 1: request 0 is out of order',
    )
  })
})

test('dial-a-ride without that row is set pr, and its first line counts places', () => {
  const instance = readHomogeneous('1 2 100 1 30\n0 0 0 0 0 0 480\n1 3 4 1 1 0 480\n2 0 4 1 -1 0 480', 'pr')

  expect(instance).toMatchObject({ set: 'darp-pr', requests: [{ longestRide: 30, load: [1] }] })
})

test('a file of another shape is refused with what was expected', () => {
  expect(() => readHomogeneous('1 2 100 1 30\n0 0 0 0 0 0 480', 'short')).toThrow(
    'short: the first line says 2, and 1 rows follow it.',
  )
  expect(() => readHomogeneous('1 two', 'words')).toThrow('words, row 1: expected a number, found "two".')
})

test('staff may use a stretcher when the seats are taken, but no wheelchair place', () => {
  const text = (staff: number) => `1 1
    480 1 1 1 1
    0 0 0 0 0 0 0 0 0 0 480
    1 1 1 0 30 ${staff} 0 0 0 0 480
    2 2 2 0 30 -${staff} 0 0 0 0 480`

  expect(evaluate(readHeterogeneous(text(3), 'a1-1'), [upAndDown(0)]).broken).toEqual([])
  expect(evaluate(readHeterogeneous(text(4), 'a1-1'), [upAndDown(0)]).broken).toEqual([
    'route 1: 4 aboard in 3 places after request 0',
  ])
})

test('a pickup names its delivery in the last column', () => {
  const instance = readPickupAndDelivery(
    '2 10 1\n0 0 0 0 0 100 0 0 0\n1 3 4 -5 10 90 1 2 0\n2 3 0 5 0 90 1 0 1',
    'lc',
  )

  expect(instance.requests).toMatchObject([
    { load: [5], pickup: { at: { x: 3, y: 0 } }, dropOff: { open: 10 } },
  ])
  expect(evaluate(instance, [upAndDown(0)])).toEqual({ vehicles: 1, distance: 12, broken: [] })
})

test.each([0, 1, 2])(
  'a unit of distance takes a unit of time, though the file says the speed is %i',
  (speed) => {
    const read = (closes: number) =>
      readPickupAndDelivery(
        `2 10 ${speed}\n0 0 0 0 0 100 0 0 0\n1 3 0 5 0 90 1 0 2\n2 3 4 -5 0 ${closes} 1 1 0`,
        'lc105',
      )

    // Three there, one to board, four on.
    expect(evaluate(read(8), [upAndDown(0)]).broken).toEqual([])
    expect(evaluate(read(7), [upAndDown(0)]).broken).toEqual([
      'route 1: no times keep its windows, rides and route length',
    ])
  },
)

describe('school buses', () => {
  const files = {
    schools: 'ID X Y AMEARLY AMLATE\n9 29333.3 0 800 801',
    stops: 'ID X Y SCHOOL COUNT\n1 0 0 9 10\n2 0 0 9 20',
  }
  const withLimit = (longestRide: number) => readSchoolBuses(files, { name: 'RSRB', longestRide })

  test('the fixed part of a service is paid once where a bus calls twice in a row', () => {
    // 1,000 s of driving after the 52 s it takes the second stop's pupils, who stand where the first did, to board.
    expect(evaluate(withLimit(1053), [together(0, 1)]).broken).toEqual([])
    expect(evaluate(withLimit(1051), [together(0, 1)]).broken).not.toEqual([])
  })

  test('times of day are hours and minutes', () => {
    expect(withLimit(2700).requests[0]?.dropOff).toMatchObject({ open: 28_800, close: 28_860, service: 48 })
  })
})
