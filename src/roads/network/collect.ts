/** Takes out of an extract what roads are made of: the ways, the places of their nodes, barriers and turn bans. */
import { BadExtract } from '../osm/bad-extract.ts'
import type { OsmNodes, OsmRelation, OsmTags, OsmWay } from '../osm/block.ts'
import { type Progress, readOsm } from '../osm/read-osm.ts'

export type Collected = {
  readonly ways: readonly OsmWay[]
  /** The nodes those ways name, in rising order of id. */
  readonly nodeIds: Float64Array
  /** Their coordinates, or MISSING where the extract does not hold the node, or puts it outside the United Kingdom. */
  readonly longitudesE7: Int32Array
  readonly latitudesE7: Int32Array
  /** Tags of nodes that stop or slow a vehicle, by place in the columns. */
  readonly nodeTags: ReadonlyMap<number, OsmTags>
  readonly restrictions: readonly OsmRelation[]
}

export const MISSING = 0x7fff_ffff

/**
 * Reads the extract at `path` twice: its ways, then the nodes they name.
 * Throws BadExtract when it is damaged, or holds no roads, or roads of another country.
 */
export async function collect(path: string, onProgress: (progress: Progress) => void): Promise<Collected> {
  const half = (from: number) => (progress: Progress) =>
    onProgress({ bytesRead: from + progress.bytesRead / 2, bytes: progress.bytes })
  const { ways, restrictions } = await collectWays(path, half(0))
  const nodeIds = nodeIdsOf(ways)
  const longitudesE7 = new Int32Array(nodeIds.length).fill(MISSING)
  const latitudesE7 = new Int32Array(nodeIds.length).fill(MISSING)
  const collected = { ways, nodeIds, longitudesE7, latitudesE7, nodeTags: new Map(), restrictions }
  for await (const block of readOsm(path, { nodes: true }, (progress) => half(progress.bytes / 2)(progress)))
    for (const nodes of block.nodes) placeNodes(collected, nodes)
  mustBeHere(path, collected)
  dropStrays(collected)
  return collected
}

async function collectWays(path: string, onProgress: (progress: Progress) => void) {
  const ways: OsmWay[] = []
  const restrictions: OsmRelation[] = []
  for await (const block of readOsm(path, { ways: true, relations: true }, onProgress)) {
    ways.push(...block.ways.filter(isWay))
    restrictions.push(...block.relations.filter(isRestriction))
  }
  if (ways.length === 0)
    throw new BadExtract(
      `${path} holds no roads. Give an OpenStreetMap extract of a county, with its highways.`,
    )
  return { ways, restrictions }
}

const isWay = ({ tags, nodeIds }: OsmWay): boolean =>
  nodeIds.length > 1 && (tags.has('highway') || tags.get('route') === 'ferry')

const isRestriction = ({ tags }: OsmRelation): boolean => (tags.get('type') ?? '').startsWith('restriction')

function nodeIdsOf(ways: readonly OsmWay[]): Float64Array {
  const all = new Float64Array(ways.reduce((sum, { nodeIds }) => sum + nodeIds.length, 0))
  let count = 0
  for (const { nodeIds } of ways) {
    all.set(nodeIds, count)
    count += nodeIds.length
  }
  all.sort()
  let unique = 0
  for (let i = 0; i < count; i++) if (i === 0 || all[i] !== all[i - 1]) all[unique++] = all[i]
  return all.slice(0, unique)
}

/** Where an id stands among `nodeIds`, or −1. */
export function placeOf(nodeIds: Float64Array, id: number): number {
  let low = 0
  let high = nodeIds.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = nodeIds[middle]
    if (found === id) return middle
    if (found < id) low = middle + 1
    else high = middle - 1
  }
  return -1
}

type Filling = Collected & { nodeTags: Map<number, OsmTags> }

function placeNodes(collected: Filling, nodes: OsmNodes): void {
  const { nodeIds, longitudesE7, latitudesE7, nodeTags } = collected
  for (let i = 0; i < nodes.ids.length; i++) {
    const place = placeOf(nodeIds, nodes.ids[i])
    if (place < 0) continue
    longitudesE7[place] = nodes.longitudesE7[i]
    latitudesE7[place] = nodes.latitudesE7[i]
    const tags = nodes.tags.get(i)
    if (tags && (tags.has('barrier') || tags.get('highway') === 'traffic_signals')) nodeTags.set(place, tags)
  }
}

// The United Kingdom, its isles and a margin of sea.
const UK = { west: -8.7, south: 49.8, east: 1.9, north: 61 }

const isHere = (longitude: number, latitude: number): boolean =>
  longitude > UK.west && longitude < UK.east && latitude > UK.south && latitude < UK.north

/** Our speeds, limits and side of the road are the UK's: elsewhere every answer would be wrong. */
function mustBeHere(path: string, { longitudesE7, latitudesE7 }: Collected): void {
  const middleLongitude = median(longitudesE7)
  const middleLatitude = median(latitudesE7)
  if (middleLongitude === undefined || middleLatitude === undefined)
    throw new BadExtract(
      `${path} holds roads but none of the nodes they run through. Give an extract with complete ways.`,
    )
  if (!isHere(middleLongitude, middleLatitude))
    throw new BadExtract(
      `${path} lies around latitude ${middleLatitude.toFixed(2)}, longitude ${middleLongitude.toFixed(2)}, which is not in the United Kingdom. Give an extract of your own county.`,
    )
}

/** One mistyped coordinate would make a road of thousands of miles: a way is cut there, as where a node is missing. */
function dropStrays({ longitudesE7, latitudesE7 }: Collected): void {
  for (let i = 0; i < longitudesE7.length; i++) {
    if (isHere(longitudesE7[i] / 1e7, latitudesE7[i] / 1e7)) continue
    longitudesE7[i] = MISSING
    latitudesE7[i] = MISSING
  }
}

function median(valuesE7: Int32Array): number | undefined {
  const known = valuesE7.filter((value) => value !== MISSING).sort()
  return known.length === 0 ? undefined : known[known.length >>> 1] / 1e7
}
