/** The best way from one point to another: two climbs that meet, and the shortcuts between unpacked into arcs. */
import { Climb } from './climb.ts'
import { type Hierarchy, type Ladder, NOTHING_DRIVEN } from './hierarchy.ts'
import { arcsOf, endsOf, fractionAlong, type Joint, type Point, startsOf, straightOn } from './trip-ends.ts'

/** A way: its arcs in order. The first is joined and the last left at the points asked for. */
export type Way = { readonly weight: number; readonly arcs: readonly number[] }

export class WayFinder {
  readonly #hierarchy: Hierarchy
  readonly #out: Climb
  readonly #back: Climb

  constructor(hierarchy: Hierarchy) {
    this.#hierarchy = hierarchy
    this.#out = new Climb(hierarchy.up, hierarchy.down)
    this.#back = new Climb(hierarchy.down, hierarchy.up)
  }

  /** The best way, or undefined when there is none. */
  find(from: Point, to: Point): Way | undefined {
    const starts = startsOf(this.#hierarchy, from)
    const ends = endsOf(this.#hierarchy, to)
    const { meeting, weight } = this.#meet(starts, ends)
    const straight = straightOn(this.#hierarchy, from, to)
    if (straight <= weight) {
      const arc = arcsOf(this.#hierarchy.arcWeight, from).find(
        (one) =>
          arcsOf(this.#hierarchy.arcWeight, to).includes(one) &&
          fractionAlong(one, to) >= fractionAlong(one, from),
      )
      return arc === undefined ? undefined : { weight: straight, arcs: [arc] }
    }
    return { weight, arcs: this.#unpack(meeting, starts, ends) }
  }

  #meet(starts: readonly Joint[], ends: readonly Joint[]): { meeting: number; weight: number } {
    const [out, back] = [this.#out, this.#back]
    out.clear()
    back.clear()
    for (const { node, weight } of starts) out.begin(node, weight)
    for (const { node, weight } of ends) back.begin(node, weight)
    let meeting = -1
    let best = Number.POSITIVE_INFINITY
    while (Math.min(out.leastKey, back.leastKey) < best) {
      const [nearer, other] = out.leastKey <= back.leastKey ? [out, back] : [back, out]
      const node = nearer.settleNext()
      if (node < 0) continue
      const through = nearer.distance[node] + other.distance[node]
      if (through < best) {
        best = through
        meeting = node
      }
    }
    return { meeting, weight: best }
  }

  #unpack(meeting: number, starts: readonly Joint[], ends: readonly Joint[]): number[] {
    const [out, back] = [this.#out, this.#back]
    const up = [meeting]
    while (out.before[up[up.length - 1]] >= 0) up.push(out.before[up[up.length - 1]])
    up.reverse()
    const down = [meeting]
    while (back.before[down[down.length - 1]] >= 0) down.push(back.before[down[down.length - 1]])
    const arcs: number[] = []
    for (let i = 0; i + 1 < up.length; i++) this.#expand(up[i], up[i + 1], arcs)
    for (let i = 0; i + 1 < down.length; i++) this.#expand(down[i], down[i + 1], arcs)
    const first = jointAt(starts, up[0], out.distance[up[0]])
    const last = jointAt(ends, down[down.length - 1], back.distance[down[down.length - 1]])
    return [first, ...arcs, last]
  }

  /** The arcs that the link from one node to another stands for. */
  #expand(from: number, to: number, arcs: number[]): void {
    const { up, down } = this.#hierarchy
    const via = from > to ? rung(up, from, to) : rung(down, to, from)
    if (via === NOTHING_DRIVEN) return
    if (via < 0) {
      arcs.push(-1 - via)
      return
    }
    this.#expand(from, via, arcs)
    this.#expand(via, to, arcs)
  }
}

const jointAt = (joints: readonly Joint[], node: number, weight: number): number => {
  const joint = joints.find((one) => one.node === node && one.weight === weight)
  if (!joint) throw new Error(`No joint at node ${node}: the way does not begin where it was asked to.`)
  return joint.arc
}

function rung({ first, other, via }: Ladder, lower: number, higher: number): number {
  for (let link = first[lower]; link < first[lower + 1]; link++) if (other[link] === higher) return via[link]
  throw new Error(`Nodes ${lower} and ${higher} are not linked: the hierarchy is damaged.`)
}
