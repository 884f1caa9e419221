import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Column, readRoadFile, writeRoadFile } from './road-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'firstbell-road-file-'))
const whole = join(folder, 'whole.roads')
const harmed = join(folder, 'harmed.roads')
afterAll(() => rmSync(folder, { recursive: true }))

// One of each kind, none of them a whole number of doubles, and one that is empty.
const columns = new Map<string, Column>([
  ['drive.kind', Uint8Array.of(1, 0, 255)],
  ['drive.longitude', Int32Array.of(-25_000_000, 0, 1)],
  ['drive.none', new Uint32Array()],
  ['walk.name', Uint32Array.of(4_000_000_000)],
  ['walk.way', Float64Array.of(0.5, 1e15)],
])
const about = { extract: 'town.osm.pbf' }
beforeAll(() => writeRoadFile(whole, { about, columns }))

test('a network is read as it was written', () => {
  expect(readRoadFile(whole)).toMatchObject({ about, columns })
})

test('one wrong byte, wherever it lies, and the network is refused in words', () => {
  const bytes = readFileSync(whole)
  for (let at = 0; at < bytes.length; at++) {
    const wrong = Buffer.from(bytes)
    wrong[at] = (wrong[at] as number) ^ 0x10
    writeFileSync(harmed, wrong)
    expect(() => readRoadFile(harmed), `byte ${at}`).toThrow(
      /harmed\.roads is (damaged|not a network of roads).*\. Build it again: firstbell roads build/,
    )
  }
})

test('the section that is damaged is named', () => {
  const bytes = readFileSync(whole)
  bytes.writeDoubleLE(0.25, bytes.length - 16)
  writeFileSync(harmed, bytes)

  expect(() => readRoadFile(harmed)).toThrow('its section "walk.way" is not what was written')
})

test('a network of an older version is refused, with what to do', () => {
  const bytes = readFileSync(whole)
  const table = bytes.subarray(32, 32 + bytes.readUInt32LE(16))
  table.write('{"version":1', 'latin1')
  createHash('sha256').update(table).digest().copy(bytes, 20, 0, 12)
  writeFileSync(harmed, bytes)

  expect(() => readRoadFile(harmed)).toThrow(
    /was built as version 1, and this Firstbell reads version 3\. Build it again/,
  )
})
