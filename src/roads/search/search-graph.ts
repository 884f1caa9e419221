/**
 * What a search runs over, whether junctions are its nodes or arcs are. `starts` says where a trip that begins on an
 * arc comes in, once it has driven to the arc's end; `ends` from where a trip that ends on an arc sets out along it.
 */
export type SearchGraph = {
  readonly nodes: number
  /** Links from node n: first[n] up to, not including, first[n + 1]. */
  readonly first: Uint32Array
  readonly head: Uint32Array
  readonly weight: Float64Array
  /** The arc of the network that a link drives. */
  readonly drives: Uint32Array
  readonly starts: Doors
  readonly ends: Doors
}

/** For each arc, the nodes it opens on to and what getting there costs beside the arc itself. */
export type Doors = {
  readonly first: Uint32Array
  readonly node: Uint32Array
  readonly weight: Float64Array
}

/** Packs links into a graph. */
export function graphOf(
  nodes: number,
  links: { from: number[]; to: number[]; weight: number[]; drives: number[] },
  starts: Doors,
  ends: Doors,
): SearchGraph {
  const count = links.from.length
  const first = new Uint32Array(nodes + 1)
  for (let i = 0; i < count; i++) first[links.from[i] + 1]++
  for (let node = 0; node < nodes; node++) first[node + 1] += first[node]
  const next = first.slice(0, nodes)
  const head = new Uint32Array(count)
  const weight = new Float64Array(count)
  const drives = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    const at = next[links.from[i]]++
    head[at] = links.to[i]
    weight[at] = links.weight[i]
    drives[at] = links.drives[i]
  }
  return { nodes, first, head, weight, drives, starts, ends }
}

/** Collects the doors of arcs, in the order of the arcs. */
export class DoorList {
  readonly #first: number[] = [0]
  readonly #node: number[] = []
  readonly #weight: number[] = []

  add(node: number, weight: number): void {
    this.#node.push(node)
    this.#weight.push(weight)
  }

  nextArc(): void {
    this.#first.push(this.#node.length)
  }

  finish(): Doors {
    return {
      first: Uint32Array.from(this.#first),
      node: Uint32Array.from(this.#node),
      weight: Float64Array.from(this.#weight),
    }
  }
}
