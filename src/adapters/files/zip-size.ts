/** How much a workbook holds before it is opened: a few kilobytes can be packed so as to fill a machine's memory. */
import { inflateRawSync } from 'node:zlib'

// PKWARE, ".ZIP File Format Specification" 6.3: 4.3.16 the end of the directory, 4.3.12 its entries, 4.3.7 each file.
const END = 0x06054b50
const ENTRY = 0x02014b50
const END_BYTES = 22
const LONGEST_COMMENT = 0xffff
const DEFLATED = 8

type Entry = { method: number; packed: number; unpacked: number; at: number }

/**
 * Whether a .zip unpacks to more than `most` bytes: by what its directory says, and, because a directory may lie, by
 * unpacking each part until there is no room left. What is no .zip at all holds nothing; whoever opens it will say so.
 */
export function unpacksBeyond(bytes: Uint8Array, most: number): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const entries = directoryOf(file)
  if (entries.reduce((sum, { unpacked }) => sum + unpacked, 0) > most) return true
  let room = most
  for (const entry of entries.filter(({ method }) => method === DEFLATED)) {
    const size = unpackedSize(file, entry, room)
    if (size === undefined) return true
    room -= size
  }
  return false
}

function directoryOf(file: Buffer): Entry[] {
  const end = endOf(file)
  if (end === undefined) return []
  const entries: Entry[] = []
  let at = file.readUInt32LE(end + 16)
  while (at + 46 <= file.length && file.readUInt32LE(at) === ENTRY) {
    entries.push({
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      unpacked: file.readUInt32LE(at + 24),
      at: file.readUInt32LE(at + 42),
    })
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return entries
}

function endOf(file: Buffer): number | undefined {
  const first = Math.max(0, file.length - END_BYTES - LONGEST_COMMENT)
  for (let at = file.length - END_BYTES; at >= first; at--) if (file.readUInt32LE(at) === END) return at
  return undefined
}

/** The bytes an entry unpacks to, or nothing when there is no room for them. */
function unpackedSize(file: Buffer, { at, packed }: Entry, room: number): number | undefined {
  if (at + 30 > file.length) return 0
  const from = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28)
  try {
    return inflateRawSync(file.subarray(from, from + packed), { maxOutputLength: Math.max(1, room) }).length
  } catch (cause) {
    // Damaged parts are for whoever opens the workbook to speak of.
    return (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? undefined : 0
  }
}
