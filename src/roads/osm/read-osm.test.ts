import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { OsmBlock } from './block.ts'
import { readOsm } from './read-osm.ts'
import { anExtract } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'firstbell-osm-'))
afterAll(() => rmSync(folder, { recursive: true }))

const millLane = anExtract({
  nodes: [
    { id: 5, longitude: -2.5, latitude: 52.25 },
    { id: 3, longitude: -2.4999999, latitude: 52.2512345, tags: { barrier: 'gate', locked: 'yes' } },
    { id: 9, longitude: 1.75, latitude: 49.875 },
  ],
  ways: [{ id: 71, nodes: [9, 3, 5], tags: { highway: 'residential', name: 'Mill Lane' } }],
  relations: [
    {
      id: 4,
      members: [
        { kind: 'way', id: 71, role: 'from' },
        { kind: 'node', id: 3, role: 'via' },
      ],
      tags: { type: 'restriction' },
    },
  ],
})
const everything = { nodes: true, ways: true, relations: true }

test('nodes, ways and relations are read as they were written', async () => {
  const [block] = await blocksOf(millLane)

  const [nodes] = block?.nodes ?? []
  expect([...(nodes?.ids ?? [])]).toEqual([5, 3, 9])
  expect([...(nodes?.longitudesE7 ?? [])]).toEqual([-25_000_000, -24_999_999, 17_500_000])
  expect([...(nodes?.latitudesE7 ?? [])]).toEqual([522_500_000, 522_512_345, 498_750_000])
  expect([...(nodes?.tags ?? [])].map(([i, tags]) => [i, Object.fromEntries(tags)])).toEqual([
    [1, { barrier: 'gate', locked: 'yes' }],
  ])
  expect(block?.ways.map(({ id, nodeIds, tags }) => [id, [...nodeIds], Object.fromEntries(tags)])).toEqual([
    [71, [9, 3, 5], { highway: 'residential', name: 'Mill Lane' }],
  ])
  expect(block?.relations[0]?.members).toEqual([
    { kind: 'way', id: 71, role: 'from' },
    { kind: 'node', id: 3, role: 'via' },
  ])
})

test('what is not wanted is not read', async () => {
  const [block] = await blocksOf(millLane, { ways: true })

  expect([block?.nodes.length, block?.ways.length, block?.relations.length]).toEqual([0, 1, 0])
})

test.each([
  ['an empty file', Buffer.alloc(0), /is empty \(0 bytes\)\. Download/],
  [
    'a file that stops in the middle',
    millLane.subarray(0, millLane.length - 9),
    /ends too soon: \d+ bytes were/,
  ],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /is not an \.osm\.pbf file/],
  ['a damaged block', damage(millLane), /is damaged at byte \d+/],
  ['a file with history', anExtract({ nodes: [] }, ['HistoricalInformation']), /knows HistoricalInformation/],
])('%s is refused in a sentence', async (_what, bytes, sentence) => {
  await expect(blocksOf(bytes)).rejects.toThrow(sentence)
  await expect(blocksOf(bytes)).rejects.toMatchObject({ name: 'BadExtract' })
})

test('a file that is not there is refused in a sentence', async () => {
  await expect(readOsm(join(folder, 'none.osm.pbf'), everything).next()).rejects.toThrow(/cannot be read/)
})

test('wherever a file was cut, it is refused or holds whole blocks alone', async () => {
  const whole: number[] = []
  for (let length = 1; length < millLane.length; length++) {
    const read = await blocksOf(millLane.subarray(0, length)).catch((cause: Error) => cause.name)
    if (read !== 'BadExtract') whole.push(length)
  }

  // The one place: behind the header, before the only block.
  expect(whole).toHaveLength(1)
})

const rutland = join(process.env['FIRSTBELL_SHARED'] ?? '../shared', 'roads/rutland-2018.osm.pbf')
test.skipIf(!existsSync(rutland))('a real county is read whole', async () => {
  const counted = { nodes: 0, ways: 0, relations: 0 }
  for await (const { nodes, ways, relations } of readOsm(rutland, everything)) {
    for (const { ids } of nodes) counted.nodes += ids.length
    counted.ways += ways.length
    counted.relations += relations.length
  }

  expect(counted).toEqual({ nodes: 113_647, ways: 10_476, relations: 234 })
})

async function blocksOf(
  bytes: Buffer,
  wanted = everything as Parameters<typeof readOsm>[1],
): Promise<OsmBlock[]> {
  const path = join(folder, 'town.osm.pbf')
  writeFileSync(path, bytes)
  return await Array.fromAsync(readOsm(path, wanted))
}

function damage(bytes: Buffer): Buffer {
  const damaged = Buffer.from(bytes)
  damaged.fill(0xff, damaged.length - 60, damaged.length - 40)
  return damaged
}
