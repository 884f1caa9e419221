import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Asked } from '#cli/command.ts'
import { instant, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type OwnRoads, openRoads } from './answers/own-roads.ts'
import { RoadMap } from './answers/road-map.ts'
import { lengthOf } from './answers/testing.ts'
import { anExtract, type TestMap } from './osm/testing.ts'
import { roadsAskCommand } from './roads-ask.command.ts'
import { roadsBuildCommand } from './roads-build.command.ts'
import { at, place, town } from './testing.ts'

const { sql } = realDatabase()
const folder = mkdtempSync(join(tmpdir(), 'firstbell-roads-'))
const extract = join(folder, 'town.osm.pbf')
const network = join(folder, 'town.roads')

let roads: OwnRoads
beforeAll(async () => {
  writeFileSync(extract, anExtract(town))
  const built = await build(extract, { out: network, times: 'school-morning,off-peak' })
  expect(built).toMatchObject({ answer: 'report' })
  roads = await openRoads(network, 2)
})
afterAll(async () => {
  await roads.close()
  rmSync(folder, { recursive: true })
})

const car = { vehicle: 'car', at: 'school-morning' } as const

test('an extract becomes a network, and what was left out is told by name and size', async () => {
  const built = await build(extract, { out: join(folder, 'again.roads') })

  expect(built).toMatchObject({
    answer: 'report',
    json: {
      network: expect.stringMatching(/^[0-9a-f]{16}$/),
      islandCount: 1,
      islands: [{ name: 'Island Road', roads: 1 }],
      turnBans: { followed: 1, notFollowed: 0 },
    },
  })
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('a way is told by its roads, its shape is as long as it says, and the side it arrives on', async () => {
  const path = await roads.path(place(1, 0.1), place(5.1, 3), car)

  expect(path).toMatchObject({
    ok: true,
    value: { how: 'measured', arrivesOn: 'right', roads: [{ name: 'Mill Lane' }, { name: 'Church Street' }] },
  })
  if (!path.ok) return
  expect(Math.abs(lengthOf(path.value.shape) - path.value.metres)).toBeLessThan(1)
})

test('a child who must not cross is called for from the other direction', async () => {
  const [from, to] = [place(1, 0.1), { ...place(3, 0.1), mustNotCross: true }]
  const free = await roads.path(from, place(3, 0.1), car)
  const held = await roads.path(from, to, car)

  // North of Mill Lane is the left for whoever drives east.
  expect(free).toMatchObject({ ok: true, value: { arrivesOn: 'left' } })
  expect(held).toEqual(free)
  const south = { ...place(3, -0.1), mustNotCross: true }
  const round = await roads.path(from, south, car)
  expect(round).toMatchObject({ ok: true, value: { arrivesOn: 'left' } })
  if (round.ok && free.ok) expect(round.value.seconds).toBeGreaterThan(free.value.seconds + 60)
})

test('a banned turn is not taken, however short', async () => {
  const path = await roads.path(place(9, 3.2), place(5, 2), car)

  expect(path.ok && path.value.roads.map(({ name }) => name)).not.toEqual(['School Hill', 'Church Street'])
})

test('a bollard stops a car and not a child on foot', async () => {
  const driven = await roads.path(place(10, 1), place(10, 3), car)
  const walked = await roads.walk(place(10, 1), place(10, 3), {})

  expect(walked).toMatchObject({ ok: true, value: { roads: [{ name: 'Back Lane' }] } })
  expect(driven.ok && driven.value.roads.length).toBeGreaterThan(2)
})

test('a walk keeps clear of a road an officer marked unsafe, or there is none', async () => {
  const [home, school] = [place(10, 1), place(9, 4)]
  const shortest = await roads.walk(home, school, {})
  const safe = await roads.walk(home, place(5, 3.5), { ways: [17] })

  expect(shortest.ok && shortest.value.roads.map(({ name }) => name)).toContain('Back Lane')
  expect(safe.ok && safe.value.roads.map(({ name }) => name)).not.toContain('School Hill')
  expect(await roads.walk(home, school, { ways: [13] })).toEqual({
    ok: false,
    refusal: { because: 'no-way' },
  })
})

test('a walk goes up steps, unless a way without them is asked for', async () => {
  const [below, above] = ['52.2508,-2.5', '52.252,-2.4995']
  const shortest = await ask([below, above], { roads: network, walk: true })
  const around = await ask([below, above], { roads: network, walk: true, steps: false as never })

  expect(shortest).toMatchObject({ text: expect.stringMatching(/Low Path.*Jacob’s Ladder.*High Path/s) })
  expect(around).toMatchObject({ text: expect.stringMatching(/Low Path.*Mill Lane.*High Path/s) })
  expect(around).not.toMatchObject({ text: expect.stringContaining('Jacob') })
})

test('a matrix says the same as its paths, whatever thread answers, and who has no road', async () => {
  const places = [place(1, 0), place(9, 0), place(5, 3), place(400, 0), place(8, 4)]
  const matrix = await roads.matrix(places, places, car)

  expect([matrix.sourcesFarFromRoads, matrix.targetsFarFromRoads]).toEqual([[3], [3]])
  for (const [s, from] of places.entries())
    for (const [t, to] of places.entries()) {
      const path = await roads.path(from, to, car)
      const cell = [matrix.seconds[s * 5 + t], matrix.metres[s * 5 + t]]
      expect(cell).toEqual(path.ok ? [path.value.seconds, path.value.metres] : [0xffff_ffff, 0xffff_ffff])
    }
})

test('a pupil at sea is far from any road, and is told so', async () => {
  const asked = await ask(['52.25,-3.5', '52.25,-2.5'])

  expect(asked).toMatchObject({
    sentence: expect.stringMatching(/52\.25,-3\.5 is more than 1,000 metres from any/),
  })
  expect(await roads.nearest({ longitude: -3.5, latitude: 52.25 }, 'walk')).toMatchObject({ found: false })
  expect(await roads.nearest(place(2, 0.5), 'drive')).toMatchObject({
    found: true,
    road: 'Mill Lane',
    metres: 56,
  })
})

test('what is reached in a minute is less than in two', async () => {
  const [one, two] = [
    await roads.isochrone(place(1, 0), 60, car),
    await roads.isochrone(place(1, 0), 120, car),
  ]

  expect(one.ok && two.ok && one.value.metres > 0 && one.value.metres < two.value.metres).toBe(true)
})

test('the school morning is slower than the middle of the day', async () => {
  const [from, to] = [place(0, 0), place(5, 4)]
  const [morning, quiet] = [
    await roads.path(from, to, car),
    await roads.path(from, to, { ...car, at: 'off-peak' }),
  ]

  expect(morning.ok && quiet.ok && morning.value.seconds > quiet.value.seconds).toBe(true)
  await expect(roads.path(from, to, { ...car, at: 'school-afternoon' })).rejects.toThrow(/was built for car/)
})

test.each([
  ['no roads at all', { nodes: [at(1, 0, 0)] }, /holds no roads\. Give/],
  [
    'only a fence',
    { nodes: [at(1, 0, 0), at(2, 1, 0)], ways: [{ id: 1, nodes: [1, 2], tags: { highway: 'proposed' } }] },
    /no roads that may be used/,
  ],
  [
    'roads of another country',
    { nodes: town.nodes.map((node) => ({ ...node, longitude: 2.35, latitude: 48.86 })), ways: town.ways },
    /latitude 48\.86, longitude 2\.35, which is not in/,
  ],
  ['roads without their nodes', { nodes: [], ways: town.ways }, /none of the nodes they run through/],
])('an extract with %s is refused in a sentence, and no network is written', async (_what, map, sentence) => {
  const [path, out] = [join(folder, 'bad.osm.pbf'), join(folder, 'bad.roads')]
  writeFileSync(path, anExtract(map as TestMap))

  expect(await build(path, { out })).toMatchObject({ sentence: expect.stringMatching(sentence) })
  expect(existsSync(out)).toBe(false)
})

test('a way that names a node the extract does not hold is cut there, and counted', async () => {
  const path = join(folder, 'cut.osm.pbf')
  writeFileSync(path, anExtract({ ...town, nodes: town.nodes.filter(({ id }) => id !== 3) }))

  expect(await build(path, { out: join(folder, 'cut.roads') })).toMatchObject({ json: { cutWays: 2 } })
})

test.each([
  ['off the earth', { latitude: 95 }],
  ['further round than the earth is', { longitude: 250 }],
  ['in the Gulf of Guinea', { latitude: 0, longitude: 0 }],
])('a way with a point %s is cut there, and counted', async (_what, astray) => {
  const [path, out] = [join(folder, 'stray.osm.pbf'), join(folder, 'stray.roads')]
  const nodes = town.nodes.map((node) => (node.id === 3 ? { ...node, ...astray } : node))
  writeFileSync(path, anExtract({ ...town, nodes }))

  expect(await build(path, { out })).toMatchObject({
    text: expect.stringMatching(/2 ways name points .* outside the United Kingdom, and were cut/),
    json: { cutWays: 2, kilometres: 2 },
  })
})

test.each([
  ['is cut short', (bytes: Buffer) => bytes.subarray(0, -8), /it is not whole\. Build it again/],
  ['is something else', () => Buffer.from('GIF89a'), /is not a network of roads/],
  ['has a damaged table', (bytes: Buffer) => bytes.fill(0x41, 60, 70), /is damaged/],
])('a network that %s is not loaded', async (_what, harm, sentence) => {
  const path = join(folder, 'harmed.roads')
  writeFileSync(path, harm(readFileSync(network)))

  await expect(openRoads(path)).rejects.toThrow(sentence)
})

test('a network with one wrong byte in any of its sections is not loaded, and the section is named', () => {
  const path = join(folder, 'harmed.roads')
  const start = 32 + readFileSync(network).readUInt32LE(16)
  const { sections } = JSON.parse(readFileSync(network).toString('utf8', 32, start)) as {
    sections: { name: string; length: number; at: number }[]
  }
  const filled = sections.filter(({ length }) => length > 0)
  expect(filled.length).toBeGreaterThan(50)
  for (const { name, at } of filled) {
    const bytes = readFileSync(network)
    bytes.writeUInt8(bytes.readUInt8(start + at) ^ 1, start + at)
    writeFileSync(path, bytes)
    expect(() => new RoadMap(path), name).toThrow(`its section "${name}" is not what was written. Build it`)
  }
})

test('there is no network before one is built, and the sentence says how', async () => {
  const asked = await ask(['52.25,-2.5', '52.25,-2.5'], { roads: join(folder, 'none.roads') })

  expect(asked).toMatchObject({ sentence: expect.stringMatching(/Build one: firstbell roads build/) })
})

test('a mistyped vehicle, time or place is named', async () => {
  expect(await build(extract, { vehicles: 'car,tram' })).toMatchObject({
    sentence: expect.stringMatching(/"tram"/),
  })
  expect(await ask(['Leeds', '1,1'])).toMatchObject({
    sentence: expect.stringMatching(/"Leeds" is not a place/),
  })
})

const asking = (words: string[], options: Asked['options']): Asked => ({
  words,
  options,
  sql,
  today: plainDate('2026-11-25'),
  now: instant('2026-11-25T08:00:00Z'),
  say: () => {},
})
const build = (path: string, options: Asked['options']) => roadsBuildCommand.run(asking([path], options))
const ask = (words: string[], options: Asked['options'] = { roads: network }) =>
  roadsAskCommand.run(asking(words, options))
