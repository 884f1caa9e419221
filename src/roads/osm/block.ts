/** The inner layer of .osm.pbf: one block of nodes, ways and relations, with its own table of strings. */
import { PbfReader } from 'pbf'

export type OsmTags = ReadonlyMap<string, string>

/** Points, as columns. Coordinates are whole ten-millionths of a degree, as OpenStreetMap keeps them. */
export type OsmNodes = {
  ids: Float64Array
  longitudesE7: Int32Array
  latitudesE7: Int32Array
  /** The tags of the few nodes that have any, by their place in the columns. */
  tags: ReadonlyMap<number, OsmTags>
}

export type OsmWay = { id: number; nodeIds: Float64Array; tags: OsmTags }
export type OsmMember = { kind: 'node' | 'way' | 'relation'; id: number; role: string }
export type OsmRelation = { id: number; members: readonly OsmMember[]; tags: OsmTags }

/** What of a block is wanted; the rest is skipped unread. */
export type Wanted = { nodes?: boolean; ways?: boolean; relations?: boolean }

export type OsmBlock = {
  nodes: readonly OsmNodes[]
  ways: readonly OsmWay[]
  relations: readonly OsmRelation[]
}

type Frame = { strings: string[]; granularity: number; longitudeOffset: number; latitudeOffset: number }

/** Decodes one uncompressed block. Throws when the bytes are not one. */
export function readBlock(bytes: Uint8Array, wanted: Wanted): OsmBlock {
  const frame: Frame = { strings: [], granularity: 100, longitudeOffset: 0, latitudeOffset: 0 }
  const groups: [from: number, to: number][] = []
  const pbf = new PbfReader(bytes)
  pbf.readFields((tag) => {
    if (tag === 1) frame.strings = readStrings(pbf)
    else if (tag === 2) groups.push(span(pbf))
    else if (tag === 17) frame.granularity = pbf.readVarint()
    else if (tag === 19) frame.latitudeOffset = pbf.readVarint(true)
    else if (tag === 20) frame.longitudeOffset = pbf.readVarint(true)
  }, undefined)

  const block: Filling = { nodes: [], ways: [], relations: [] }
  // Groups are read last: offsets may stand after them.
  for (const [from, to] of groups) {
    pbf.pos = from
    pbf.readFields((tag) => readItem(tag, { pbf, frame, wanted, block }), undefined, to)
  }
  return block
}

type Filling = { nodes: OsmNodes[]; ways: OsmWay[]; relations: OsmRelation[] }
type Reading = { pbf: PbfReader; frame: Frame; wanted: Wanted; block: Filling }

function readItem(tag: number, { pbf, frame, wanted, block }: Reading): void {
  if (tag === 1 && wanted.nodes) block.nodes.push(readNode(pbf, frame))
  else if (tag === 2 && wanted.nodes) block.nodes.push(readDenseNodes(pbf, frame))
  else if (tag === 3 && wanted.ways) block.ways.push(readWay(pbf, frame))
  else if (tag === 4 && wanted.relations) block.relations.push(readRelation(pbf, frame))
}

/** Steps over a message, and says where it lies. */
function span(pbf: PbfReader): [from: number, to: number] {
  const length = pbf.readVarint()
  const from = pbf.pos
  if (from + length > pbf.length) throw new RangeError('a group runs past the end of its block')
  pbf.pos += length
  return [from, pbf.pos]
}

function readStrings(pbf: PbfReader): string[] {
  return pbf.readMessage((tag, strings: string[], inner) => {
    if (tag === 1) strings.push(inner.readString())
  }, [])
}

function readDenseNodes(pbf: PbfReader, frame: Frame): OsmNodes {
  let ids: number[] = []
  let latitudes: number[] = []
  let longitudes: number[] = []
  let keysAndValues: number[] = []
  pbf.readMessage((tag) => {
    if (tag === 1) ids = pbf.readPackedSVarint()
    else if (tag === 8) latitudes = pbf.readPackedSVarint()
    else if (tag === 9) longitudes = pbf.readPackedSVarint()
    else if (tag === 10) keysAndValues = pbf.readPackedVarint()
  }, undefined)
  if (latitudes.length !== ids.length || longitudes.length !== ids.length)
    throw new RangeError(`${ids.length} nodes have ${latitudes.length} latitudes`)
  return {
    ids: Float64Array.from(running(ids)),
    latitudesE7: degreesE7(running(latitudes), frame.latitudeOffset, frame.granularity),
    longitudesE7: degreesE7(running(longitudes), frame.longitudeOffset, frame.granularity),
    tags: readDenseTags(keysAndValues, frame.strings),
  }
}

/** Turns differences into values, in place. */
function running(differences: number[]): number[] {
  for (let i = 1; i < differences.length; i++) differences[i] += differences[i - 1]
  return differences
}

function degreesE7(values: number[], offset: number, granularity: number): Int32Array {
  const degrees = new Int32Array(values.length)
  for (let i = 0; i < values.length; i++) degrees[i] = Math.round((offset + granularity * values[i]) / 100)
  return degrees
}

/** Key, value, key, value, 0 for each node in turn. */
function readDenseTags(keysAndValues: readonly number[], strings: readonly string[]): Map<number, OsmTags> {
  const tags = new Map<number, OsmTags>()
  let node = 0
  for (let i = 0; i < keysAndValues.length; i++) {
    const own = new Map<string, string>()
    for (; keysAndValues[i] !== 0 && i + 1 < keysAndValues.length; i += 2)
      own.set(strings[keysAndValues[i]] ?? '', strings[keysAndValues[i + 1]] ?? '')
    if (own.size > 0) tags.set(node, own)
    node++
  }
  return tags
}

function readNode(pbf: PbfReader, frame: Frame): OsmNodes {
  let [id, latitude, longitude] = [0, 0, 0]
  let keys: number[] = []
  let values: number[] = []
  pbf.readMessage((tag) => {
    if (tag === 1) id = pbf.readSVarint()
    else if (tag === 2) keys = pbf.readPackedVarint()
    else if (tag === 3) values = pbf.readPackedVarint()
    else if (tag === 8) latitude = pbf.readSVarint()
    else if (tag === 9) longitude = pbf.readSVarint()
  }, undefined)
  return {
    ids: Float64Array.of(id),
    latitudesE7: degreesE7([latitude], frame.latitudeOffset, frame.granularity),
    longitudesE7: degreesE7([longitude], frame.longitudeOffset, frame.granularity),
    tags: new Map(keys.length > 0 ? [[0, tagsOf(keys, values, frame.strings)]] : []),
  }
}

function tagsOf(keys: readonly number[], values: readonly number[], strings: readonly string[]): OsmTags {
  return new Map(keys.map((key, i) => [strings[key] ?? '', strings[values[i]] ?? '']))
}

function readWay(pbf: PbfReader, { strings }: Frame): OsmWay {
  let id = 0
  let keys: number[] = []
  let values: number[] = []
  let nodeIds: number[] = []
  pbf.readMessage((tag) => {
    if (tag === 1) id = pbf.readVarint()
    else if (tag === 2) keys = pbf.readPackedVarint()
    else if (tag === 3) values = pbf.readPackedVarint()
    else if (tag === 8) nodeIds = pbf.readPackedSVarint()
  }, undefined)
  return { id, nodeIds: Float64Array.from(running(nodeIds)), tags: tagsOf(keys, values, strings) }
}

const MEMBER_KINDS = ['node', 'way', 'relation'] as const

function readRelation(pbf: PbfReader, { strings }: Frame): OsmRelation {
  let id = 0
  let keys: number[] = []
  let values: number[] = []
  let roles: number[] = []
  let ids: number[] = []
  let kinds: number[] = []
  pbf.readMessage((tag) => {
    if (tag === 1) id = pbf.readVarint()
    else if (tag === 2) keys = pbf.readPackedVarint()
    else if (tag === 3) values = pbf.readPackedVarint()
    else if (tag === 8) roles = pbf.readPackedVarint()
    else if (tag === 9) ids = pbf.readPackedSVarint()
    else if (tag === 10) kinds = pbf.readPackedVarint()
  }, undefined)
  const members = running(ids).map((member, i) => ({
    kind: MEMBER_KINDS[kinds[i]] ?? 'node',
    id: member,
    role: strings[roles[i]] ?? '',
  }))
  return { id, members, tags: tagsOf(keys, values, strings) }
}
