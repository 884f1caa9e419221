import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Asked } from '#cli/command.ts'
import { instant, plainDate } from '#ground/time.ts'
import { mapCommand } from './map.command.ts'
import { anExtract } from './osm/testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'firstbell-map-'))
afterAll(() => rmSync(folder, { recursive: true }))

const mapOf = (name: string, bytes: Uint8Array) => {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  const asked: Asked = {
    words: [file],
    options: {},
    sql: undefined as unknown as Asked['sql'],
    folder: join(folder, 'kept'),
    now: instant('2026-03-12T09:00:00Z'),
    today: plainDate('2026-03-12'),
    say: () => {},
  }
  return mapCommand.run(asked)
}
const lane = anExtract({
  nodes: [
    { id: 1, longitude: -2.5, latitude: 52.25 },
    { id: 2, longitude: -2.49, latitude: 52.25 },
  ],
  ways: [{ id: 1, nodes: [1, 2], tags: { highway: 'residential', name: 'Mill Lane' } }],
})

test('a map is kept beside the database, whole, and told by its size', async () => {
  const answer = await mapOf('lane.osm.pbf', lane)

  const kept = join(folder, 'kept', 'map.pmtiles')
  expect(answer).toMatchObject({ answer: 'report', json: { file: kept, features: 1 } })
  expect(readFileSync(kept).subarray(0, 7).toString()).toBe('PMTiles')
  expect(readdirSync(join(folder, 'kept'))).toEqual(['map.pmtiles'])
})

test('a file cut short is refused by name, and the map that was there stays', async () => {
  await mapOf('lane.osm.pbf', lane)
  const before = readFileSync(join(folder, 'kept', 'map.pmtiles'))
  const answer = await mapOf('cut.osm.pbf', lane.subarray(0, lane.length - 9))

  expect(answer).toMatchObject({ answer: 'refused', sentence: expect.stringContaining('cut.osm.pbf') })
  expect(readFileSync(join(folder, 'kept', 'map.pmtiles')).equals(before)).toBe(true)
})
