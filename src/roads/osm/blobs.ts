/**
 * The outer layer of .osm.pbf: a file is a row of blobs, each behind a header that says what it is and how long.
 * One blob is held at a time, so a country's extract needs no more memory than a town's.
 * Layout: https://wiki.openstreetmap.org/wiki/PBF_Format
 */
import { type FileHandle, open } from 'node:fs/promises'
import { inflateSync, zstdDecompressSync } from 'node:zlib'
import { PbfReader } from 'pbf'
import { BadExtract } from './bad-extract.ts'

/** One blob, its compression undone. `at` is where in the file it stands, in bytes. */
export type Blob = { kind: string; bytes: Uint8Array; at: number; fileBytes: number }

type Extract = { file: FileHandle; path: string; size: number }

// The format's own limits: a larger number is a damaged file, and must not become an allocation.
const MOST_HEADER_BYTES = 64 * 1024
const MOST_BLOB_BYTES = 32 * 1024 * 1024

/**
 * The blobs of the file at `path`, in order.
 * Throws BadExtract when the file is missing, empty, cut short, damaged or of another format.
 */
export async function* readBlobs(path: string): AsyncGenerator<Blob> {
  const file = await openFile(path)
  try {
    const { size } = await file.stat()
    if (size === 0) throw new BadExtract(`${path} is empty (0 bytes). Download the extract again.`)
    const extract = { file, path, size }
    for (let at = 0; at < size; ) {
      const { kind, bytes, next } = await readBlob(extract, at)
      yield { kind, bytes, at, fileBytes: size }
      at = next
    }
  } finally {
    await file.close()
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path)
  } catch (cause) {
    throw new BadExtract(`${path} cannot be read: ${(cause as Error).message}.`, { cause })
  }
}

async function readBlob(
  extract: Extract,
  at: number,
): Promise<{ kind: string; bytes: Uint8Array; next: number }> {
  const length = (await readBytes(extract, at, 4)).readUInt32BE(0)
  if (length === 0 || length > MOST_HEADER_BYTES) throw damaged(extract, at)
  const headerBytes = await readBytes(extract, at + 4, length)
  const header = sound(extract, at, () => readHeader(headerBytes))
  if (header.kind === '' || header.blobBytes > MOST_BLOB_BYTES) throw damaged(extract, at)
  const blobBytes = await readBytes(extract, at + 4 + length, header.blobBytes)
  const bytes = sound(extract, at, () => unpack(blobBytes))
  return { kind: header.kind, bytes, next: at + 4 + length + header.blobBytes }
}

async function readBytes({ file, path, size }: Extract, at: number, length: number): Promise<Buffer> {
  if (at + length > size)
    throw new BadExtract(
      `${path} ends too soon: ${at + length} bytes were expected and it has ${size}. Download the extract again.`,
    )
  const bytes = Buffer.allocUnsafe(length)
  const { bytesRead } = await file.read(bytes, 0, length, at)
  if (bytesRead !== length) throw new BadExtract(`${path} changed while it was being read. Try again.`)
  return bytes
}

function readHeader(bytes: Uint8Array): { kind: string; blobBytes: number } {
  return new PbfReader(bytes).readFields(
    (tag, header, pbf) => {
      if (tag === 1) header.kind = pbf.readString()
      else if (tag === 3) header.blobBytes = pbf.readVarint()
    },
    { kind: '', blobBytes: 0 },
  )
}

/** Undoes the compression of one blob. Throws on a kind that cannot be read, or more than the format allows. */
function unpack(bytes: Uint8Array): Uint8Array {
  let unpacked: Uint8Array | undefined
  const pbf = new PbfReader(bytes)
  const limit = { maxOutputLength: MOST_BLOB_BYTES }
  pbf.readFields((tag) => {
    if (tag === 1) unpacked = pbf.readBytes()
    else if (tag === 3) unpacked = inflateSync(pbf.readBytes(), limit)
    else if (tag === 7) unpacked = zstdDecompressSync(pbf.readBytes(), limit)
  }, undefined)
  if (!unpacked) throw new Error('its compression is neither none, zlib nor zstd')
  return unpacked
}

/** What `decode` gives, or, when the bytes make no sense, a sentence that says where. */
function sound<T>(extract: Extract, at: number, decode: () => T): T {
  try {
    return decode()
  } catch (cause) {
    throw damaged(extract, at, cause)
  }
}

function damaged({ path }: Pick<Extract, 'path'>, at: number, cause?: unknown): BadExtract {
  const why = cause instanceof Error ? ` (${cause.message})` : ''
  return at === 0
    ? new BadExtract(
        `${path} is not an .osm.pbf file${why}. Give an OpenStreetMap extract ending in .osm.pbf.`,
      )
    : new BadExtract(`${path} is damaged at byte ${at}${why}. Download the extract again.`)
}
