/**
 * Every source to every target at once, after Delling, Goldberg, Werneck, *Faster Batched Shortest Paths in Road
 * Networks* (RPHAST, 2011): the part of the hierarchy that leads down to the targets is cut out once, and each source
 * needs a small climb and one sweep over it. Sixteen sources are swept together, so that each link is fetched once for
 * all of them. The targets stand at the end of what is swept, as if they were nodes.
 */
import { Climb } from './climb.ts'
import type { Hierarchy } from './hierarchy.ts'
import { memoryOf, PLACE_BYTES, type SweepCall, sweepIn, TOGETHER } from './sweep-kernel.ts'
import { endsOf, type Joint, type Point, startsOf, straightOn } from './trip-ends.ts'

type Points = readonly (Point | undefined)[]

/** The weight from each source to each target, at [s × targets + t]; Infinity where there is no way. */
export function manyToMany(hierarchy: Hierarchy, sources: Points, targets: Points): Float64Array {
  const weights = new Float64Array(sources.length * targets.length)
  eachSource(hierarchy, { sources, targets }, (source, row) => weights.set(row, source * targets.length))
  return weights
}

/** Visits each source with its weights to every target. The row is only good until the next visit. */
export function eachSource(
  hierarchy: Hierarchy,
  { sources, targets }: { sources: Points; targets: Points },
  visit: (source: number, row: Float64Array) => void,
): void {
  const sweep = new Sweep(
    hierarchy,
    targets.map((target) => (target ? endsOf(hierarchy, target) : [])),
  )
  const betterStraightOn = straightOnAlong(hierarchy, targets)
  for (let first = 0; first < sources.length; first += TOGETHER) {
    const together = sources.slice(first, first + TOGETHER)
    sweep.run(together)
    together.forEach((source, k) => {
      const row = sweep.rowOf(k)
      if (source) betterStraightOn(source, row)
      visit(first + k, row)
    })
  }
}

type Cut = {
  /** The nodes from which some target is reached by going down, the highest first. */
  readonly nodes: Uint32Array
  /** The place of each node among them, or −1. */
  readonly placeOf: Int32Array
}

function cutOut({ nodes, down }: Hierarchy, ends: readonly (readonly Joint[])[]): Cut {
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
  return { nodes: order, placeOf }
}

class Sweep {
  readonly #hierarchy: Hierarchy
  readonly #placeOf: Int32Array
  readonly #climb: Climb
  /** The distances of sixteen sources to one place lie side by side; the targets are the last places. */
  readonly #distance: Float64Array
  readonly #firstTarget: number
  readonly #row: Float64Array
  readonly #sweepDown: () => void

  constructor(hierarchy: Hierarchy, ends: readonly (readonly Joint[])[]) {
    const cut = cutOut(hierarchy, ends)
    const links = linksOf(hierarchy, cut, ends)
    this.#hierarchy = hierarchy
    this.#placeOf = cut.placeOf
    this.#climb = new Climb(hierarchy.up, hierarchy.down)
    this.#firstTarget = cut.nodes.length * TOGETHER
    this.#row = new Float64Array(ends.length)
    const { call, distance, sweep } = laidOut(links)
    this.#distance = distance
    this.#sweepDown = () => sweep(call)
  }

  run(sources: Points): void {
    this.#distance.fill(Number.POSITIVE_INFINITY)
    sources.forEach((source, k) => {
      if (source) this.#climbFrom(source, k)
    })
    this.#sweepDown()
  }

  #climbFrom(source: Point, k: number): void {
    const climb = this.#climb
    climb.clear()
    for (const { node, weight } of startsOf(this.#hierarchy, source)) climb.begin(node, weight)
    climb.run()
    for (let i = 0; i < climb.settledCount; i++) {
      const node = climb.settled[i]
      const place = this.#placeOf[node]
      if (place >= 0) this.#distance[place * TOGETHER + k] = climb.distance[node]
    }
  }

  rowOf(k: number): Float64Array {
    const [row, distance] = [this.#row, this.#distance]
    for (let target = 0, at = this.#firstTarget + k; target < row.length; target++, at += TOGETHER)
      row[target] = distance[at]
    return row
  }
}

/** The links that come down to each place, one place after another. */
type Links = { readonly first: Uint32Array; readonly other: Uint32Array; readonly weight: Float64Array }

function linksOf({ down }: Hierarchy, { nodes, placeOf }: Cut, ends: readonly (readonly Joint[])[]): Links {
  const first = new Uint32Array(nodes.length + ends.length + 1)
  nodes.forEach((node, place) => {
    first[place + 1] = first[place] + down.first[node + 1] - down.first[node]
  })
  ends.forEach((joints, target) => {
    const place = nodes.length + target
    first[place + 1] = first[place] + joints.length
  })
  const other = new Uint32Array(first[first.length - 1])
  const weight = new Float64Array(other.length)
  let at = 0
  const add = (node: number, more: number) => {
    other[at] = placeOf[node]
    weight[at++] = more
  }
  for (const node of nodes)
    for (let link = down.first[node]; link < down.first[node + 1]; link++)
      add(down.other[link], down.weight[link])
  for (const joints of ends) for (const joint of joints) add(joint.node, joint.weight)
  return { first, other, weight }
}

/** Lays links and distances out in the memory of the inner loop. */
function laidOut({ first, other, weight }: Links) {
  const places = first.length - 1
  const distances = 0
  const weights = places * PLACE_BYTES
  const others = weights + weight.byteLength
  const ends = others + other.byteLength
  const memory = memoryOf(ends + places * 4)
  new Float64Array(memory.buffer, weights, weight.length).set(weight)
  new Uint32Array(memory.buffer, others, other.length).set(other.map((place) => place * PLACE_BYTES))
  new Uint32Array(memory.buffer, ends, places).set(first.subarray(1).map((end) => others + end * 4))
  const call: SweepCall = { places, ends, others, weights, distances }
  return {
    call,
    sweep: sweepIn(memory),
    distance: new Float64Array(memory.buffer, distances, places * TOGETHER),
  }
}

/** Two points on one edge: the way between them may never leave it, and so never meet a node. */
function straightOnAlong(hierarchy: Hierarchy, targets: Points): (source: Point, row: Float64Array) => void {
  const onEdge = new Map<number, number[]>()
  targets.forEach((target, t) => {
    if (target) onEdge.set(target.edge, [...(onEdge.get(target.edge) ?? []), t])
  })
  return (source, row) => {
    for (const t of onEdge.get(source.edge) ?? []) {
      const target = targets[t]
      if (target) row[t] = Math.min(row[t], straightOn(hierarchy, source, target))
    }
  }
}
