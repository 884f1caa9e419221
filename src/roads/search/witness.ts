/**
 * Is there a way round a node that is as good as the way through it? A bounded search: when it gives up, a shortcut is
 * added that was not needed, which costs room and never an answer. It ends early once every way on from the node has a
 * way round it.
 */
import { Heap } from './heap.ts'
import { NONE, type ShrinkingGraph } from './shrinking-graph.ts'

export class Witness {
  readonly #graph: ShrinkingGraph
  readonly #heap = new Heap()
  readonly #distance: Float64Array
  readonly #stamp: Int32Array
  #now = 0
  #around = NONE
  /** What it costs from the node that is gone round to each node behind it, where `soughtStamp` is this node's. */
  readonly #sought: Float64Array
  readonly #soughtStamp: Int32Array
  #soughtNow = 0
  #soughtCount = 0
  #furthest = 0
  /** How many are not yet known to have a way round. */
  #missing = 0
  #into = 0

  constructor(graph: ShrinkingGraph) {
    this.#graph = graph
    this.#distance = new Float64Array(graph.nodes)
    this.#stamp = new Int32Array(graph.nodes)
    this.#sought = new Float64Array(graph.nodes)
    this.#soughtStamp = new Int32Array(graph.nodes)
  }

  /** The searches that follow go round this node, to every node it leads to. Gives how many those are. */
  goRound(node: number): number {
    const { firstOut, nextOut, to, weight } = this.#graph
    this.#around = node
    this.#soughtNow++
    this.#soughtCount = 0
    this.#furthest = 0
    for (let link = firstOut[node]; link !== NONE; link = nextOut[link], this.#soughtCount++) {
      this.#sought[to[link]] = weight[link]
      this.#soughtStamp[to[link]] = this.#soughtNow
      this.#furthest = Math.max(this.#furthest, weight[link])
    }
    return this.#soughtCount
  }

  /** Searches from a node that leads to the one gone round at the cost `into`, settling no more than `most` nodes. */
  search(from: number, into: number, most: number): void {
    const heap = this.#heap
    const distance = this.#distance
    const limit = into + this.#furthest
    this.#now++
    this.#into = into
    this.#missing = this.#soughtCount - (this.#soughtStamp[from] === this.#soughtNow ? 1 : 0)
    heap.clear()
    distance[from] = 0
    this.#stamp[from] = this.#now
    heap.push(0, from)
    for (let settled = 0; heap.size > 0 && settled < most && this.#missing > 0; settled++) {
      const key = heap.leastKey()
      const node = heap.leastNode()
      heap.drop()
      if (key > limit) return
      if (key === distance[node]) this.#relax(node, limit)
    }
  }

  #relax(node: number, limit: number): void {
    const { firstOut, nextOut, to, weight } = this.#graph
    const distance = this.#distance
    const stamp = this.#stamp
    const now = this.#now
    const around = this.#around
    const here = distance[node]
    for (let link = firstOut[node]; link !== NONE; link = nextOut[link]) {
      const reached = here + weight[link]
      if (reached > limit) continue
      const head = to[link]
      if (head === around) continue
      const known = stamp[head] === now ? distance[head] : Number.POSITIVE_INFINITY
      if (known <= reached) continue
      if (this.#soughtStamp[head] === this.#soughtNow) this.#cross(head, known, reached)
      stamp[head] = now
      distance[head] = reached
      this.#heap.push(reached, head)
    }
  }

  /** Crosses a node off when this way round it is the first that is good enough. */
  #cross(head: number, known: number, reached: number): void {
    const through = this.#into + this.#sought[head]
    if (reached <= through && known > through) this.#missing--
  }

  /** The best that the last search found to a node; Infinity where it did not come. */
  distanceTo(node: number): number {
    return this.#stamp[node] === this.#now ? this.#distance[node] : Number.POSITIVE_INFINITY
  }
}
