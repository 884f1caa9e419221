/** Small networks for tests, and the slow plain searches that the quick ones must agree with. */
import { headOf, type Network, reversed, tailOf } from '../network/network.ts'
import { CLOSED, partOf } from '../network/weights.ts'
import { Heap } from './heap.ts'
import type { SearchGraph } from './search-graph.ts'
import { fractionAlong, type Point } from './trip-ends.ts'
import type { Roads, Turns } from './turn-graph.ts'

export type TestEdge = { from: number; to: number; cm: number; open?: 'both' | 'along' | 'against' }

/** A network of straight edges between nodes on a line of latitude. */
export function aNetwork(nodes: number, edges: readonly TestEdge[]): Network {
  const east = (node: number) => -25_000_000 + node * 10_000
  return {
    nodeLongitudesE7: Int32Array.from({ length: nodes }, (_, node) => east(node)),
    nodeLatitudesE7: new Int32Array(nodes).fill(522_500_000),
    edgeFrom: Uint32Array.from(edges, ({ from }) => from),
    edgeTo: Uint32Array.from(edges, ({ to }) => to),
    edgeLengthCm: Uint32Array.from(edges, ({ cm }) => cm),
    shapeStart: Uint32Array.from({ length: edges.length + 1 }, (_, edge) => edge * 2),
    shapeLongitudesE7: Int32Array.from(edges.flatMap(({ from, to }) => [east(from), east(to)])),
    shapeLatitudesE7: new Int32Array(edges.length * 2).fill(522_500_000),
    edgeWay: Float64Array.from(edges, (_, edge) => edge),
    edgeName: new Uint32Array(edges.length),
    edgeKind: new Uint8Array(edges.length),
    arcOpen: Uint8Array.from(
      edges.flatMap(({ open = 'both' }) => [open === 'against' ? 0 : 7, open === 'along' ? 0 : 7]),
    ),
    edgePrivate: new Uint8Array(edges.length),
    names: [''],
  }
}

type Phase = 'leaving' | 'public' | 'arriving'

/**
 * The weight of the best way by the plainest search there is: it remembers the last arcs driven, in words, and asks of
 * every next arc whether a sign forbids it. It shares no graph with the hierarchy.
 */
export function plainlyBest(roads: Roads, turns: Turns | undefined, from: Point, to: Point): number {
  const { weights } = roads
  const remembered = Math.max(2, ...(turns?.banned.map(({ length }) => length) ?? []))
  const open = new Map<string, State>()
  const done = new Set<string>()
  let best = straightly(weights, from, to)
  // A trail's weight is that of having come to the end of its last arc.
  for (const arc of usable(weights, from)) {
    const rest = weights[arc] - partOf(weights[arc], fractionAlong(arc, from))
    const phase = roads.isPrivate(arc >>> 1) ? 'leaving' : 'public'
    open.set(`${arc} ${phase}`, { weight: rest, trail: [arc], phase })
  }
  const step = (state: State) => {
    for (const { into, phase, price } of nextArcs(roads, turns, state)) {
      const beginning = state.weight + price
      if (usable(weights, to).includes(into))
        best = Math.min(best, beginning + partOf(weights[into], fractionAlong(into, to)))
      const trail = [...state.trail, into].slice(-remembered)
      const key = `${trail} ${phase}`
      const weight = beginning + weights[into]
      if (!done.has(key) && weight < (open.get(key)?.weight ?? CLOSED))
        open.set(key, { weight, trail, phase })
    }
  }
  while (open.size > 0) {
    const [name, state] = [...open].reduce((least, one) => (one[1].weight < least[1].weight ? one : least))
    open.delete(name)
    done.add(name)
    step(state)
  }
  return best
}

type State = { weight: number; trail: number[]; phase: Phase }

const usable = (weights: Float64Array, point: Point) =>
  [point.along ? point.edge * 2 : -1, point.against ? point.edge * 2 + 1 : -1].filter(
    (arc) => arc >= 0 && weights[arc] !== CLOSED,
  )

function straightly(weights: Float64Array, from: Point, to: Point): number {
  if (from.edge !== to.edge) return CLOSED
  const ways = usable(weights, from)
    .filter((arc) => usable(weights, to).includes(arc))
    .map((arc) => [fractionAlong(arc, from), fractionAlong(arc, to), weights[arc]] as const)
    .filter(([begin, end]) => end >= begin)
    .map(([begin, end, weight]) => partOf(weight, end) - partOf(weight, begin))
  return Math.min(CLOSED, ...ways)
}

function nextArcs(
  roads: Roads,
  turns: Turns | undefined,
  { trail, phase }: { trail: number[]; phase: Phase },
) {
  const { network, weights, isPrivate } = roads
  const last = trail[trail.length - 1]
  const out = [...weights.keys()].filter(
    (arc) => weights[arc] !== CLOSED && tailOf(network, arc) === headOf(network, last),
  )
  const isForbidden = (into: number) => {
    const driven = `,${[...trail, into].join()}`
    const isTurningRound = into === reversed(last) && out.length > 1
    return turns && (isTurningRound || turns.banned.some((chain) => driven.endsWith(`,${chain.join()}`)))
  }
  return out
    .filter((into) => !isForbidden(into) && (phase !== 'arriving' || isPrivate(into >>> 1)))
    .map((into) => ({
      into,
      phase: phaseAfter(phase, isPrivate(into >>> 1)),
      price: turns?.price(last, into) ?? 0,
    }))
}

function phaseAfter(phase: Phase, isPrivate: boolean): Phase {
  if (!isPrivate) return 'public'
  return phase === 'leaving' ? 'leaving' : 'arriving'
}

/** Dijkstra's search over a search graph, for networks too large for the plainest one: all distances from a point. */
export function dijkstraFrom(graph: SearchGraph, weights: Float64Array, from: Point): Float64Array {
  const distance = new Float64Array(graph.nodes).fill(Number.POSITIVE_INFINITY)
  const heap = new Heap()
  const reach = (node: number, weight: number) => {
    if (weight >= distance[node]) return
    distance[node] = weight
    heap.push(weight, node)
  }
  const settle = (key: number, node: number) => {
    if (key > distance[node]) return
    for (let link = graph.first[node]; link < graph.first[node + 1]; link++)
      reach(graph.head[link], key + graph.weight[link])
  }
  for (const { node, weight } of startsIn(graph, weights, from)) reach(node, weight)
  while (heap.size > 0) {
    const [key, node] = [heap.leastKey(), heap.leastNode()]
    heap.drop()
    settle(key, node)
  }
  return distance
}

const startsIn = ({ starts }: SearchGraph, weights: Float64Array, from: Point) =>
  usable(weights, from).flatMap((arc) => {
    const rest = weights[arc] - partOf(weights[arc], fractionAlong(arc, from))
    const [first, last] = [starts.first[arc], starts.first[arc + 1]]
    return Array.from(starts.node.subarray(first, last), (node, i) => ({
      node,
      weight: rest + starts.weight[first + i],
    }))
  })

/** The weight from the point those distances start at to another. */
export function distanceTo(
  { ends }: SearchGraph,
  weights: Float64Array,
  distance: Float64Array,
  [from, to]: [Point, Point],
): number {
  const ways = usable(weights, to).map((arc) => {
    const before = Array.from(
      ends.node.subarray(ends.first[arc], ends.first[arc + 1]),
      (node) => distance[node],
    )
    return Math.min(CLOSED, ...before) + partOf(weights[arc], fractionAlong(arc, to))
  })
  return Math.min(straightly(weights, from, to), ...ways)
}
