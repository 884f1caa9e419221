/**
 * Every source to every target at once, after Delling, Goldberg, Werneck, *Faster Batched Shortest Paths in Road
 * Networks* (RPHAST, 2011): the part of the hierarchy that leads down to the targets is cut out once, and each source
 * needs a small climb and one sweep over it. Sixteen sources are swept together, so that each link is fetched once for
 * all of them.
 */
import { Climb } from './climb.ts'
import type { Hierarchy } from './hierarchy.ts'
import { endsOf, type Joint, type Point, startsOf, straightOn } from './trip-ends.ts'

const TOGETHER = 16

/** The weight from each source to each target, at [s × targets + t]; Infinity where there is no way. */
export function manyToMany(
  hierarchy: Hierarchy,
  sources: readonly (Point | undefined)[],
  targets: readonly (Point | undefined)[],
): Float64Array {
  const ends = targets.map((target) => (target ? endsOf(hierarchy, target) : []))
  const below = cutOut(hierarchy, ends)
  const sweep = new Sweep(hierarchy, below, ends)
  const weights = new Float64Array(sources.length * targets.length)
  for (let first = 0; first < sources.length; first += TOGETHER) {
    const together = sources.slice(first, first + TOGETHER)
    sweep.run(together, weights.subarray(first * targets.length))
  }
  betterStraightOn(hierarchy, { sources, targets }, weights)
  return weights
}

/** The nodes from which some target is reached by going down, the highest first, and their links. */
type Below = {
  readonly nodes: Uint32Array
  readonly placeOf: Int32Array
  readonly first: Uint32Array
  readonly other: Uint32Array
  readonly weight: Float64Array
}

function cutOut({ nodes, down }: Hierarchy, ends: readonly (readonly Joint[])[]): Below {
  const placeOf = new Int32Array(nodes).fill(-1)
  const found: number[] = []
  const reach = (node: number) => {
    if (placeOf[node] >= 0) return
    placeOf[node] = 0
    found.push(node)
  }
  for (const joints of ends) for (const { node } of joints) reach(node)
  for (let i = 0; i < found.length; i++)
    for (let link = down.first[found[i]]; link < down.first[found[i] + 1]; link++) reach(down.other[link])
  const order = Uint32Array.from(found).sort()
  order.forEach((node, place) => {
    placeOf[node] = place
  })
  const first = new Uint32Array(order.length + 1)
  order.forEach((node, place) => {
    first[place + 1] = first[place] + down.first[node + 1] - down.first[node]
  })
  const other = new Uint32Array(first[order.length])
  const weight = new Float64Array(first[order.length])
  order.forEach((node, place) => {
    for (let link = down.first[node], at = first[place]; link < down.first[node + 1]; link++, at++) {
      other[at] = placeOf[down.other[link]]
      weight[at] = down.weight[link]
    }
  })
  return { nodes: order, placeOf, first, other, weight }
}

class Sweep {
  readonly #hierarchy: Hierarchy
  readonly #below: Below
  readonly #climb: Climb
  /** The distances of sixteen sources to one node lie side by side. */
  readonly #distance: Float64Array
  readonly #endFirst: Uint32Array
  readonly #endPlace: Uint32Array
  readonly #endWeight: Float64Array

  constructor(hierarchy: Hierarchy, below: Below, ends: readonly (readonly Joint[])[]) {
    this.#hierarchy = hierarchy
    this.#below = below
    this.#climb = new Climb(hierarchy.up, hierarchy.down)
    this.#distance = new Float64Array(below.nodes.length * TOGETHER)
    const joints = ends.flat()
    this.#endFirst = new Uint32Array(ends.length + 1)
    ends.forEach((own, target) => {
      this.#endFirst[target + 1] = this.#endFirst[target] + own.length
    })
    this.#endPlace = Uint32Array.from(joints, ({ node }) => below.placeOf[node])
    this.#endWeight = Float64Array.from(joints, ({ weight }) => weight)
  }

  run(sources: readonly (Point | undefined)[], weights: Float64Array): void {
    this.#distance.fill(Number.POSITIVE_INFINITY)
    sources.forEach((source, k) => {
      if (source) this.#climbFrom(source, k)
    })
    this.#sweepDown()
    for (let k = 0; k < sources.length; k++) this.#gather(k, weights)
  }

  #climbFrom(source: Point, k: number): void {
    const climb = this.#climb
    climb.clear()
    for (const { node, weight } of startsOf(this.#hierarchy, source)) climb.begin(node, weight)
    climb.run()
    const { placeOf } = this.#below
    for (let i = 0; i < climb.settledCount; i++) {
      const node = climb.settled[i]
      const place = placeOf[node]
      if (place >= 0) this.#distance[place * TOGETHER + k] = climb.distance[node]
    }
  }

  #sweepDown(): void {
    const { first, other, weight } = this.#below
    const distance = this.#distance
    const nodes = first.length - 1
    for (let place = 0; place < nodes; place++) {
      const here = place * TOGETHER
      for (let link = first[place], end = first[place + 1]; link < end; link++) {
        const above = other[link] * TOGETHER
        const more = weight[link]
        for (let k = 0; k < TOGETHER; k++) {
          const through = distance[above + k] + more
          if (through < distance[here + k]) distance[here + k] = through
        }
      }
    }
  }

  #gather(k: number, weights: Float64Array): void {
    const distance = this.#distance
    const endFirst = this.#endFirst
    const targets = endFirst.length - 1
    const row = k * targets
    for (let target = 0; target < targets; target++) {
      let best = Number.POSITIVE_INFINITY
      for (let end = endFirst[target]; end < endFirst[target + 1]; end++)
        best = Math.min(best, distance[this.#endPlace[end] * TOGETHER + k] + this.#endWeight[end])
      weights[row + target] = best
    }
  }
}

type Ends = { sources: readonly (Point | undefined)[]; targets: readonly (Point | undefined)[] }

/** Two points on one edge: the way between them may never leave it, and so never meet a node. */
function betterStraightOn(hierarchy: Hierarchy, { sources, targets }: Ends, weights: Float64Array): void {
  const onEdge = new Map<number, number[]>()
  targets.forEach((target, t) => {
    if (target) onEdge.set(target.edge, [...(onEdge.get(target.edge) ?? []), t])
  })
  sources.forEach((source, s) => {
    for (const t of (source && onEdge.get(source.edge)) ?? []) {
      const at = s * targets.length + t
      const target = targets[t]
      if (source && target) weights[at] = Math.min(weights[at], straightOn(hierarchy, source, target))
    }
  })
}
