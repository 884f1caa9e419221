import { expect, test } from 'vitest'
import { metres } from '#ground/distance.ts'
import type { WallTime } from '#ground/time.ts'
import type { Place, TravelTimes } from '#roads'
import { legInWords, runMap } from '#web/run-map.view.ts'
import { runWay } from './run-way.ts'

const stop = (place: string, point?: Place) => ({
  place,
  kind: 'home' as const,
  at: '07:50' as WallTime,
  ...point,
})
const here = { latitude: 51.1, longitude: -6.75 }
const there = { latitude: 51.11, longitude: -6.75 }
const island = { latitude: 50.9, longitude: -7.2 }

/** Roads that join every place to every other but the island, 1,609 metres and four minutes apart. */
const roads = {
  network: 'small',
  path: async (from: Place, to: Place) =>
    to.latitude === island.latitude
      ? { ok: false, refusal: { because: 'no-way' } }
      : {
          ok: true,
          value: {
            seconds: 240,
            metres: metres(1609),
            shape: Float64Array.of(from.longitude, from.latitude, -6.7, 51.105, to.longitude, to.latitude),
            roads: [],
            arrivesOn: 'left',
            how: 'measured',
          },
        },
} as unknown as TravelTimes

const run = {
  code: 'BEA-1',
  direction: 2 as const,
  vehicleType: 'Minibus',
  stops: [
    stop('School', here),
    stop('Nobody knows where'),
    stop('Quay Street', there),
    stop('The Isle', island),
  ],
}

test('a run follows the roads from each placed stop to the next, and is dashed where there is no way', async () => {
  const way = await runWay(roads, run)
  const map = runMap(run, way)

  expect(way?.drive).toEqual({ vehicle: 'minibus', at: 'school-afternoon' })
  expect([2, 3, 4].map((number) => legInWords(way, number))).toEqual([
    '',
    '1.00 miles, 4 minutes, on the left of the road',
    '',
  ])
  expect(map ? map.says : '').toContain(
    'measured: 1.00 miles, 4 minutes without stops. Dashes stand where no way',
  )
  expect(map ? JSON.parse(map.drawing('')).lines : []).toEqual([
    {
      kind: 'road',
      along: [
        [-6.75, 51.1],
        [-6.7, 51.105],
        [-6.75, 51.11],
      ],
    },
    {
      kind: 'straight',
      along: [
        [-6.75, 51.11],
        [-7.2, 50.9],
      ],
    },
  ])
})

test('a run without a network is dashed from stop to stop', async () => {
  const map = runMap(run, await runWay(undefined, run))
  expect(map ? map.says : '').toContain(
    'Dashes join the stops in order; they are not the roads that are driven.',
  )
})
