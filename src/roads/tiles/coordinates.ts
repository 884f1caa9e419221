/** Where the nodes of ways are: sorted numbers rather than a table of objects, as a county has millions. */
import type { OsmTags, OsmWay } from '../osm/block.ts'
import { readOsm } from '../osm/read-osm.ts'

export type Coordinates = {
  /** Longitude and latitude of a node; nothing when the extract leaves it out. */
  of: (node: number) => [number, number] | undefined
  /** Nodes that are places people name. */
  places: readonly { tags: OsmTags; at: [number, number] }[]
}

/** Reads the coordinates of every node of `ways`, and the places. Throws BadExtract as `readOsm` does. */
export async function coordinatesOf(path: string, ways: readonly OsmWay[]): Promise<Coordinates> {
  const ids = sortedIds(ways)
  const longitudes = new Int32Array(ids.length)
  const latitudes = new Int32Array(ids.length)
  const isKnown = new Uint8Array(ids.length)
  const places: { tags: OsmTags; at: [number, number] }[] = []
  for await (const block of readOsm(path, { nodes: true })) {
    for (const nodes of block.nodes) {
      nodes.ids.forEach((id, i) => {
        const at = indexOf(ids, id)
        if (at < 0) return
        longitudes[at] = nodes.longitudesE7[i] ?? 0
        latitudes[at] = nodes.latitudesE7[i] ?? 0
        isKnown[at] = 1
      })
      for (const [i, tags] of nodes.tags) {
        if (!tags.has('place')) continue
        places.push({ tags, at: [(nodes.longitudesE7[i] ?? 0) / 1e7, (nodes.latitudesE7[i] ?? 0) / 1e7] })
      }
    }
  }
  const of = (node: number): [number, number] | undefined => {
    const at = indexOf(ids, node)
    return at >= 0 && isKnown[at] ? [(longitudes[at] ?? 0) / 1e7, (latitudes[at] ?? 0) / 1e7] : undefined
  }
  return { of, places }
}

function sortedIds(ways: readonly OsmWay[]): Float64Array {
  const count = ways.reduce((sum, { nodeIds }) => sum + nodeIds.length, 0)
  const all = new Float64Array(count)
  let at = 0
  for (const { nodeIds } of ways) {
    all.set(nodeIds, at)
    at += nodeIds.length
  }
  all.sort()
  return all.filter((id, i) => i === 0 || id !== all[i - 1])
}

function indexOf(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = sorted[middle] ?? 0
    if (found === wanted) return middle
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}
