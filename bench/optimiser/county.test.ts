import { expect, test } from 'vitest'
import { evaluateCounty } from './evaluate-county.ts'
import { readCounty, secondsFor } from './read-county.ts'

/** Two pupils a kilometre apart and a school two kilometres on. */
function twoPupils(first: object = {}, second: object = {}) {
  const pupil = { school: 0, maxRide: 2700, seat: 'ambulant', pa: 'none', single: false, maxSharers: null }
  const more = { board: 60, alight: 30, incompatible: [] }
  const county = {
    meta: { paDaily: 34 },
    pupils: [
      { ...pupil, ...more, id: 0, x: 0, y: 0, ...first },
      { ...pupil, ...more, id: 1, x: 1 / 1.3, y: 0, ...second },
    ],
    schools: [{ x: 3 / 1.3, y: 0, amOpen: 30_000, amClose: 31_000 }],
    bases: [{ x: 0, y: 0 }],
    vehicleTypes: [
      { id: 'taxi4', seats: 4, wc: 0, fixed: 58, perKm: 0.8 },
      { id: 'minibus16', seats: 16, wc: 0, maxWc: 4, seatsPerWc: 3, fixed: 165, perKm: 1.35 },
    ],
  }
  return readCounty(JSON.stringify(county), 'two')
}

const one = { type: 'taxi4', base: 0, stops: [0, 1].map((p) => ({ t: 'P' as 'P' | 'D', p })) }
const both = {
  routes: [{ ...one, stops: [...one.stops, { t: 'D' as 'P' | 'D', p: 0 }, { t: 'D' as 'P' | 'D', p: 1 }] }],
}
const inMinibus = { routes: both.routes.map((route) => ({ ...route, type: 'minibus16' })) }

test('a day costs the vehicle, twice the morning’s way, and the assistants', () => {
  expect(evaluateCounty(twoPupils(), both)).toEqual({ cost: 58 + 2 * 3 * 0.8, vehicles: 1, broken: [] })
  expect(evaluateCounty(twoPupils({ pa: 'shared' }, { pa: 'own' }), both).cost).toBeCloseTo(58 + 4.8 + 68)
})

test.each([
  ['travels alone', { single: true }, 'route 1: pupil 0 travels with 1 others and may with 0'],
  ['may not meet the other', { incompatible: [1] }, 'route 1: pupils 0 and 1 meet'],
  ['uses a wheelchair in a taxi', { seat: 'wheelchair' }, 'route 1: 1 seats and 1 wheelchairs in a taxi4'],
  ['may ride a minute', { maxRide: 60 }, 'route 1: no times keep its windows and rides'],
])('a pupil who %s is not squeezed in', (_who, pupil, broken) => {
  expect(evaluateCounty(twoPupils(pupil), both).broken).toEqual([broken])
})

test('a minibus gives up three seats for a wheelchair', () => {
  expect(evaluateCounty(twoPupils({ seat: 'wheelchair' }), inMinibus).broken).toEqual([])
})

test('a pupil left at home is a breach', () => {
  expect(evaluateCounty(twoPupils(), { routes: [] }).broken).toEqual([
    'pupil 0 is carried 0 times',
    'pupil 1 is carried 0 times',
  ])
})

test('a vehicle drives faster the farther it goes', () => {
  expect(secondsFor(20)).toBe(994)
  expect(secondsFor(10) * 2).toBeGreaterThan(secondsFor(20))
})
