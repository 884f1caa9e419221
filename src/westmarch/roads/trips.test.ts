/**
 * Trips through Westmarch that were worked out by hand, from the map and the table of speeds: so that a fault in the
 * importer and the search alike, which no comparison of the two would show, is found.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildRoads, type OwnRoads, openRoads, type Place, UK_SPEEDS } from '#roads'
import { ROADS_SEED } from './houses.ts'
import { drawRoads } from './road-map.ts'
import { writeOsm } from './write-osm.ts'

const folder = mkdtempSync(join(tmpdir(), 'westmarch-trips-'))
let roads: OwnRoads
beforeAll(async () => {
  const [extract, file] = [join(folder, 'westmarch.osm.pbf'), join(folder, 'westmarch.roads')]
  writeFileSync(extract, writeOsm(drawRoads(ROADS_SEED).map))
  // Off peak every factor is 1, so that a time is a length over a speed of the table, and the turns.
  const drives = (['taxi', 'minibus'] as const).map((vehicle) => ({ vehicle, at: 'off-peak' as const }))
  await buildRoads(extract, file, { drives, turns: true, speeds: UK_SPEEDS })
  roads = await openRoads(file)
})
afterAll(async () => {
  await roads.close()
  rmSync(folder, { recursive: true })
})

const at = (latitude: number, longitude: number): Place => ({ latitude, longitude })
// One degree of latitude is 111.2 km here, and one of longitude 69.9 km. A mile an hour is 0.447 metres a second.
const bridge = { west: at(51.11404, -6.75974), east: at(51.11474, -6.75742) }
const yard = { begins: at(51.0915, -6.76757), ends: at(51.09124, -6.77022) }
const clapper = { west: at(51.25636, -6.82138), east: at(51.25658, -6.81882) }
const dual = { north: at(51.08354, -6.32845), south: at(50.97306, -6.31725) }
const closes = { linnet: at(51.11968, -6.81763), dunnock: at(51.12259, -6.81873) }
const stairs = { foot: at(51.10628, -6.77182), head: at(51.10712, -6.76954) }
const noLeft = { from: at(51.08573, -6.76267), to: at(51.08627, -6.76843) }

/** What is tried, from where to where, and then metres, seconds and roads. */
type Trip = [what: string, from: Place, to: Place, told: [number, number, string[]]]
const trips: Trip[] = [
  // 78 m north and 162 m east; an A road under a 30 sign is driven at 25 mph: 16 seconds.
  ['over a bridge', bridge.west, bridge.east, [180, 16, ['Marchester High Bridge']]],
  // 29 m south and 185 m west at 17 mph.
  ['along a one-way street', yard.begins, yard.ends, [188, 25, ['Cooper’s Yard']]],
  // Round three sides of the block: 127 + 179 + 181 m at 17 mph are 64 s, and three turns in 12 s more.
  [
    'against a one-way street',
    yard.ends,
    yard.begins,
    [487, 76, ['Heron Road', 'Chapel Hill', 'Larkspur Way']],
  ],
  // 12.3 km of dual carriageway at 52 mph, which is less than 85% of its limit of 70.
  ['down a dual carriageway', dual.north, dual.south, [12_336, 531, ['Queen Maud’s Way']]],
  // 141 + 110 + 173 m at 17 mph are 56 s; out of the close a left turn (2 s), into the next a right (5 s).
  [
    'from one cul-de-sac into another',
    closes.linnet,
    closes.dunnock,
    [424, 63, ['Linnet Close', 'Finches Avenue', 'Dunnock Close']],
  ],
  // The sign at Back Lane forbids the turn that would be 533 m.
  [
    'where a left turn is forbidden',
    noLeft.from,
    noLeft.to,
    [574, 78, ['Priory Way', 'Larkspur Way', 'Back Lane']],
  ],
]

test.each(trips)('%s', async (...[, from, to, [metres, seconds, names]]) => {
  const path = await roads.path(from, to, { vehicle: 'taxi', at: 'off-peak' })
  if (!path.ok) throw new Error(path.refusal.because)

  expect([path.value.metres, path.value.seconds]).toEqual([metres, seconds])
  expect(path.value.roads.filter((road) => road.metres > 0).map(({ name }) => name)).toEqual(names)
})

test('a sign of 1.9 metres lets a taxi over the clapper bridge, and sends a minibus round by Sedgewold', async () => {
  const [taxi, minibus] = await Promise.all(
    (['taxi', 'minibus'] as const).map((vehicle) =>
      roads.path(clapper.west, clapper.east, { vehicle, at: 'off-peak' }),
    ),
  )
  if (!taxi?.ok || !minibus?.ok) throw new Error('Both arrive.')
  expect(taxi.value.metres).toBe(180)
  expect(minibus.value.metres).toBeGreaterThan(40_000)
  expect(minibus.value.roads.map(({ name }) => name)).toContain('Sedgewold Bridge')
})

test('steps are walked in 185 metres where a car takes 501, and who cannot climb them walks round', async () => {
  const driven = await roads.path(stairs.foot, stairs.head, { vehicle: 'taxi', at: 'off-peak' })
  const walked = await roads.walk(stairs.foot, stairs.head, {})
  const home = at(51.1064, -6.7722)
  const [over, round] = [
    await roads.walk(home, at(51.1075, -6.7691), {}),
    await roads.walk(home, at(51.1075, -6.7691), { steps: true }),
  ]

  expect(driven).toMatchObject({ value: { metres: 501 } })
  expect(walked).toMatchObject({ value: { metres: 185 } })
  expect(over.ok && round.ok && round.value.metres > over.value.metres).toBe(true)
})

test('the carriageway of a dual road that leads away is never driven against', async () => {
  const [south, north] = [
    await roads.path(dual.north, dual.south, { vehicle: 'taxi', at: 'off-peak' }),
    await roads.path(dual.south, dual.north, { vehicle: 'taxi', at: 'off-peak' }),
  ]
  if (!south.ok || !north.ok) throw new Error('Both arrive.')
  // Traffic keeps left: half-way, whoever drives north is west of whoever drives south.
  const halfWay = (dual.north.latitude + dual.south.latitude) / 2
  expect(longitudeAt(halfWay, north.value.shape)).toBeLessThan(longitudeAt(halfWay, south.value.shape))
})

/** Where a shape that runs north or south crosses a latitude. */
function longitudeAt(latitude: number, shape: Float64Array): number {
  const points = Array.from({ length: shape.length / 2 }, (_, i) => [
    shape[i * 2] ?? 0,
    shape[i * 2 + 1] ?? 0,
  ])
  const next = points.findIndex(
    ([, y = 0], i) => i > 0 && (y - latitude) * ((points[i - 1]?.[1] ?? 0) - latitude) <= 0,
  )
  const [[x0 = 0, y0 = 0] = [], [x1 = 0, y1 = 0] = []] = [points[next - 1], points[next]]
  return x0 + ((latitude - y0) / (y1 - y0)) * (x1 - x0)
}

test('the island has no road, and nobody is moved across the water', async () => {
  const [island] = roads.report.islands
  expect(island).toMatchObject({ name: 'Kiln Close', kilometres: 5.3, roads: 34 })
  const quay = at(island?.latitude ?? 0, island?.longitude ?? 0)
  expect(await roads.path(quay, bridge.west, { vehicle: 'taxi', at: 'off-peak' })).toMatchObject({
    ok: false,
    refusal: { because: 'too-far-from-any-road', place: quay },
  })
})
