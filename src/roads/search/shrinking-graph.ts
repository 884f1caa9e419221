/**
 * The graph that is left while nodes are contracted, as linked lists in typed arrays: out of each node, and into it.
 * At most one link from one node to another: the lightest.
 */
import type { SearchGraph } from './search-graph.ts'

export const NONE = -1

export class ShrinkingGraph {
  readonly nodes: number
  readonly firstOut: Int32Array
  readonly firstIn: Int32Array
  nextOut: Int32Array
  nextIn: Int32Array
  from: Int32Array
  to: Int32Array
  weight: Float64Array
  /** The node a shortcut goes by, or −1 − the number of the link of the search graph. */
  via: Int32Array
  /** How many links of the search graph a link stands for. */
  hops: Int32Array
  count = 0
  #free = NONE

  constructor(graph: SearchGraph) {
    this.nodes = graph.nodes
    const room = Math.max(16, graph.head.length * 2)
    this.firstOut = new Int32Array(graph.nodes).fill(NONE)
    this.firstIn = new Int32Array(graph.nodes).fill(NONE)
    this.nextOut = new Int32Array(room)
    this.nextIn = new Int32Array(room)
    this.from = new Int32Array(room)
    this.to = new Int32Array(room)
    this.weight = new Float64Array(room)
    this.via = new Int32Array(room)
    this.hops = new Int32Array(room)
    for (let node = 0; node < graph.nodes; node++)
      for (let link = graph.first[node]; link < graph.first[node + 1]; link++)
        if (graph.head[link] !== node) this.add(node, graph.head[link], graph.weight[link], -1 - link, 1)
  }

  /** Adds a link, or makes the one that is there lighter. */
  add(from: number, to: number, weight: number, via: number, hops: number): void {
    const known = this.find(from, to)
    if (known !== NONE) {
      if (weight < this.weight[known]) this.#set(known, weight, via, hops)
      return
    }
    const link = this.#newLink()
    this.from[link] = from
    this.to[link] = to
    this.#set(link, weight, via, hops)
    this.nextOut[link] = this.firstOut[from]
    this.firstOut[from] = link
    this.nextIn[link] = this.firstIn[to]
    this.firstIn[to] = link
  }

  find(from: number, to: number): number {
    const { nextOut, to: heads } = this
    let link = this.firstOut[from]
    while (link !== NONE && heads[link] !== to) link = nextOut[link]
    return link
  }

  /** Takes a node and all its links out. */
  remove(node: number): void {
    for (let link = this.firstOut[node]; link !== NONE; link = this.nextOut[link]) {
      this.#unlink(this.firstIn, this.nextIn, this.to[link], link)
    }
    for (let link = this.firstIn[node]; link !== NONE; link = this.nextIn[link]) {
      this.#unlink(this.firstOut, this.nextOut, this.from[link], link)
    }
    this.#release(this.firstOut[node], this.nextOut)
    this.#release(this.firstIn[node], this.nextIn)
    this.firstOut[node] = NONE
    this.firstIn[node] = NONE
  }

  #unlink(first: Int32Array, next: Int32Array, node: number, link: number): void {
    if (first[node] === link) {
      first[node] = next[link]
      return
    }
    let before = first[node]
    while (next[before] !== link) before = next[before]
    next[before] = next[link]
  }

  #release(first: number, next: Int32Array): void {
    for (let link = first; link !== NONE; ) {
      const after = next[link]
      this.nextOut[link] = this.#free
      this.#free = link
      link = after
    }
  }

  #set(link: number, weight: number, via: number, hops: number): void {
    this.weight[link] = weight
    this.via[link] = via
    this.hops[link] = hops
  }

  #newLink(): number {
    if (this.#free !== NONE) {
      const link = this.#free
      this.#free = this.nextOut[link]
      return link
    }
    if (this.count === this.from.length) this.#grow()
    return this.count++
  }

  #grow(): void {
    const wider = (column: Int32Array) => {
      const wide = new Int32Array(column.length * 2)
      wide.set(column)
      return wide
    }
    this.nextOut = wider(this.nextOut)
    this.nextIn = wider(this.nextIn)
    this.from = wider(this.from)
    this.to = wider(this.to)
    this.via = wider(this.via)
    this.hops = wider(this.hops)
    const weight = new Float64Array(this.from.length)
    weight.set(this.weight)
    this.weight = weight
  }
}
