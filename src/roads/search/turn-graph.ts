/**
 * The search graph: a node for every state a driver can be in, a link for every move between two.
 *
 * With turns, a state is "about to drive arc a", so that a turn has a price and a ban a place to stand. A ban along
 * several arcs adds states that remember how they were reached. Without turns, a state is a junction.
 *
 * Private roads have each state twice: *leaving*, before any public road was used, and *arriving*, after which none may
 * be. So a trip may begin and end on private roads, and never passes through them.
 */
import { arcsLeaving, headOf, type Leaving, type Network, reversed, tailOf } from '../network/network.ts'
import { CLOSED } from '../network/weights.ts'
import { DoorList, graphOf, type SearchGraph } from './search-graph.ts'

export type Roads = {
  readonly network: Network
  /** The weight of every arc, CLOSED where it may not be driven. */
  readonly weights: Float64Array
  readonly isPrivate: (edge: number) => boolean
}

export type Turns = {
  /** Chains of arcs that may not be driven one after another. */
  readonly banned: readonly (readonly number[])[]
  /** The price of the turn from one arc into the next. */
  readonly price: (from: number, into: number) => number
}

type Links = { from: number[]; to: number[]; weight: number[]; drives: number[] }

/** The search graph of junctions: quicker, and blind to turns. */
export function junctionGraph({ network, weights, isPrivate }: Roads): SearchGraph {
  const nodes = network.nodeLongitudesE7.length
  const links: Links = { from: [], to: [], weight: [], drives: [] }
  const link = (from: number, to: number, weight: number, drives: number) => {
    links.from.push(from)
    links.to.push(to)
    links.weight.push(weight)
    links.drives.push(drives)
  }
  const layers = layersOf(network, isPrivate)
  for (let node = 0; node < nodes; node++) {
    if (layers.leaving[node] < 0) continue
    link(layers.leaving[node], node, 0, NO_ARC)
    link(node, layers.arriving[node], 0, NO_ARC)
  }
  const starts = new DoorList()
  const ends = new DoorList()
  weights.forEach((weight, arc) => {
    if (weight !== CLOSED) {
      const [tail, head] = [tailOf(network, arc), headOf(network, arc)]
      if (isPrivate(arc >>> 1)) {
        link(layers.leaving[tail], layers.leaving[head], weight, arc)
        link(layers.arriving[tail], layers.arriving[head], weight, arc)
        starts.add(layers.leaving[head], 0)
        ends.add(layers.leaving[tail], 0)
        ends.add(layers.arriving[tail], 0)
      } else {
        link(tail, head, weight, arc)
        starts.add(head, 0)
        ends.add(tail, 0)
      }
    }
    starts.nextArc()
    ends.nextArc()
  })
  return graphOf(layers.count, links, starts.finish(), ends.finish())
}

/** A link that changes from one layer to another drives nothing. */
export const NO_ARC = 0xffff_ffff

function layersOf(network: Network, isPrivate: (edge: number) => boolean) {
  const nodes = network.nodeLongitudesE7.length
  const leaving = new Int32Array(nodes).fill(-1)
  const arriving = new Int32Array(nodes).fill(-1)
  let count = nodes
  network.edgeFrom.forEach((from, edge) => {
    if (!isPrivate(edge)) return
    for (const node of [from, network.edgeTo[edge]]) {
      if (leaving[node] >= 0) continue
      leaving[node] = count++
      arriving[node] = count++
    }
  })
  return { leaving, arriving, count }
}

/** The search graph of arcs: it obeys bans, pays for turns, and turns round only where the road ends. */
export function turnGraph(roads: Roads, turns: Turns): SearchGraph {
  const states = new States(roads, turns)
  const links: Links = { from: [], to: [], weight: [], drives: [] }
  const starts = new DoorList()
  const ends = new DoorList()
  for (let arc = 0; arc < roads.weights.length; arc++) {
    if (roads.weights[arc] !== CLOSED) {
      for (const { to, price } of states.movesFrom(arc)) starts.add(to, price)
      for (const end of states.allOf(arc)) ends.add(end, 0)
    }
    starts.nextArc()
    ends.nextArc()
  }
  states.each((state, arc) => {
    for (const { to, price } of states.movesFrom(state)) {
      links.from.push(state)
      links.to.push(to)
      links.weight.push(roads.weights[arc] + price)
      links.drives.push(arc)
    }
  })
  return graphOf(states.count, links, starts.finish(), ends.finish())
}

type Move = { to: number; price: number }

/**
 * The states, numbered: arcs first (for private ones: leaving), then arriving copies of private arcs, then arcs
 * reached by the beginning of a longer ban. The last are the states of a machine after Aho and Corasick (1975).
 */
class States {
  readonly roads: Roads
  readonly turns: Turns
  readonly leaving: Leaving
  readonly banned: Set<string>
  readonly #arriving = new Map<number, number>()
  readonly #begun = new Map<string, number>()
  readonly #chains: (readonly number[])[] = []
  readonly #arcsInBans = new Set<number>()
  readonly #first: number
  count: number

  constructor(roads: Roads, turns: Turns) {
    this.roads = roads
    this.turns = turns
    const { network, weights, isPrivate } = roads
    this.leaving = arcsLeaving(network, (arc) => weights[arc] !== CLOSED)
    this.banned = new Set(turns.banned.map((chain) => chain.join()))
    this.count = weights.length
    for (let arc = 0; arc < weights.length; arc++)
      if (weights[arc] !== CLOSED && isPrivate(arc >>> 1)) this.#arriving.set(arc, this.count++)
    this.#first = this.count
    for (const chain of turns.banned) {
      for (const arc of chain) this.#arcsInBans.add(arc)
      for (let length = 2; length < chain.length; length++) this.#begin(chain.slice(0, length))
    }
  }

  #begin(chain: readonly number[]): void {
    if (this.#begun.has(chain.join())) return
    this.#begun.set(chain.join(), this.count++)
    this.#chains.push(chain)
  }

  allOf(arc: number): number[] {
    const arriving = this.#arriving.get(arc)
    const begun = this.#arcsInBans.has(arc)
      ? this.#chains.flatMap((chain, i) => (chain[chain.length - 1] === arc ? [this.#first + i] : []))
      : []
    return arriving === undefined ? [arc, ...begun] : [arc, arriving, ...begun]
  }

  each(visit: (state: number, arc: number) => void): void {
    this.roads.weights.forEach((weight, arc) => {
      if (weight !== CLOSED) visit(arc, arc)
    })
    for (const [arc, state] of this.#arriving) visit(state, arc)
    this.#chains.forEach((chain, i) => {
      if (chain.every((arc) => this.roads.weights[arc] !== CLOSED))
        visit(this.#first + i, chain[chain.length - 1])
    })
  }

  movesFrom(state: number): Move[] {
    const trail = state >= this.#first ? this.#chains[state - this.#first] : [this.#arcOf(state)]
    const arc = trail[trail.length - 1]
    const isArriving = state >= this.roads.weights.length && state < this.#first
    const { network } = this.roads
    const node = headOf(network, arc)
    const { start, arcs } = this.leaving
    const isEnd = start[node + 1] - start[node] === 1 && arcs[start[node]] === reversed(arc)
    const moves: Move[] = []
    for (let i = start[node]; i < start[node + 1]; i++) {
      const into = arcs[i]
      if (into === reversed(arc) && !isEnd) continue
      this.#move(trail, into, isArriving, moves)
    }
    return moves
  }

  #arcOf(state: number): number {
    if (state < this.roads.weights.length) return state
    return this.#arcByArriving().get(state) as number
  }

  #reverse: Map<number, number> | undefined
  #arcByArriving(): Map<number, number> {
    this.#reverse ??= new Map([...this.#arriving].map(([arc, state]) => [state, arc]))
    return this.#reverse
  }

  #move(trail: readonly number[], into: number, isArriving: boolean, moves: Move[]): void {
    const from = trail[trail.length - 1]
    const isPrivateInto = this.roads.isPrivate(into >>> 1)
    if (isArriving && !isPrivateInto) return
    const begun = this.#arcsInBans.has(into) ? this.#after([...trail, into]) : undefined
    if (begun === 'banned') return
    const price = this.turns.price(from, into)
    const arriving = this.#arriving.get(into)
    const cameByPublic = isArriving || !this.roads.isPrivate(from >>> 1)
    if (arriving !== undefined && cameByPublic) moves.push({ to: arriving, price })
    else moves.push({ to: begun ?? into, price })
  }

  /** Where a trail leads: to a banned chain, to the beginning of one, or to nothing remarkable. */
  #after(trail: readonly number[]): number | 'banned' | undefined {
    const endings = trail.map((_, i) => trail.slice(i).join())
    if (endings.some((ending) => this.banned.has(ending))) return 'banned'
    return endings.map((ending) => this.#begun.get(ending)).find((state) => state !== undefined)
  }
}
