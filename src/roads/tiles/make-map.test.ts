import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PbfReader } from 'pbf'
import { PMTiles, type Source, zxyToTileId } from 'pmtiles'
import { expect, test } from 'vitest'
import { anExtract, type TestMap } from '../osm/testing.ts'
import { hilbertIndex } from './hilbert.ts'
import { makeMap } from './make-map.ts'
import { type Tile, writePmtiles } from './write-pmtiles.ts'

const node = (id: number, longitude: number, latitude: number) => ({ id, longitude, latitude })
const village: TestMap = {
  nodes: [
    node(1, -6.75, 51.1),
    node(2, -6.74, 51.1),
    node(3, -6.74, 51.11),
    { ...node(4, -6.745, 51.105), tags: { place: 'village', name: 'Tamble Magna' } },
  ],
  ways: [
    { id: 1, nodes: [1, 2], tags: { highway: 'primary', name: 'High Street', ref: 'A71' } },
    { id: 2, nodes: [2, 3, 99], tags: { highway: 'footway' } },
    { id: 3, nodes: [1, 3], tags: { building: 'yes' } },
  ],
}

async function fileOf(bytes: Uint8Array): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'map-')), 'small.osm.pbf')
  await writeFile(file, bytes)
  return file
}

/** The archive as a browser reads it: by ranges of bytes. */
function readerOf(bytes: Uint8Array): PMTiles {
  const source: Source = {
    getKey: () => 'map',
    getBytes: async (offset, length) => ({
      data: bytes.buffer.slice(bytes.byteOffset + offset, bytes.byteOffset + offset + length) as ArrayBuffer,
    }),
  }
  return new PMTiles(source)
}

async function layersAt(archive: PMTiles, z: number, x: number, y: number): Promise<string[]> {
  const tile = await archive.getZxy(z, x, y)
  if (!tile) return []
  return new PbfReader(new Uint8Array(tile.data)).readFields((tag, names: string[], pbf) => {
    if (tag !== 3) return
    const end = pbf.readVarint() + pbf.pos
    pbf.readFields(
      (inner, _, layer) => {
        if (inner === 1) names.push(layer.readString())
      },
      names,
      end,
    )
  }, [])
}

test('a map shows roads and places from the zoom at which they help, and nothing else of the extract', async () => {
  const { bytes, features } = await makeMap(await fileOf(anExtract(village)), { attribution: 'Nobody' })
  const archive = readerOf(bytes)
  const { minZoom, maxZoom, minLon, maxLat } = await archive.getHeader()
  expect(features).toBe(3)
  expect([minZoom, maxZoom, minLon, maxLat]).toEqual([6, 14, -6.75, 51.11])
  expect(await archive.getMetadata()).toMatchObject({ attribution: 'Nobody' })
  expect(await layersAt(archive, 7, 61, 42)).toEqual([])
  expect(await layersAt(archive, 8, 123, 85)).toEqual(['roads'])
  expect((await layersAt(archive, 14, 7885, 5477)).sort()).toEqual(['places', 'roads'])
})

test('an extract without a road or a place is refused with what to do', async () => {
  const sea = await fileOf(anExtract({ nodes: [node(1, -6, 51)] }))
  await expect(makeMap(sea, { attribution: '' })).rejects.toThrow(
    /holds no road and no place. Give an extract/,
  )
})

test('tiles are numbered as every reader of PMTiles numbers them', () => {
  for (const [z, x, y] of [
    [0, 0, 0],
    [1, 1, 0],
    [6, 30, 21],
    [14, 7885, 5463],
    [20, 501_234, 350_111],
  ] as const) {
    expect(hilbertIndex(z, x, y)).toBe(zxyToTileId(z, x, y))
  }
})

test('of twenty thousand tiles each is found again, by way of leaf directories', async () => {
  const tiles: Tile[] = []
  for (let x = 200; x < 360; x++) {
    for (let y = 100; y < 225; y++) tiles.push({ z: 9, x, y, bytes: patternless(x, y) })
  }
  const box = { west: -40, south: 50, east: 70, north: 80 }
  const archive = readerOf(writePmtiles({ tiles, box, zooms: [9, 9], metadata: {} }))
  expect((await archive.getHeader()).leafDirectoryLength).toBeGreaterThan(0)
  for (const { x, y, bytes } of tiles.filter((_, i) => i % 611 === 0)) {
    const found = await archive.getZxy(9, x, y)
    expect(Buffer.from(new Uint8Array(found?.data ?? [])).equals(bytes)).toBe(true)
  }
  expect(await archive.getZxy(9, 10, 10)).toBeUndefined()
})

/** Bytes whose number follows no pattern, as that of real tiles does not: their directory will not pack small. */
function patternless(x: number, y: number): Buffer {
  const outputLength = 1 + ((x * 7919 + y * 104_729) % 1009)
  return createHash('shake256', { outputLength }).update(`${x}/${y}`).digest()
}
