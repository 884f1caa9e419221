import { expect, test } from 'vitest'
import { readPoint } from './point.ts'

test.each([
  ['51.2787, 0.5217', { latitude: 51.2787, longitude: 0.5217 }],
  [' -51.7;-57.85 ', { latitude: -51.7, longitude: -57.85 }],
  ['52 0', { latitude: 52, longitude: 0 }],
  ['90, 180', { latitude: 90, longitude: 180 }],
  ['90.1, 0', undefined],
  ['51.2787', undefined],
  ['51.2787, 0.5217, 3', undefined],
  ['TQ 765 554', undefined],
  ['', undefined],
])('a point typed as "%s"', (typed, point) => {
  expect(readPoint(typed)).toEqual(point)
})
