/**
 * The one file a network is kept in. It begins with a magic word, a version and a table of contents in JSON; the columns
 * follow as they lie in memory, so that loading is reading. The table is hashed and holds a checksum of every column, so a
 * single wrong byte anywhere is noticed. It is written beside its place and then moved there: what can be opened is whole.
 */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { BadExtract } from '../osm/bad-extract.ts'

const MAGIC = 'FIRSTBELL ROADS\n'
/** Raised with every change to what the columns mean or the table says of them. */
export const ROAD_FILE_VERSION = 3
const PREFIX_BYTES = 32
/** A larger number is damage, and must not become an allocation. */
const MOST_TABLE_BYTES = 256 * 1024 * 1024

const COLUMN_TYPES = { Uint8Array, Int32Array, Uint32Array, Float64Array } as const
type ColumnType = keyof typeof COLUMN_TYPES
export type Column = Uint8Array | Int32Array | Uint32Array | Float64Array
/** One column in the file. Its checksum is of all its bytes, those that fill it up to a whole double included. */
type Section = { name: string; type: ColumnType; length: number; at: number; checksum: number }

export type RoadFile = {
  /** What was built, from what and how; anything that JSON holds. */
  readonly about: Record<string, unknown>
  readonly columns: ReadonlyMap<string, Column>
}

/** Writes a network to `path`. Whatever was there stays until the new one is whole. */
export async function writeRoadFile(path: string, { about, columns }: RoadFile): Promise<void> {
  const sections: Section[] = []
  let at = 0
  for (const [name, column] of columns) {
    const type = column.constructor.name as ColumnType
    sections.push({ name, type, length: column.length, at, checksum: crc32(paddedBytes(column)) })
    at += paddedLength(column.byteLength)
  }
  const contents = Buffer.from(JSON.stringify({ version: ROAD_FILE_VERSION, about, sections, bytes: at }))
  const padded = Buffer.alloc(paddedLength(contents.length), ' ')
  contents.copy(padded)
  const prefix = Buffer.alloc(PREFIX_BYTES)
  prefix.write(MAGIC, 'latin1')
  prefix.writeUInt32LE(padded.length, 16)
  createHash('sha256').update(padded).digest().copy(prefix, 20, 0, 12)
  const draft = `${path}.${process.pid}.part`
  try {
    const file = await open(draft, 'w')
    try {
      await file.writeFile(Buffer.concat([prefix, padded]))
      for (const column of columns.values()) await file.writeFile(paddedBytes(column))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}

/** So many bytes, up to a whole number of doubles. */
const paddedLength = (bytes: number): number => Math.ceil(bytes / 8) * 8

/** The bytes of a column, up to a whole number of doubles. */
function paddedBytes(column: Column): Buffer {
  const bytes = Buffer.alloc(paddedLength(column.byteLength))
  bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
  return bytes
}

const AGAIN = 'Build it again: firstbell roads build FILE.osm.pbf'

/**
 * Reads a network. Throws BadExtract with a sentence when it is not one, is of another version of Firstbell, is not
 * whole, or holds a single byte that was not written.
 */
export function readRoadFile(path: string): RoadFile {
  const bytes = bytesOf(path)
  const { about, sections, start } = readTable(path, bytes)
  const columns = sections.map((section): [string, Column] => {
    const { name, type, length } = section
    const at = start + section.at
    const isSound = crc32(bytes.subarray(at, at + columnBytes(section))) === section.checksum
    if (!isSound)
      throw new BadExtract(`${path} is damaged: its section "${name}" is not what was written. ${AGAIN}`)
    return [name, new COLUMN_TYPES[type](bytes.buffer as ArrayBuffer, bytes.byteOffset + at, length)]
  })
  return { about, columns: new Map(columns) }
}

/**
 * What another version of Firstbell wrote of the network it kept in the file at `path`; nothing where there is no such
 * file, it is of this version, or nobody can tell. Only the table of contents is read.
 */
export function writtenByAnotherVersion(path: string): Record<string, unknown> | undefined {
  const head = headOf(path)
  if (head === undefined || !isNetwork(head)) return undefined
  const { contents, isSound } = tableIn(head)
  if (!isSound) return undefined
  const { version, about } = JSON.parse(contents.toString()) as Table
  return version === ROAD_FILE_VERSION ? undefined : about
}

/** The file up to the end of its table of contents. */
function headOf(path: string): Buffer | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return undefined
  }
  try {
    const prefix = Buffer.alloc(PREFIX_BYTES)
    if (readSync(file, prefix, 0, PREFIX_BYTES, 0) < PREFIX_BYTES) return undefined
    const contents = Buffer.alloc(Math.min(prefix.readUInt32LE(16), MOST_TABLE_BYTES))
    readSync(file, contents, 0, contents.length, PREFIX_BYTES)
    return Buffer.concat([prefix, contents])
  } finally {
    closeSync(file)
  }
}

/** How many bytes a column takes in the file. */
const columnBytes = ({ type, length }: Section): number =>
  paddedLength(length * COLUMN_TYPES[type].BYTES_PER_ELEMENT)

type Table = {
  version: number
  about: Record<string, unknown>
  sections: Section[]
  /** How many bytes all the columns take together. */
  bytes: number
}

/** The table of contents, and where the columns start. Throws BadExtract as above; the columns are not yet looked at. */
function readTable(path: string, bytes: Buffer): Table & { start: number } {
  if (!isNetwork(bytes)) throw new BadExtract(`${path} is not a network of roads. ${AGAIN}`)
  const { contents, isSound, start } = tableIn(bytes)
  if (!isSound)
    throw new BadExtract(`${path} is damaged: its table of contents is not what was written. ${AGAIN}`)
  const table = JSON.parse(contents.toString()) as Table
  if (table.version !== ROAD_FILE_VERSION)
    throw new BadExtract(
      `${path} was built as version ${table.version}, and this Firstbell reads version ${ROAD_FILE_VERSION}. ${AGAIN}`,
    )
  if (bytes.length !== start + table.bytes)
    throw new BadExtract(
      `${path} has ${bytes.length} bytes and ${start + table.bytes} were written: it is not whole. ${AGAIN}`,
    )
  return { ...table, start }
}

const isNetwork = (bytes: Buffer): boolean =>
  bytes.length >= PREFIX_BYTES && bytes.toString('latin1', 0, 16) === MAGIC

/** The table of contents as it lies in the file, whether it is as it was written, and where the columns start. */
function tableIn(bytes: Buffer): { contents: Buffer; isSound: boolean; start: number } {
  const start = PREFIX_BYTES + bytes.readUInt32LE(16)
  const contents = bytes.subarray(PREFIX_BYTES, start)
  const isSound = createHash('sha256').update(contents).digest().compare(bytes, 20, 32, 0, 12) === 0
  return { contents, isSound, start }
}

function bytesOf(path: string): Buffer {
  try {
    const bytes = readFileSync(path)
    // Columns of doubles must lie on whole doubles; a small file may have been read into the middle of a pool.
    return bytes.byteOffset % 8 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer)
  } catch (cause) {
    throw new BadExtract(
      `There is no network of roads at ${path}: ${(cause as Error).message}. Build one: firstbell roads build FILE.osm.pbf`,
      { cause },
    )
  }
}
