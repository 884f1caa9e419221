/**
 * The one file a network is kept in. It begins with a magic word, a version and a table of contents in JSON; the columns
 * follow as they lie in memory, so that loading is reading. It is written beside its place and then moved there: what
 * can be opened is whole.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { BadExtract } from '../osm/bad-extract.ts'

const MAGIC = 'FIRSTBELL ROADS\n'
/** Raised with every change to what the columns mean. */
export const ROAD_FILE_VERSION = 1
const PREFIX_BYTES = 32

const COLUMN_TYPES = { Uint8Array, Int32Array, Uint32Array, Float64Array } as const
type ColumnType = keyof typeof COLUMN_TYPES
export type Column = Uint8Array | Int32Array | Uint32Array | Float64Array
type Section = { name: string; type: ColumnType; length: number; at: number }

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
    sections.push({ name, type: column.constructor.name as ColumnType, length: column.length, at })
    at += Math.ceil(column.byteLength / 8) * 8
  }
  const contents = Buffer.from(JSON.stringify({ version: ROAD_FILE_VERSION, about, sections, bytes: at }))
  const padded = Buffer.alloc(Math.ceil(contents.length / 8) * 8, ' ')
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

/** The bytes of a column, up to a whole number of doubles. */
function paddedBytes(column: Column): Buffer {
  const bytes = Buffer.alloc(Math.ceil(column.byteLength / 8) * 8)
  bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
  return bytes
}

/**
 * Reads a network. Throws BadExtract with a sentence when it is not one, is of another version of Firstbell, or is
 * not whole.
 */
export function readRoadFile(path: string): RoadFile {
  const bytes = bytesOf(path)
  const again = 'Build it again: firstbell roads build FILE.osm.pbf'
  if (bytes.length < PREFIX_BYTES || bytes.toString('latin1', 0, 16) !== MAGIC)
    throw new BadExtract(`${path} is not a network of roads. ${again}`)
  const start = PREFIX_BYTES + bytes.readUInt32LE(16)
  const contents = bytes.subarray(PREFIX_BYTES, start)
  const isSound = createHash('sha256').update(contents).digest().compare(bytes, 20, 32, 0, 12) === 0
  if (!isSound)
    throw new BadExtract(`${path} is damaged: its table of contents is not what was written. ${again}`)
  const table = JSON.parse(contents.toString()) as {
    version: number
    about: Record<string, unknown>
    sections: Section[]
    bytes: number
  }
  if (table.version !== ROAD_FILE_VERSION)
    throw new BadExtract(
      `${path} was built as version ${table.version}, and this Firstbell reads version ${ROAD_FILE_VERSION}. ${again}`,
    )
  if (bytes.length !== start + table.bytes)
    throw new BadExtract(
      `${path} has ${bytes.length} bytes and ${start + table.bytes} were written: it is not whole. ${again}`,
    )
  const columns = table.sections.map(({ name, type, length, at }): [string, Column] => [
    name,
    new COLUMN_TYPES[type](bytes.buffer as ArrayBuffer, bytes.byteOffset + start + at, length),
  ])
  return { about: table.about, columns: new Map(columns) }
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
