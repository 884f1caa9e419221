/** The shortest way on foot that keeps clear of what an officer marked unsafe: Dijkstra's search over footways. */
import { edgeOf, headOf, type Leaving, type Network, STEPS } from '../network/network.ts'
import { Heap } from '../search/heap.ts'
import type { Avoiding } from './travel-times.ts'

type Spot = { edge: number; fraction: number }
type Walkable = { network: Network; leaving: Leaving }

/** The way in arcs and its length, or undefined when only an unsafe one is left. */
export function shortestWalk(
  { network, leaving }: Walkable,
  { from, to }: { from: Spot; to: Spot },
  avoiding: Avoiding,
): { arcs: number[]; cm: number } | undefined {
  const ways = new Set(avoiding.ways)
  const isAvoided = (edge: number) =>
    ways.has(network.edgeWay[edge]) || (avoiding.steps === true && (network.edgeKind[edge] & STEPS) !== 0)
  // A child who lives or learns on an unsafe road has no safe way, however short the piece.
  if (isAvoided(from.edge) || isAvoided(to.edge)) return undefined
  const length = (edge: number) => network.edgeLengthCm[edge]
  const search = new Walking(network, leaving, isAvoided)
  search.begin(from.edge * 2, length(from.edge) - Math.round(length(from.edge) * from.fraction))
  search.begin(from.edge * 2 + 1, Math.round(length(from.edge) * from.fraction))
  const along = Math.round(length(to.edge) * to.fraction)
  const best = search.run([
    { node: network.edgeFrom[to.edge], cm: along, arc: to.edge * 2 },
    { node: network.edgeTo[to.edge], cm: length(to.edge) - along, arc: to.edge * 2 + 1 },
  ])
  const straight =
    from.edge === to.edge ? Math.abs(along - Math.round(length(from.edge) * from.fraction)) : Infinity
  if (straight <= (best?.cm ?? Infinity) && straight !== Infinity)
    return { arcs: [to.fraction >= from.fraction ? to.edge * 2 : to.edge * 2 + 1], cm: straight }
  return best
}

type Last = { node: number; cm: number; arc: number }

class Walking {
  readonly #network: Network
  readonly #leaving: Leaving
  readonly #isAvoided: (edge: number) => boolean
  readonly #heap = new Heap()
  readonly #distance: Float64Array
  /** The arc by which each node was reached. */
  readonly #by: Int32Array

  constructor(network: Network, leaving: Leaving, isAvoided: (edge: number) => boolean) {
    this.#network = network
    this.#leaving = leaving
    this.#isAvoided = isAvoided
    this.#distance = new Float64Array(network.nodeLongitudesE7.length).fill(Infinity)
    this.#by = new Int32Array(network.nodeLongitudesE7.length).fill(-1)
  }

  readonly #begun = new Set<number>()
  begin(arc: number, cm: number): void {
    const node = headOf(this.#network, arc)
    if (cm < this.#distance[node]) this.#begun.add(node)
    this.#reach(node, cm, arc)
  }

  run(lasts: readonly Last[]): { arcs: number[]; cm: number } | undefined {
    let best: Last | undefined
    const cost = (last: Last | undefined) => (last ? this.#distance[last.node] + last.cm : Infinity)
    while (this.#heap.leastKey() < cost(best)) {
      const [key, node] = [this.#heap.leastKey(), this.#heap.leastNode()]
      this.#heap.drop()
      if (key > this.#distance[node]) continue
      for (const last of lasts) if (last.node === node && cost(last) < cost(best)) best = last
      this.#relax(node, key)
    }
    return best && { arcs: [...this.#trail(best.node), best.arc], cm: cost(best) }
  }

  #relax(node: number, key: number): void {
    const { start, arcs } = this.#leaving
    for (let i = start[node]; i < start[node + 1]; i++) {
      const edge = edgeOf(arcs[i])
      if (this.#isAvoided(edge)) continue
      const head = headOf(this.#network, arcs[i])
      const cm = key + this.#network.edgeLengthCm[edge]
      if (cm < this.#distance[head]) this.#begun.delete(head)
      this.#reach(head, cm, arcs[i])
    }
  }

  #reach(node: number, cm: number, by: number): void {
    if (cm >= this.#distance[node]) return
    this.#distance[node] = cm
    this.#by[node] = by
    this.#heap.push(cm, node)
  }

  #trail(node: number): number[] {
    const arcs: number[] = []
    for (let at = node; ; ) {
      arcs.push(this.#by[at])
      if (this.#begun.has(at)) return arcs.reverse()
      at = headOf(this.#network, this.#by[at] ^ 1)
    }
  }
}
