/**
 * Writes a PMTiles archive, version 3 (github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md): a header of 127 bytes,
 * a directory of the tiles along a Hilbert curve, and the tiles. A server that serves ranges of bytes needs no more.
 */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { PbfWriter } from 'pbf'
import { hilbertIndex } from './hilbert.ts'

export type Tile = { z: number; x: number; y: number; bytes: Uint8Array }
export type Box = { west: number; south: number; east: number; north: number }
export type Archive = {
  tiles: readonly Tile[]
  box: Box
  zooms: readonly [least: number, most: number]
  metadata: object
}

const HEADER_BYTES = 127
// Readers fetch the first 16 KiB at once: header and root directory must fit in it.
const ROOT_BYTES = 16_384 - HEADER_BYTES
const A_LEAF = 4096
const GZIP = 2
const VECTOR = 1

type Entry = { id: number; offset: number; length: number; run: number }

/** The bytes of an archive. Tiles that are alike are kept once. */
export function writePmtiles({ tiles, box, zooms, metadata }: Archive): Buffer {
  const { entries, contents, kept } = layOut(tiles)
  const { root, leaves } = directoriesOf(entries)
  const about = gzipSync(JSON.stringify(metadata))
  const at = { root: HEADER_BYTES, about: 0, leaves: 0, contents: 0 }
  at.about = at.root + root.length
  at.leaves = at.about + about.length
  at.contents = at.leaves + leaves.length
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('PMTiles', 0, 'ascii')
  header.writeUInt8(3, 7)
  const contentBytes = contents.reduce((sum, one) => sum + one.length, 0)
  const numbers = [
    at.root,
    root.length,
    at.about,
    about.length,
    at.leaves,
    leaves.length,
    at.contents,
    contentBytes,
  ]
  for (const [i, n] of [...numbers, tiles.length, entries.length, kept].entries()) {
    header.writeBigUInt64LE(BigInt(n), 8 + i * 8)
  }
  const [least, most] = zooms
  header.set([1, GZIP, GZIP, VECTOR, least, most], 96)
  const e7 = (degrees: number) => Math.round(degrees * 1e7)
  for (const [i, degrees] of [box.west, box.south, box.east, box.north].entries()) {
    header.writeInt32LE(e7(degrees), 102 + i * 4)
  }
  header.writeUInt8(Math.min(most, least + 3), 118)
  header.writeInt32LE(e7((box.west + box.east) / 2), 119)
  header.writeInt32LE(e7((box.south + box.north) / 2), 123)
  return Buffer.concat([header, root, about, leaves, ...contents])
}

function layOut(tiles: readonly Tile[]): { entries: Entry[]; contents: Uint8Array[]; kept: number } {
  const ordered = tiles
    .map(({ z, x, y, bytes }) => ({ id: hilbertIndex(z, x, y), bytes }))
    .sort((a, b) => a.id - b.id)
  const places = new Map<string, { offset: number; length: number }>()
  const contents: Uint8Array[] = []
  const entries: Entry[] = []
  let offset = 0
  for (const { id, bytes } of ordered) {
    const hash = createHash('sha256').update(bytes).digest('base64')
    const known = places.get(hash)
    const place = known ?? { offset, length: 0 }
    if (!known) {
      const packed = gzipSync(bytes)
      place.length = packed.length
      offset += packed.length
      contents.push(packed)
      places.set(hash, place)
    }
    const last = entries.at(-1)
    if (last && last.offset === place.offset && last.id + last.run === id) last.run++
    else entries.push({ id, ...place, run: 1 })
  }
  return { entries, contents, kept: places.size }
}

/** One directory where it is small enough, else leaves of four thousand and a root that names them. */
function directoriesOf(entries: readonly Entry[]): { root: Buffer; leaves: Buffer } {
  const whole = directory(entries)
  if (whole.length <= ROOT_BYTES) return { root: whole, leaves: Buffer.alloc(0) }
  const leaves: Buffer[] = []
  const named: Entry[] = []
  let offset = 0
  for (let i = 0; i < entries.length; i += A_LEAF) {
    const leaf = directory(entries.slice(i, i + A_LEAF))
    // A run of none says: look in that leaf.
    named.push({ id: entries[i]?.id ?? 0, offset, length: leaf.length, run: 0 })
    leaves.push(leaf)
    offset += leaf.length
  }
  const root = directory(named)
  if (root.length > ROOT_BYTES)
    throw new Error(`A map of ${entries.length} tiles is too large for one archive.`)
  return { root, leaves: Buffer.concat(leaves) }
}

/** Columns of numbers, as steps where they only grow; an offset of nought follows on from the entry before. */
function directory(entries: readonly Entry[]): Buffer {
  const pbf = new PbfWriter()
  pbf.writeVarint(entries.length)
  entries.forEach(({ id }, i) => {
    pbf.writeVarint(id - (entries[i - 1]?.id ?? 0))
  })
  for (const { run } of entries) pbf.writeVarint(run)
  for (const { length } of entries) pbf.writeVarint(length)
  entries.forEach(({ offset }, i) => {
    const before = entries[i - 1]
    const follows = before !== undefined && offset === before.offset + before.length
    pbf.writeVarint(follows ? 0 : offset + 1)
  })
  return gzipSync(pbf.finish())
}
