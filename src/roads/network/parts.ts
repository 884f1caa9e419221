/**
 * Keeps the part of a network in which everywhere can be reached from everywhere, and tells what was left out.
 * Strongly connected components after Tarjan (1972), without recursion.
 */
import { arcsLeaving, headOf, type Network, tailOf } from './network.ts'

/** A stretch of roads that no road joins to the rest. */
export type Island = { name: string; kilometres: number; roads: number; longitude: number; latitude: number }

export type Kept = {
  network: Network
  /** For each edge kept, its number before. */
  edgeBefore: Uint32Array
  /** For each node kept, its number before. */
  nodeBefore: Uint32Array
  /** The largest first. */
  islands: readonly Island[]
  /** Roads joined to the rest, out of which or into which no way leads. */
  oneWayTraps: { roads: number; kilometres: number }
}

/** The largest part of the network. */
export function largestPart(network: Network): Kept {
  const strong = strongParts(network)
  const main = longest(network, strong)
  const isKept = (edge: number) =>
    strong[network.edgeFrom[edge]] === main && strong[network.edgeTo[edge]] === main
  const weak = weakParts(network)
  const mainNode = strong.indexOf(main)
  return {
    ...narrowed(network, isKept),
    islands: islandsOf(network, weak, weak[mainNode]),
    oneWayTraps: trapsOf(network, (edge) => weak[network.edgeFrom[edge]] === weak[mainNode] && !isKept(edge)),
  }
}

const UNSEEN = -1

/** For each node the number of its strongly connected part. */
function strongParts(network: Network): Int32Array {
  const nodes = network.nodeLongitudesE7.length
  const { start, arcs } = arcsLeaving(network, (arc) => network.arcOpen[arc] !== 0)
  const part = new Int32Array(nodes).fill(UNSEEN)
  const order = new Int32Array(nodes).fill(UNSEEN)
  const low = new Int32Array(nodes)
  const next = start.slice(0, nodes)
  const waiting: number[] = []
  const trail: number[] = []
  let seen = 0
  let parts = 0
  const enter = (node: number) => {
    order[node] = low[node] = seen++
    waiting.push(node)
    trail.push(node)
  }
  const leave = (node: number) => {
    trail.pop()
    const before = trail[trail.length - 1]
    if (before !== undefined) low[before] = Math.min(low[before], low[node])
    if (low[node] !== order[node]) return
    for (let member = UNSEEN; member !== node; ) {
      member = waiting.pop() as number
      part[member] = parts
    }
    parts++
  }
  const step = () => {
    const node = trail[trail.length - 1]
    if (next[node] === start[node + 1]) return leave(node)
    const head = headOf(network, arcs[next[node]++])
    if (order[head] === UNSEEN) enter(head)
    else if (part[head] === UNSEEN) low[node] = Math.min(low[node], order[head])
  }
  for (let root = 0; root < nodes; root++) {
    if (order[root] === UNSEEN) enter(root)
    while (trail.length > 0) step()
  }
  return part
}

/** For each node a number that all nodes joined to it by any road share. */
function weakParts(network: Network): Int32Array {
  const above = Int32Array.from(network.nodeLongitudesE7, (_, node) => node)
  const top = (node: number): number => {
    let at = node
    while (above[at] !== at) at = above[at] = above[above[at]]
    return at
  }
  for (let arc = 0; arc < network.arcOpen.length; arc++)
    if (network.arcOpen[arc] !== 0) above[top(tailOf(network, arc))] = top(headOf(network, arc))
  return above.map((_, node) => top(node))
}

function longest(network: Network, part: Int32Array): number {
  const length = new Map<number, number>()
  network.edgeLengthCm.forEach((cm, edge) => {
    const own = part[network.edgeFrom[edge]]
    // An edge of no length still counts: a network of one roundabout is a network.
    if (own === part[network.edgeTo[edge]]) length.set(own, (length.get(own) ?? 0) + cm + 1)
  })
  return [...length].reduce((best, one) => (one[1] > best[1] ? one : best), [part[0], -1])[0]
}

function narrowed(network: Network, isKept: (edge: number) => boolean) {
  const edgeBefore = Uint32Array.from(network.edgeFrom.keys().filter(isKept))
  const nodeNow = new Int32Array(network.nodeLongitudesE7.length).fill(-1)
  for (const edge of edgeBefore) nodeNow[network.edgeFrom[edge]] = nodeNow[network.edgeTo[edge]] = 0
  const nodeBefore = Uint32Array.from(nodeNow.keys().filter((node) => nodeNow[node] === 0))
  nodeBefore.forEach((before, now) => {
    nodeNow[before] = now
  })
  const shapeStart = new Uint32Array(edgeBefore.length + 1)
  edgeBefore.forEach((edge, now) => {
    shapeStart[now + 1] = shapeStart[now] + network.shapeStart[edge + 1] - network.shapeStart[edge]
  })
  const shapeLongitudesE7 = new Int32Array(shapeStart[edgeBefore.length])
  const shapeLatitudesE7 = new Int32Array(shapeStart[edgeBefore.length])
  edgeBefore.forEach((edge, now) => {
    const [from, to] = [network.shapeStart[edge], network.shapeStart[edge + 1]]
    shapeLongitudesE7.set(network.shapeLongitudesE7.subarray(from, to), shapeStart[now])
    shapeLatitudesE7.set(network.shapeLatitudesE7.subarray(from, to), shapeStart[now])
  })
  const kept: Network = {
    nodeLongitudesE7: Int32Array.from(nodeBefore, (node) => network.nodeLongitudesE7[node]),
    nodeLatitudesE7: Int32Array.from(nodeBefore, (node) => network.nodeLatitudesE7[node]),
    edgeFrom: Uint32Array.from(edgeBefore, (edge) => nodeNow[network.edgeFrom[edge]]),
    edgeTo: Uint32Array.from(edgeBefore, (edge) => nodeNow[network.edgeTo[edge]]),
    edgeLengthCm: Uint32Array.from(edgeBefore, (edge) => network.edgeLengthCm[edge]),
    shapeStart,
    shapeLongitudesE7,
    shapeLatitudesE7,
    edgeWay: Float64Array.from(edgeBefore, (edge) => network.edgeWay[edge]),
    edgeName: Uint32Array.from(edgeBefore, (edge) => network.edgeName[edge]),
    edgeKind: Uint8Array.from(edgeBefore, (edge) => network.edgeKind[edge]),
    arcOpen: new Uint8Array(edgeBefore.length * 2).map(
      (_, arc) => network.arcOpen[edgeBefore[arc >>> 1] * 2 + (arc & 1)],
    ),
    edgePrivate: Uint8Array.from(edgeBefore, (edge) => network.edgePrivate[edge]),
    names: network.names,
  }
  return { network: kept, edgeBefore, nodeBefore }
}

function islandsOf(network: Network, weak: Int32Array, main: number): Island[] {
  const islands = new Map<number, { edges: number; cm: number; longest: number }>()
  network.edgeLengthCm.forEach((cm, edge) => {
    const part = weak[network.edgeFrom[edge]]
    if (part === main) return
    const island = islands.get(part) ?? { edges: 0, cm: 0, longest: edge }
    const hasName = network.edgeName[edge] !== 0
    const longestHasName = network.edgeName[island.longest] !== 0
    const isLonger = cm > network.edgeLengthCm[island.longest]
    const leads = hasName === longestHasName ? isLonger : hasName
    islands.set(part, {
      edges: island.edges + 1,
      cm: island.cm + cm,
      longest: leads ? edge : island.longest,
    })
  })
  return [...islands.values()]
    .sort((a, b) => b.cm - a.cm)
    .map(({ edges, cm, longest }) => ({
      name: network.names[network.edgeName[longest]],
      kilometres: Math.round(cm / 10_000) / 10,
      roads: edges,
      longitude: network.shapeLongitudesE7[network.shapeStart[longest]] / 1e7,
      latitude: network.shapeLatitudesE7[network.shapeStart[longest]] / 1e7,
    }))
}

function trapsOf(network: Network, isTrap: (edge: number) => boolean) {
  let roads = 0
  let cm = 0
  network.edgeLengthCm.forEach((length, edge) => {
    if (!isTrap(edge)) return
    roads++
    cm += length
  })
  return { roads, kilometres: Math.round(cm / 10_000) / 10 }
}
