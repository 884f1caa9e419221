/**
 * Is there a way round a node that is as good as the way through it? A bounded search: when it gives up, a shortcut is
 * added that was not needed, which costs room and never an answer.
 */
import { Heap } from './heap.ts'
import { NONE, type ShrinkingGraph } from './shrinking-graph.ts'

export class Witness {
  readonly #graph: ShrinkingGraph
  readonly #heap = new Heap()
  readonly #distance: Float64Array
  readonly #stamp: Int32Array
  #now = 0

  constructor(graph: ShrinkingGraph) {
    this.#graph = graph
    this.#distance = new Float64Array(graph.nodes)
    this.#stamp = new Int32Array(graph.nodes)
  }

  /** Searches from a node, around another, no further than `limit` and no more than `most` nodes. */
  search(from: number, around: number, limit: number, most: number): void {
    const heap = this.#heap
    const distance = this.#distance
    this.#now++
    heap.clear()
    distance[from] = 0
    this.#stamp[from] = this.#now
    heap.push(0, from)
    for (let settled = 0; heap.size > 0 && settled < most; settled++) {
      const key = heap.leastKey()
      const node = heap.leastNode()
      heap.drop()
      if (key > limit) return
      if (key === distance[node]) this.#relax(node, around, limit)
    }
  }

  #relax(node: number, around: number, limit: number): void {
    const { firstOut, nextOut, to, weight } = this.#graph
    const distance = this.#distance
    const stamp = this.#stamp
    const now = this.#now
    const here = distance[node]
    for (let link = firstOut[node]; link !== NONE; link = nextOut[link]) {
      const head = to[link]
      const reached = here + weight[link]
      if (head === around || reached > limit) continue
      if (stamp[head] === now && distance[head] <= reached) continue
      stamp[head] = now
      distance[head] = reached
      this.#heap.push(reached, head)
    }
  }

  /** The best that the last search found to a node; Infinity where it did not come. */
  distanceTo(node: number): number {
    return this.#stamp[node] === this.#now ? this.#distance[node] : Number.POSITIVE_INFINITY
  }
}
