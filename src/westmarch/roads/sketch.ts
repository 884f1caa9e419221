/** A sketch of roads: corners where streets meet, and the streets between them, in kilometres from Marchester Cross. */
import { kilometresFromCross, riverTamble } from '../places.ts'

export type Spot = { east: number; north: number }
export type Corner = Spot & { tags?: Readonly<Record<string, string>> }

export type Road = 'trunk' | 'primary' | 'secondary' | 'tertiary' | 'unclassified' | 'residential'
export type Way = Road | 'footway' | 'steps' | 'ferry'

/** A street between two corners, which bends at `bends`. */
export type Street = {
  from: number
  to: number
  bends: readonly number[]
  way: Way
  name?: string
  ref?: string
  /** Traffic goes from `from` to `to` only. */
  oneWay?: boolean
  milesAnHour?: number
  tags?: Readonly<Record<string, string>>
  /** The row or column of a town that it is a piece of: pieces of one make one way on the map. */
  line?: string
}

/** A turn nobody may make: out of one street, over a corner, into another; streets by their place in the list. */
export type Restriction = { from: number; via: number; to: number; turn: string }

export type Sketch = { corners: Corner[]; streets: Street[]; restrictions: Restriction[] }

/** Puts a corner on the sketch and gives its number. */
export function corner(sketch: Sketch, at: Corner): number {
  return sketch.corners.push(at) - 1
}

/** The corner of that number. Throws RangeError when there is none. */
export function spotOf({ corners }: Sketch, number: number): Corner {
  const found = corners[number]
  if (!found) throw new RangeError(`Corner ${number} is not on the sketch, which has ${corners.length}.`)
  return found
}

export const apart = (a: Spot, b: Spot): number => Math.hypot(a.east - b.east, a.north - b.north)

/** Whether the straight line between two spots crosses the Tamble. */
export function crossesRiver(a: Spot, b: Spot): boolean {
  return reaches.some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0)
}

/** The reach of the Tamble that is nearest to a spot, as the direction in which it flows there. */
export function riverDirectionAt(spot: Spot): Spot {
  const [nearest] = reaches.toSorted((one, other) => apart(middle(one), spot) - apart(middle(other), spot))
  if (!nearest) throw new RangeError('The Tamble has no reaches.')
  const length = apart(...nearest)
  const [a, b] = nearest
  return { east: (b.east - a.east) / length, north: (b.north - a.north) / length }
}

const middle = ([a, b]: readonly [Spot, Spot]): Spot => ({
  east: (a.east + b.east) / 2,
  north: (a.north + b.north) / 2,
})

const river = riverTamble.map(kilometresFromCross)
const reaches = river.slice(1).map((to, i) => [river[i] as Spot, to] as const)

const side = (a: Spot, b: Spot, p: Spot): number =>
  (b.east - a.east) * (p.north - a.north) - (b.north - a.north) * (p.east - a.east)

/** Sets of corners that can be reached from one another. */
export function joined(count: number) {
  const parent = Array.from({ length: count }, (_, i) => i)
  const root = (one: number): number => {
    let at = one
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number
      at = parent[at] as number
    }
    return at
  }
  return {
    root,
    /** Joins two sets; false when they were one already. */
    join: (a: number, b: number): boolean => {
      const [from, to] = [root(a), root(b)]
      parent[from] = to
      return from !== to
    },
  }
}
