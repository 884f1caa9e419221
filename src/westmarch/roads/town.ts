/** The streets of one place: a grid as uneven as people build them, denser and wider the larger the place. */
import type { Random } from '#ground/random.ts'
import { streetNames } from '../names.ts'
import { kilometresFromCross, type Place, type PlaceKind } from '../places.ts'
import { apart, corner, crossesRiver, joined, type Sketch, type Spot, type Street, spotOf } from './sketch.ts'

// Kilometres from the middle to the last street, and between streets.
const sizes: Readonly<Record<PlaceKind, { half: number; gap: number; main: 'secondary' | 'tertiary' }>> = {
  city: { half: 1.9, gap: 0.172, main: 'secondary' },
  town: { half: 1.1, gap: 0.165, main: 'secondary' },
  village: { half: 0.45, gap: 0.15, main: 'tertiary' },
  hamlet: { half: 0.2, gap: 0.2, main: 'tertiary' },
}

export type Town = { place: Place; middle: number; corners: readonly number[]; streets: readonly number[] }

/** Draws a place on the sketch. Whoever may drive anywhere in it may drive everywhere, on his side of the river. */
export function drawTown(sketch: Sketch, random: Random, place: Place): Town {
  const grid = layOut(sketch, random, place)
  const first = sketch.streets.length
  const pieces = piecesOf(sketch, grid, random)
  const names = streetNames(random, grid.count * 2)
  const reached = joined(sketch.corners.length)
  for (const piece of pieces) {
    const needed = reached.join(piece.from, piece.to)
    const street = streetOf(piece, { place, names, random, needed, middle: grid.steps })
    if (street) sketch.streets.push(street)
  }
  const streets = Array.from({ length: sketch.streets.length - first }, (_, i) => first + i)
  forbidTurns(sketch, random, streets)
  return { place, middle: grid.middle, corners: [...grid.at.values()], streets }
}

type Grid = { steps: number; count: number; at: Map<string, number>; middle: number }

function layOut(sketch: Sketch, random: Random, place: Place): Grid {
  const { half, gap } = sizes[place.kind]
  const centre = kilometresFromCross(place)
  const steps = Math.round(half / gap)
  const turned = random.unit() * Math.PI
  const at = new Map<string, number>()
  for (let column = -steps; column <= steps; column++) {
    for (let row = -steps; row <= steps; row++) {
      const [dx, dy] = [uneven(random, column), uneven(random, row)]
      if (Math.hypot(column, row) > steps * 1.05) continue
      const spot = {
        east: centre.east + gap * (dx * Math.cos(turned) - dy * Math.sin(turned)),
        north: centre.north + gap * (dx * Math.sin(turned) + dy * Math.cos(turned)),
      }
      at.set(`${column} ${row}`, corner(sketch, spot))
    }
  }
  return { steps, count: 2 * steps + 1, at, middle: at.get('0 0') as number }
}

const uneven = (random: Random, whole: number): number => whole + (random.unit() - 0.5) * 0.44

type Piece = { from: number; to: number; across: boolean; line: number }

/** Every piece of street there could be, the main streets first and the rest in an order of chance. */
function piecesOf(sketch: Sketch, { at, steps }: Grid, random: Random): Piece[] {
  const pieces: Piece[] = []
  for (const [where, from] of at) {
    const [column = 0, row = 0] = where.split(' ').map(Number)
    const east = at.get(`${column + 1} ${row}`)
    const north = at.get(`${column} ${row + 1}`)
    if (east !== undefined) pieces.push({ from, to: east, across: true, line: row + steps })
    if (north !== undefined) pieces.push({ from, to: north, across: false, line: column + steps })
  }
  const dry = pieces.filter(({ from, to }) => !crossesRiver(spotOf(sketch, from), spotOf(sketch, to)))
  const main = dry.filter(({ line }) => line === steps)
  return [...main, ...random.shuffled(dry.filter(({ line }) => line !== steps))]
}

type Drawing = { place: Place; names: readonly string[]; random: Random; needed: boolean; middle: number }

/** A piece as a street; nothing where houses stand in its way. What is not needed to get about may be one-way. */
function streetOf({ from, to, across, line }: Piece, drawing: Drawing): Street | undefined {
  const { place, names, random, needed, middle } = drawing
  const own = (across ? 0 : names.length / 2) + line
  const street = { from, to, bends: [], line: `${place.name} ${own}`, milesAnHour: 30 }
  if (line === middle) {
    return { ...street, way: sizes[place.kind].main, name: across ? 'High Street' : `${place.name} Road` }
  }
  if (needed || random.percent(52)) {
    const named: Street = { ...street, way: 'residential', name: names[own] as string }
    return needed || place.kind === 'village' ? named : perhapsOneWay(named, random)
  }
  return random.percent(30)
    ? { from, to, bends: [], way: random.percent(12) ? 'steps' : 'footway' }
    : undefined
}

function perhapsOneWay(street: Street, random: Random): Street {
  if (!random.percent(18)) return street
  const { from, to } = street
  return random.percent(50) ? { ...street, oneWay: true } : { ...street, from: to, to: from, oneWay: true }
}

/** A few one-way streets end in a turn that nobody may make. */
function forbidTurns(sketch: Sketch, random: Random, streets: readonly number[]): void {
  for (const from of streets) {
    const street = sketch.streets[from] as Street
    if (!street.oneWay || !random.percent(25)) continue
    const to = streets.find((other) => other !== from && leaves(sketch.streets[other] as Street, street.to))
    if (to === undefined) continue
    const other = sketch.streets[to] as Street
    const onTo = other.from === street.to ? other.to : other.from
    const turn = turnInWords(spotOf(sketch, street.from), spotOf(sketch, street.to), spotOf(sketch, onTo))
    sketch.restrictions.push({ from, via: street.to, to, turn })
  }
}

/** Whether it may be driven out of that corner, and is no one-way street: those must stay ways out. */
const leaves = ({ from, to, way, oneWay }: Street, at: number): boolean =>
  !oneWay && (from === at || to === at) && way === 'residential'

function turnInWords(from: Spot, via: Spot, to: Spot): string {
  const [ax, ay] = [via.east - from.east, via.north - from.north]
  const [bx, by] = [to.east - via.east, to.north - via.north]
  const bend = Math.atan2(ax * by - ay * bx, ax * bx + ay * by)
  if (Math.abs(bend) < Math.PI / 5) return 'no_straight_on'
  return bend > 0 ? 'no_left_turn' : 'no_right_turn'
}

/** The corner of a place that is nearest to a spot. */
export function nearestCorner(sketch: Sketch, corners: readonly number[], spot: Spot): number {
  let best = corners[0] as number
  for (const one of corners) {
    if (apart(spotOf(sketch, one), spot) < apart(spotOf(sketch, best), spot)) best = one
  }
  return best
}

/** A quiet estate behind one entrance: an avenue with closes, each a dead end with room to turn. */
export function drawEstate(sketch: Sketch, random: Random, { town, towards }: { town: Town; towards: Spot }) {
  const entrance = nearestCorner(sketch, town.corners, towards)
  const start = spotOf(sketch, entrance)
  const length = apart(start, towards)
  const along = { east: (towards.east - start.east) / length, north: (towards.north - start.north) / length }
  let before = entrance
  for (const [i, word] of ['Linnet', 'Dunnock', 'Siskin', 'Brambling', 'Twite', 'Firecrest'].entries()) {
    const on = {
      east: start.east + along.east * 0.11 * (i + 1),
      north: start.north + along.north * 0.11 * (i + 1),
    }
    const next = corner(sketch, on)
    sketch.streets.push({ ...avenue, from: before, to: next })
    const turned = (i % 2 === 0 ? 1 : -1) * (0.13 + random.unit() * 0.08)
    const end = corner(sketch, {
      east: on.east - along.north * turned,
      north: on.north + along.east * turned,
      tags: { highway: 'turning_circle' },
    })
    sketch.streets.push({
      from: next,
      to: end,
      bends: [],
      way: 'residential',
      name: `${word} Close`,
      milesAnHour: 20,
    })
    before = next
  }
}

const avenue = {
  bends: [],
  way: 'residential',
  name: 'Finches Avenue',
  line: 'estate',
  milesAnHour: 20,
} as const
