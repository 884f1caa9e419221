/**
 * Splits ways at their junctions into edges. A barrier becomes an edge of no length, which only those may pass whom
 * it lets through: so a bollard is a fact of the network and not a rule of every search.
 */

import type { OsmTags, OsmWay } from '../osm/block.ts'
import { type Collected, MISSING, placeOf } from './collect.ts'
import { metresBetween } from './ground-metres.ts'
import type { Network } from './network.ts'

/** What a way is to those the network is for. */
export type Use = { kind: number; openForward: number; openBackward: number; private: number }

export type Purpose = {
  /** How a way may be used, or undefined when not at all. */
  useOf: (way: OsmWay) => Use | undefined
  /** Bits of those whom the barrier at a node lets through; 0xff lets all. */
  throughBarrier: (tags: OsmTags) => number
}

export type Split = {
  network: Network
  /** Which of the collected ways each edge is part of, for its tags. */
  edgeSource: Uint32Array
  /** Which of the collected nodes each node of the network is. */
  nodeSource: Uint32Array
  /** Ways that named a node whose place is missing, and were cut there. */
  cutWays: number
}

/** The network of the ways that `purpose` finds a use for. */
export function split(collected: Collected, purpose: Purpose): Split {
  const used = collected.ways.map((way) => purpose.useOf(way))
  const draft = new Draft(collected, purpose, countUses(collected, used))
  collected.ways.forEach((way, source) => {
    const use = used[source]
    if (use) draft.addWay(way, source, use)
  })
  return draft.finish()
}

/** How often a node is met: twice for an end of a way, once inside. From two on it is a junction. */
function countUses({ ways, nodeIds }: Collected, used: readonly (Use | undefined)[]): Uint8Array {
  const uses = new Uint8Array(nodeIds.length)
  ways.forEach((way, source) => {
    if (!used[source]) return
    const last = way.nodeIds.length - 1
    for (let i = 0; i <= last; i++) {
      const place = placeOf(nodeIds, way.nodeIds[i])
      uses[place] = Math.min(250, uses[place] + (i === 0 || i === last ? 2 : 1))
    }
  })
  return uses
}

class Draft {
  readonly collected: Collected
  readonly purpose: Purpose
  readonly uses: Uint8Array
  readonly nodeOf: Int32Array
  readonly nodeSource: number[] = []
  readonly edgeFrom: number[] = []
  readonly edgeTo: number[] = []
  readonly edgeLengthCm: number[] = []
  readonly edgeSource: number[] = []
  readonly edgeName: number[] = []
  readonly edgeUse: Use[] = []
  readonly shapeStart: number[] = [0]
  readonly shapeLongitudes: number[] = []
  readonly shapeLatitudes: number[] = []
  readonly names: string[] = ['']
  readonly nameOf = new Map<string, number>([['', 0]])
  cutWays = 0

  constructor(collected: Collected, purpose: Purpose, uses: Uint8Array) {
    this.collected = collected
    this.purpose = purpose
    this.uses = uses
    this.nodeOf = new Int32Array(collected.nodeIds.length).fill(-1)
  }

  addWay(way: OsmWay, source: number, use: Use): void {
    const places = Array.from(way.nodeIds, (id) => placeOf(this.collected.nodeIds, id))
    const name = this.nameNumber(way.tags)
    let from = 0
    let isCut = false
    for (let i = 0; i < places.length; i++) {
      if (this.collected.longitudesE7[places[i]] === MISSING) {
        this.addEdge(places.slice(from, i), source, use, name)
        from = i + 1
        isCut = true
      } else if (i > from && i < places.length - 1 && this.isSplitAt(places[i])) {
        this.addEdge(places.slice(from, i + 1), source, use, name)
        from = i
      }
    }
    this.addEdge(places.slice(from), source, use, name)
    if (isCut) this.cutWays++
  }

  isSplitAt(place: number): boolean {
    return this.uses[place] > 1 || this.barrierAt(place) !== undefined
  }

  /** Whom a barrier here lets through, if there is one. On a junction of three roads nobody knows which it bars. */
  barrierAt(place: number): number | undefined {
    const tags = this.collected.nodeTags.get(place)
    if (!tags?.has('barrier') || this.uses[place] > 4) return undefined
    const through = this.purpose.throughBarrier(tags)
    return through === 0xff ? undefined : through
  }

  addEdge(places: readonly number[], source: number, use: Use, name: number): void {
    if (places.length < 2) return
    const from = this.endNode(places[0], source, use, name)
    const to = this.endNode(places[places.length - 1], source, use, name)
    this.edge(from, to, { source, use, name, places })
  }

  /** The node at an end of an edge: behind a barrier, one of its own. */
  endNode(place: number, source: number, use: Use, name: number): number {
    if (this.nodeOf[place] < 0) this.nodeOf[place] = this.newNode(place)
    const node = this.nodeOf[place]
    const through = this.barrierAt(place)
    if (through === undefined) return node
    const behind = this.newNode(place)
    const passing = {
      ...use,
      openForward: use.openForward & through,
      openBackward: use.openBackward & through,
    }
    // Drawn from behind to the node, so nothing is said of direction: both are as open as the way allows.
    const both = passing.openForward | passing.openBackward
    this.edge(behind, node, {
      source,
      use: { ...passing, openForward: both, openBackward: both },
      name,
      places: [place, place],
    })
    return behind
  }

  newNode(place: number): number {
    this.nodeSource.push(place)
    return this.nodeSource.length - 1
  }

  edge(
    from: number,
    to: number,
    about: { source: number; use: Use; name: number; places: readonly number[] },
  ) {
    const { longitudesE7, latitudesE7 } = this.collected
    let metres = 0
    about.places.forEach((place, i) => {
      const before = about.places[i - 1]
      if (before !== undefined)
        metres += metresBetween(
          longitudesE7[before],
          latitudesE7[before],
          longitudesE7[place],
          latitudesE7[place],
        )
      this.shapeLongitudes.push(longitudesE7[place])
      this.shapeLatitudes.push(latitudesE7[place])
    })
    this.shapeStart.push(this.shapeLongitudes.length)
    this.edgeFrom.push(from)
    this.edgeTo.push(to)
    this.edgeLengthCm.push(Math.round(metres * 100))
    this.edgeSource.push(about.source)
    this.edgeName.push(about.name)
    this.edgeUse.push(about.use)
  }

  nameNumber(tags: OsmTags): number {
    const name = tags.get('name') ?? tags.get('ref') ?? ''
    const known = this.nameOf.get(name)
    if (known !== undefined) return known
    this.names.push(name)
    this.nameOf.set(name, this.names.length - 1)
    return this.names.length - 1
  }

  finish(): Split {
    const { collected, edgeUse } = this
    const nodeSource = Uint32Array.from(this.nodeSource)
    const arcOpen = new Uint8Array(edgeUse.length * 2)
    edgeUse.forEach((use, edge) => {
      arcOpen[edge * 2] = use.openForward
      arcOpen[edge * 2 + 1] = use.openBackward
    })
    const network: Network = {
      nodeLongitudesE7: Int32Array.from(nodeSource, (place) => collected.longitudesE7[place]),
      nodeLatitudesE7: Int32Array.from(nodeSource, (place) => collected.latitudesE7[place]),
      edgeFrom: Uint32Array.from(this.edgeFrom),
      edgeTo: Uint32Array.from(this.edgeTo),
      edgeLengthCm: Uint32Array.from(this.edgeLengthCm),
      shapeStart: Uint32Array.from(this.shapeStart),
      shapeLongitudesE7: Int32Array.from(this.shapeLongitudes),
      shapeLatitudesE7: Int32Array.from(this.shapeLatitudes),
      edgeWay: Float64Array.from(this.edgeSource, (source) => collected.ways[source].id),
      edgeName: Uint32Array.from(this.edgeName),
      edgeKind: Uint8Array.from(edgeUse, ({ kind }) => kind),
      arcOpen,
      edgePrivate: Uint8Array.from(edgeUse, (use) => use.private),
      names: this.names,
    }
    return { network, edgeSource: Uint32Array.from(this.edgeSource), nodeSource, cutWays: this.cutWays }
  }
}
