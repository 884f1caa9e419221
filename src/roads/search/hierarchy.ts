/**
 * A contraction hierarchy, ready to be searched. Nodes are numbered from the top: 0 was contracted last. Every link
 * stands at its lower end: `up` leads from it to higher nodes, `down` comes to it from higher nodes.
 * So a sweep in rising order of number meets every node after all the nodes that lead down to it.
 */
import type { Doors } from './search-graph.ts'

export type Hierarchy = {
  readonly nodes: number
  readonly up: Ladder
  readonly down: Ladder
  /** Where a trip that begins on an arc comes in, and from where one that ends on an arc sets out. */
  readonly starts: Doors
  readonly ends: Doors
  /** The weight of each arc of the network. */
  readonly arcWeight: Float64Array
}

export type Ladder = {
  readonly first: Uint32Array
  /** The higher end of each link. */
  readonly other: Uint32Array
  readonly weight: Float64Array
  /** The lower node that a shortcut goes by; −1 − a for a link that drives arc a; NOTHING_DRIVEN. */
  readonly via: Int32Array
}

export const NOTHING_DRIVEN = -0x8000_0000
