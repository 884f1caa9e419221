import { expect, test } from 'vitest'
import type { WallTime } from '#ground/time.ts'
import { runMap } from './run-map.view.ts'

const home = { place: '3 Quay Street', kind: 'home' as const, at: '07:50' as WallTime }
const school = { place: 'The Beacon', kind: 'school' as const, at: '08:40' as WallTime }
const here = { latitude: 51.1, longitude: -6.75 }

test('a stop that nobody has placed is missed out of the map, which says so and keeps the numbers of the table', () => {
  const map = runMap({ code: 'BEA-1', stops: [home, { ...school, ...here }] })

  expect(map ? map.says : '').toContain('1 of 2 stops cannot be shown: nobody has said where they are.')
  expect(map ? JSON.parse(map.drawing('/map.pmtiles')).points : []).toEqual([
    { kind: 'school', label: '2', says: 'Stop 2, 8:40am: The Beacon', at: [-6.75, 51.1] },
  ])
})

test('a run of which no stop is placed has no map', () => {
  expect(runMap({ code: 'BEA-1', stops: [home, school] })).toBe(false)
})
