/** Reads an OpenStreetMap extract, block by block. Roads and maps are made from the same reading. */
import { PbfReader } from 'pbf'
import { BadExtract } from './bad-extract.ts'
import { readBlobs } from './blobs.ts'
import { type OsmBlock, readBlock, type Wanted } from './block.ts'

export type Progress = { bytesRead: number; bytes: number }

// What a reader must understand to read a file rightly. Anything else in the list, and the file is refused.
const UNDERSTOOD = new Set(['OsmSchema-V0.6', 'DenseNodes'])

/**
 * The blocks of the extract at `path`, in the file's order, holding what is `wanted` of each.
 * A caller who needs the nodes of its ways reads twice: ways first, then the nodes they named.
 * Throws BadExtract, whose message is a sentence, when the file is empty, cut short, damaged or needs a newer reader.
 */
export async function* readOsm(
  path: string,
  wanted: Wanted,
  onProgress: (progress: Progress) => void = () => {},
): AsyncGenerator<OsmBlock> {
  let hasHeader = false
  for await (const { kind, bytes, at, fileBytes } of readBlobs(path)) {
    onProgress({ bytesRead: at, bytes: fileBytes })
    if (kind === 'OSMHeader') {
      hasHeader = true
      mustUnderstand(path, bytes)
    } else if (kind === 'OSMData') {
      if (!hasHeader) throw new BadExtract(`${path} has no header. Give an OpenStreetMap extract (.osm.pbf).`)
      yield soundBlock(path, at, () => readBlock(bytes, wanted))
    }
  }
  if (!hasHeader)
    throw new BadExtract(`${path} holds no OpenStreetMap header. Give an OpenStreetMap extract (.osm.pbf).`)
}

function mustUnderstand(path: string, bytes: Uint8Array): void {
  const required = soundBlock(path, 0, () =>
    new PbfReader(bytes).readFields((tag, features: string[], pbf) => {
      if (tag === 4) features.push(pbf.readString())
    }, []),
  )
  const strange = required.filter((feature) => !UNDERSTOOD.has(feature))
  if (strange.length > 0)
    throw new BadExtract(
      `${path} needs a reader that knows ${strange.join(', ')}. Give a plain extract of the present day, without history.`,
    )
}

function soundBlock<T>(path: string, at: number, decode: () => T): T {
  try {
    return decode()
  } catch (cause) {
    throw new BadExtract(
      `${path} is damaged at byte ${at} (${(cause as Error).message}). Download the extract again.`,
      { cause },
    )
  }
}
