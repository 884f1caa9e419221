/**
 * A network of roads as columns. An edge is a stretch of one way between two junctions, with its shape; an arc is an
 * edge driven in one direction: arc 2e goes along edge e as it is drawn, arc 2e + 1 against it.
 */
export type Network = {
  readonly nodeLongitudesE7: Int32Array
  readonly nodeLatitudesE7: Int32Array
  readonly edgeFrom: Uint32Array
  readonly edgeTo: Uint32Array
  readonly edgeLengthCm: Uint32Array
  /** The shape of edge e: points shapeStart[e] up to, not including, shapeStart[e + 1], both ends among them. */
  readonly shapeStart: Uint32Array
  readonly shapeLongitudesE7: Int32Array
  readonly shapeLatitudesE7: Int32Array
  /** The OpenStreetMap way an edge is part of. */
  readonly edgeWay: Float64Array
  /** Its place in `names`. */
  readonly edgeName: Uint32Array
  /** What kind of road: bits of the constants below. */
  readonly edgeKind: Uint8Array
  /** The vehicles that may use each arc, a bit each in the order of VEHICLES; on foot, 1. */
  readonly arcOpen: Uint8Array
  /** The vehicles for which an edge is private: to come and go, not to pass. */
  readonly edgePrivate: Uint8Array
  readonly names: readonly string[]
}

export const STEPS = 1
export const FERRY = 2

export const edgeOf = (arc: number) => arc >>> 1
export const reversed = (arc: number) => arc ^ 1
/** The node an arc leaves. */
export const tailOf = ({ edgeFrom, edgeTo }: Network, arc: number) =>
  arc & 1 ? edgeTo[arc >>> 1] : edgeFrom[arc >>> 1]
/** The node an arc comes to. */
export const headOf = ({ edgeFrom, edgeTo }: Network, arc: number) =>
  arc & 1 ? edgeFrom[arc >>> 1] : edgeTo[arc >>> 1]

/** The arcs that leave each node: `arcs[start[n] … start[n + 1]]`. */
export type Leaving = { readonly start: Uint32Array; readonly arcs: Uint32Array }

/** Groups the arcs for which `wanted` by the node they leave. */
export function arcsLeaving(network: Network, wanted: (arc: number) => boolean): Leaving {
  const nodes = network.nodeLongitudesE7.length
  const start = new Uint32Array(nodes + 1)
  const arcCount = network.edgeFrom.length * 2
  for (let arc = 0; arc < arcCount; arc++) if (wanted(arc)) start[tailOf(network, arc) + 1]++
  for (let node = 0; node < nodes; node++) start[node + 1] += start[node]
  const next = start.slice(0, nodes)
  const arcs = new Uint32Array(start[nodes])
  for (let arc = 0; arc < arcCount; arc++) if (wanted(arc)) arcs[next[tailOf(network, arc)]++] = arc
  return { start, arcs }
}
