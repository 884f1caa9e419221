/**
 * Climbs a ladder of the hierarchy from some nodes: Dijkstra's search that only goes up. A node is passed over when a
 * higher one shows a shorter way to it ("stall on demand"): no best way goes through such a node.
 */
import { Heap } from './heap.ts'
import type { Ladder } from './hierarchy.ts'

export class Climb {
  readonly distance: Float64Array
  /** The node from which each node was reached, or −1 where the climb began. */
  readonly before: Int32Array
  /** Nodes reached by the climb, in the order in which they were settled. */
  readonly settled: Int32Array
  settledCount = 0
  readonly #ladder: Ladder
  readonly #stall: Ladder
  readonly #heap = new Heap()
  #touched: number[] = []

  /** `ladder` is climbed; `stall` is the other one, which shows shorter ways from above. */
  constructor(ladder: Ladder, stall: Ladder) {
    const nodes = ladder.first.length - 1
    this.#ladder = ladder
    this.#stall = stall
    this.distance = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
    this.before = new Int32Array(nodes)
    this.settled = new Int32Array(nodes)
  }

  /** Forgets the last climb. */
  clear(): void {
    for (const node of this.#touched) this.distance[node] = Number.POSITIVE_INFINITY
    this.#touched.length = 0
    this.#heap.clear()
    this.settledCount = 0
  }

  /** Begins at a node, with what it cost to come there. */
  begin(node: number, weight: number): void {
    if (weight < this.distance[node]) this.#reach(node, weight, -1)
  }

  #reach(node: number, weight: number, before: number): void {
    if (this.distance[node] === Number.POSITIVE_INFINITY) this.#touched.push(node)
    this.distance[node] = weight
    this.before[node] = before
    this.#heap.push(weight, node)
  }

  /** Climbs until nothing is left below `limit`. */
  run(limit = Number.POSITIVE_INFINITY): void {
    while (this.#heap.leastKey() < limit) this.settleNext()
  }

  get leastKey(): number {
    return this.#heap.leastKey()
  }

  /** Settles the next node, and gives it; −1 when it was stale or stalled. */
  settleNext(): number {
    const key = this.#heap.leastKey()
    const node = this.#heap.leastNode()
    this.#heap.drop()
    if (key !== this.distance[node] || this.#isStalled(node, key)) return -1
    this.settled[this.settledCount++] = node
    const { first, other, weight } = this.#ladder
    const { distance } = this
    for (let link = first[node], end = first[node + 1]; link < end; link++) {
      const reached = key + weight[link]
      if (reached < distance[other[link]]) this.#reach(other[link], reached, node)
    }
    return node
  }

  #isStalled(node: number, key: number): boolean {
    const { first, other, weight } = this.#stall
    const { distance } = this
    for (let link = first[node], end = first[node + 1]; link < end; link++)
      if (distance[other[link]] + weight[link] < key) return true
    return false
  }
}
