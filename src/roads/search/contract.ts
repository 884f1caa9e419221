/**
 * Makes a contraction hierarchy: Geisberger, Sanders, Schultes, Delling, *Contraction Hierarchies: Faster and Simpler
 * Hierarchical Routing in Road Networks* (WEA 2008). Nodes go one by one, the least important first, and shortcuts keep
 * every distance among those that are left. What is least important is asked again just before it goes.
 */
import { Heap } from './heap.ts'
import { type Hierarchy, type Ladder, NOTHING_DRIVEN } from './hierarchy.ts'
import type { Doors, SearchGraph } from './search-graph.ts'
import { NONE, ShrinkingGraph } from './shrinking-graph.ts'
import { NO_ARC } from './turn-graph.ts'
import { Witness } from './witness.ts'

// How many nodes a witness search may settle: few when only a guess at importance is wanted.
const SETTLED_TO_GUESS = 24
const SETTLED_TO_ADD = 160

/** The hierarchy of a graph. `onProgress` hears how many nodes are done. */
export function contract(
  graph: SearchGraph,
  arcWeight: Float64Array,
  onProgress: (done: number) => void = () => {},
): Hierarchy {
  return new Contraction(graph).run(arcWeight, onProgress)
}

class Contraction {
  readonly graph: SearchGraph
  readonly left: ShrinkingGraph
  readonly witness: Witness
  /** One more than the deepest node contracted beside this one: keeps the order even over the county. */
  readonly depth: Int32Array
  readonly upOther: number[] = []
  readonly upWeight: number[] = []
  readonly upVia: number[] = []
  readonly upFirst: number[] = [0]
  readonly downOther: number[] = []
  readonly downWeight: number[] = []
  readonly downVia: number[] = []
  readonly downFirst: number[] = [0]

  constructor(graph: SearchGraph) {
    this.graph = graph
    this.left = new ShrinkingGraph(graph)
    this.witness = new Witness(this.left)
    this.depth = new Int32Array(graph.nodes)
  }

  run(arcWeight: Float64Array, onProgress: (done: number) => void): Hierarchy {
    const order = new Uint32Array(this.graph.nodes)
    const heap = new Heap()
    for (let node = 0; node < this.graph.nodes; node++) heap.push(this.importance(node), node)
    for (let done = 0; done < order.length; ) {
      const node = heap.leastNode()
      heap.drop()
      const importance = this.importance(node)
      if (importance > heap.leastKey()) heap.push(importance, node)
      else {
        order[done++] = node
        this.take(node)
        if (done % 4096 === 0) onProgress(done)
      }
    }
    return this.numbered(order, arcWeight)
  }

  importance(node: number): number {
    const { firstOut, firstIn, nextOut, nextIn, hops } = this.left
    let links = 0
    let linkHops = 0
    for (let link = firstOut[node]; link !== NONE; link = nextOut[link], links++) linkHops += hops[link]
    for (let link = firstIn[node]; link !== NONE; link = nextIn[link], links++) linkHops += hops[link]
    const added = this.shortcuts(node, SETTLED_TO_GUESS, false)
    // Quotients after the recipe of RoutingKit: links, and the road they stand for, added over removed.
    const quotient = links === 0 ? 0 : (2 * added.links) / links + added.hops / linkHops
    return this.depth[node] + quotient * 4
  }

  /** Counts the shortcuts that replace a node; adds them if told to. */
  shortcuts(node: number, most: number, isAdding: boolean): { links: number; hops: number } {
    const { left, witness } = this
    const added = { links: 0, hops: 0 }
    if (witness.goRound(node) === 0) return added
    for (let into = left.firstIn[node]; into !== NONE; into = left.nextIn[into]) {
      const from = left.from[into]
      witness.search(from, left.weight[into], most)
      for (let out = left.firstOut[node]; out !== NONE; out = left.nextOut[out]) {
        const to = left.to[out]
        const weight = left.weight[into] + left.weight[out]
        if (to === from || witness.distanceTo(to) <= weight) continue
        const hops = left.hops[into] + left.hops[out]
        added.links++
        added.hops += hops
        if (isAdding) left.add(from, to, weight, node, hops)
      }
    }
    return added
  }

  /** Contracts a node: its links become rungs of the ladders, shortcuts take their place. */
  take(node: number): void {
    this.shortcuts(node, SETTLED_TO_ADD, true)
    const { left } = this
    for (let link = left.firstOut[node]; link !== NONE; link = left.nextOut[link]) {
      this.upOther.push(left.to[link])
      this.upWeight.push(left.weight[link])
      this.upVia.push(left.via[link])
      this.deepen(left.to[link], node)
    }
    for (let link = left.firstIn[node]; link !== NONE; link = left.nextIn[link]) {
      this.downOther.push(left.from[link])
      this.downWeight.push(left.weight[link])
      this.downVia.push(left.via[link])
      this.deepen(left.from[link], node)
    }
    this.upFirst.push(this.upOther.length)
    this.downFirst.push(this.downOther.length)
    left.remove(node)
  }

  deepen(node: number, below: number): void {
    this.depth[node] = Math.max(this.depth[node], this.depth[below] + 1)
  }

  numbered(order: Uint32Array, arcWeight: Float64Array): Hierarchy {
    const nodes = order.length
    const numberOf = new Uint32Array(nodes)
    order.forEach((node, i) => {
      numberOf[node] = nodes - 1 - i
    })
    const viaOf = (via: number) => (via >= 0 ? numberOf[via] : driven(this.graph.drives[-1 - via]))
    const ladder = (first: number[], other: number[], weight: number[], via: number[]): Ladder =>
      turned(first, {
        other: Uint32Array.from(other, (node) => numberOf[node]),
        weight: Float64Array.from(weight),
        via: Int32Array.from(via, viaOf),
      })
    const doors = ({ first, node, weight }: Doors): Doors => ({
      first,
      node: node.map((one) => numberOf[one]),
      weight,
    })
    return {
      nodes,
      up: ladder(this.upFirst, this.upOther, this.upWeight, this.upVia),
      down: ladder(this.downFirst, this.downOther, this.downWeight, this.downVia),
      starts: doors(this.graph.starts),
      ends: doors(this.graph.ends),
      arcWeight,
    }
  }
}

const driven = (arc: number): number => (arc === NO_ARC ? NOTHING_DRIVEN : -1 - arc)

/** From the order of contraction to the order of the hierarchy, which is its reverse. */
function turned(first: readonly number[], rungs: Omit<Ladder, 'first'>): Ladder {
  const nodes = first.length - 1
  const turnedFirst = new Uint32Array(nodes + 1)
  const other = new Uint32Array(rungs.other.length)
  const weight = new Float64Array(rungs.other.length)
  const via = new Int32Array(rungs.other.length)
  let at = 0
  for (let node = 0; node < nodes; node++) {
    const [from, to] = [first[nodes - 1 - node], first[nodes - node]]
    other.set(rungs.other.subarray(from, to), at)
    weight.set(rungs.weight.subarray(from, to), at)
    via.set(rungs.via.subarray(from, to), at)
    at += to - from
    turnedFirst[node + 1] = at
  }
  return { first: turnedFirst, other, weight, via }
}
