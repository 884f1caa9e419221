/** One suite for every source of travel times: our own network, a server over HTTP, a straight line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ServerUnanswered } from '../http/ask-server.ts'
import type { FakeServer } from '../http/testing.ts'
import { metresBetween } from '../network/ground-metres.ts'
import { UK_SPEEDS } from '../network/speed-table.ts'
import { anExtract, type TestMap } from '../osm/testing.ts'
import { openOsrm } from '../osrm/osrm.ts'
import { fakeOsrm } from '../osrm/testing.ts'
import { readPolyline } from '../valhalla/polyline.ts'
import { fakeValhalla } from '../valhalla/testing.ts'
import { openValhalla } from '../valhalla/valhalla.ts'
import { buildRoads } from './build-roads.ts'
import { crowFly } from './crow-fly.ts'
import { type OwnRoads, openRoads } from './own-roads.ts'
import { type Call, NO_WAY, type Place, type TravelTimes } from './travel-times.ts'

const DRIVE = { vehicle: 'car', at: 'school-morning' } as const
const place = (east: number, north: number): Place => ({
  longitude: -2.5 + east / 1000,
  latitude: 52.25 + north / 1000,
})
// A square of streets, one of them one way: no two of the places stand alike.
const square: TestMap = {
  nodes: [
    { id: 1, ...place(0, 0) },
    { id: 2, ...place(8, 0) },
    { id: 3, ...place(8, 5) },
    { id: 4, ...place(0, 5) },
  ],
  ways: [
    { id: 11, nodes: [1, 2], tags: { highway: 'residential', name: 'Mill Lane' } },
    { id: 12, nodes: [2, 3], tags: { highway: 'tertiary', name: 'Church Street' } },
    { id: 13, nodes: [3, 4], tags: { highway: 'residential', name: 'High Street', oneway: 'yes' } },
    { id: 14, nodes: [4, 1], tags: { highway: 'residential', name: 'School Hill' } },
  ],
}
const places = [place(1, 0.1), place(7.8, 2), place(4, 5.2), place(0.1, 3)]
const atSea = place(200, 200)

const folder = mkdtempSync(join(tmpdir(), 'firstbell-travel-times-'))
const PATIENT = { patience: 150, again: { times: 2, after: 5 } }
let own: OwnRoads
const servers = new Map<string, FakeServer>()
const asking = new Map<string, TravelTimes>()
beforeAll(async () => {
  const [extract, network] = [join(folder, 'square.osm.pbf'), join(folder, 'square.roads')]
  writeFileSync(extract, anExtract(square))
  await buildRoads(extract, network, { drives: [DRIVE], turns: true, speeds: UK_SPEEDS })
  own = await openRoads(network)
  servers.set('OSRM', await fakeOsrm(own))
  servers.set('Valhalla', await fakeValhalla(own))
  asking.set('OSRM', await openOsrm({ ...PATIENT, url: urlOf('OSRM') }))
  asking.set('Valhalla', await openValhalla({ ...PATIENT, url: urlOf('Valhalla') }))
})
afterAll(async () => {
  for (const server of servers.values()) await server.close()
  await own.close()
  rmSync(folder, { recursive: true })
})

const urlOf = (kind: string) => (servers.get(kind) as FakeServer).url
const roadsOf = (kind: string) => asking.get(kind) as TravelTimes

const sources: { name: string; how: string; of: () => TravelTimes }[] = [
  { name: 'our own network', how: 'measured', of: () => own },
  { name: 'an OSRM server', how: 'measured', of: () => roadsOf('OSRM') },
  { name: 'a Valhalla server', how: 'measured', of: () => roadsOf('Valhalla') },
  { name: 'a straight line', how: 'estimated', of: () => crowFly() },
]

describe.for(sources)('$name', ({ how, of }) => {
  test('a matrix says of each pair what its path says, and how it was found', async () => {
    const matrix = await of().matrix(places, places, DRIVE)
    expect(matrix.how).toBe(how)
    for (const [s, from] of places.entries())
      for (const [t, to] of places.entries()) {
        const path = await of().path(from, to, DRIVE)
        const cell = s * places.length + t
        expect(path).toMatchObject({
          value: { how, seconds: matrix.seconds[cell], metres: matrix.metres[cell] },
        })
      }
  })

  test('it takes time to go anywhere else, and the straight line is never longer', async () => {
    const { seconds, metres } = await of().matrix(places.slice(0, 1), places.slice(1), DRIVE)
    places.slice(1).forEach((to, t) => {
      expect(seconds[t]).toBeGreaterThan(0)
      // Each place may be some thirty metres from its road.
      expect(metres[t] + 60).toBeGreaterThan(straight(places[0], to))
    })
  })

  test('the roads of a path add up to its length, and so does its shape where it was measured', async () => {
    const path = await of().path(places[0], places[2], DRIVE)
    if (!path.ok) throw new Error(path.refusal.because)
    const { roads, metres, shape } = path.value
    expect(Math.abs(roads.reduce((sum, road) => sum + road.metres, 0) - metres)).toBeLessThanOrEqual(2)
    if (how === 'measured') expect(Math.abs(lengthOf(shape) - metres)).toBeLessThanOrEqual(2)
  })

  test('a child who must not cross is never reached sooner for it', async () => {
    const kerbs: Call[] = places.map((one) => ({ ...one, mustNotCross: true }))
    const free = await of().matrix(places, places, DRIVE)
    const held = await of().matrix(places, kerbs, DRIVE)
    held.seconds.forEach((seconds, i) => {
      expect(seconds).toBeGreaterThanOrEqual(free.seconds[i])
    })
  })

  test('a place at sea has no road, and the others keep their answers', async () => {
    const matrix = await of().matrix([places[0], atSea], [atSea, places[1]], DRIVE)
    expect(matrix.seconds[1]).toBeLessThan(NO_WAY)
    if (how === 'estimated') return
    expect([...matrix.seconds]).toEqual([NO_WAY, matrix.seconds[1], NO_WAY, NO_WAY])
    expect(matrix).toMatchObject({ sourcesFarFromRoads: [1], targetsFarFromRoads: [0] })
    const refusal = { because: 'too-far-from-any-road', place: atSea }
    expect(await of().path(places[0], atSea, DRIVE)).toMatchObject({ ok: false, refusal })
    expect(await of().nearest(atSea, 'drive')).toMatchObject({ because: 'too-far-from-any-road' })
  })

  test('what it does not offer it says it does not offer', async () => {
    const nearest = await of().nearest(places[0], 'drive')
    if (nearest.found) expect(nearest.metres).toBeLessThan(50)
    else expect(nearest.because).toBe('not-offered')
    const walk = await of().walk(places[0], places[1], {})
    expect(walk).toMatchObject(walk.ok ? { value: { how } } : { refusal: { because: 'not-offered' } })
    const around = await of().isochrone(places[0], 300, DRIVE)
    expect(around).toMatchObject(around.ok ? { value: { how } } : { refusal: { because: 'not-offered' } })
  })
})

describe.for(['OSRM', 'Valhalla'])('%s', (kind) => {
  const server = () => servers.get(kind) as FakeServer
  const many = Array.from({ length: 60 }, (_, i) => places[i % places.length])

  test('its network is named with the roads it drives on, so that kept answers end with them', () => {
    const dated = { OSRM: '2026-09-01T20:20:20Z', Valhalla: '3.5.1 1748736000' }
    expect(roadsOf(kind).network).toBe(
      `${kind.toLowerCase()} ${urlOf(kind)} ${dated[kind as keyof typeof dated]}`,
    )
  })

  test('a server that is slow or broken is asked again', async () => {
    const before = server().asked.length
    await roadsOf(kind).matrix(places, places, DRIVE)
    const usual = server().asked.length - before
    server().troubles.push('silence', 502)
    const matrix = await roadsOf(kind).matrix(places, places, DRIVE)
    expect(matrix.seconds).toEqual((await own.matrix(places, places, DRIVE)).seconds)
    expect(server().asked.length - before).toBe(usual * 2 + 2)
  })

  test('a matrix larger than a server allows is asked in blocks, and only the block that failed is asked again', async () => {
    const asked = () => server().asked.filter((path) => /table|sources_to_targets/.test(path)).length
    const before = asked()
    // Valhalla is first asked, twenty by twenty, where the places are.
    server().troubles.push(...Array(kind === 'OSRM' ? 0 : 6).fill('an-answer'), 503)
    const answer = await roadsOf(kind).matrix(many, many, DRIVE)
    expect(answer.seconds).toEqual((await own.matrix(many, many, DRIVE)).seconds)
    expect(asked() - before).toBe(5)
  })

  test('a server that stays silent is named in a sentence, and nothing half-known is given', async () => {
    server().troubles.push(502, 502, 502)
    await expect(roadsOf(kind).matrix(places, places, DRIVE)).rejects.toThrow(ServerUnanswered)
    server().troubles.push(502, 502, 502)
    await expect(roadsOf(kind).path(places[0], places[1], DRIVE)).rejects.toThrow(
      `The road server at ${urlOf(kind)} gave no answer after 3 tries: it answered 502.`,
    )
  })

  test('a block that fails in the middle of a matrix fails all of it', async () => {
    const before = server().asked.length
    await roadsOf(kind).matrix(many, many, DRIVE)
    const usual = server().asked.length - before
    expect(usual).toBeGreaterThan(1)
    server().troubles.push(...Array(Math.floor(usual / 2)).fill('an-answer'), ...Array(3 * usual).fill(502))
    await expect(roadsOf(kind).matrix(many, many, DRIVE)).rejects.toThrow(ServerUnanswered)
    server().troubles.length = 0
  })
})

test('a Valhalla server set up without expansion offers no isochrone', async () => {
  const server = await fakeValhalla(own, { expansion: false })
  try {
    const roads = await openValhalla({ ...PATIENT, url: server.url })
    expect(await roads.isochrone(places[0], 300, DRIVE)).toEqual({
      ok: false,
      refusal: { because: 'not-offered' },
    })
  } finally {
    await server.close()
  }
})

test('an isochrone of Valhalla holds what ours does, and nothing its search ran into beyond the time', async () => {
  const [ours, theirs] = await Promise.all(
    [own, roadsOf('Valhalla')].map((one) => one.isochrone(places[0], 60, DRIVE)),
  )
  if (!ours?.ok || !theirs?.ok) throw new Error('Both are expected to answer.')
  expect(theirs.value.stretches).toEqual(ours.value.stretches)
  expect(Math.abs(theirs.value.metres - ours.value.metres)).toBeLessThanOrEqual(2)
})

test('a walk that must avoid something is not asked of a server that cannot', async () => {
  expect(await roadsOf('Valhalla').walk(places[0], places[1], { steps: true })).toMatchObject({ ok: false })
  expect(await roadsOf('Valhalla').walk(places[0], places[1], { ways: [11] })).toMatchObject({ ok: false })
})

test('a shape is read as its format is documented', () => {
  // The example of the format has five decimals, and Valhalla writes six: so a tenth of it.
  const read = readPolyline('_p~iF~ps|U_ulLnnqC_mqNvxq`@')
  expect([...read]).toEqual([-12.02, 3.85, -12.095, 4.07, -12.6453, 4.3252])
})

const straight = (a: Place, b: Place) =>
  metresBetween(a.longitude * 1e7, a.latitude * 1e7, b.longitude * 1e7, b.latitude * 1e7)

function lengthOf(shape: Float64Array): number {
  let length = 0
  for (let i = 2; i < shape.length; i += 2)
    length += straight(
      { longitude: shape[i - 2], latitude: shape[i - 1] },
      { longitude: shape[i], latitude: shape[i + 1] },
    )
  return length
}
