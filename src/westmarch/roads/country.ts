/** The roads between places: A-roads from town to town, lanes to hamlets, the crossings of the river. */
import type { Random } from '#ground/random.ts'
import { type Crossing, crossings, kilometresFromCross, type PlaceKind } from '../places.ts'
import { type Anchor, type Link, withMainRoads } from './main-roads.ts'
import {
  apart,
  corner,
  crossesRiver,
  joined,
  riverDirectionAt,
  type Sketch,
  type Spot,
  type Street,
  spotOf,
} from './sketch.ts'
import { nearestCorner, type Town } from './town.ts'

const ranks: Readonly<Record<PlaceKind, number>> = { city: 3, town: 2, village: 1, hamlet: 0 }

/** Draws every road outside the places of the mainland and of the islands that can be driven to. */
export function drawCountry(sketch: Sketch, random: Random, towns: readonly Town[]): void {
  const driven = towns.filter(({ place }) => place.island !== 'St Morwen')
  const anchors = [...driven.map(anchorOf), ...bridgesOf(sketch, driven)]
  const numbers = { B: 700 }
  const links = withMainRoads(linksAmong(sketch, anchors), anchors).toSorted(
    (one, other) =>
      Number(other.main !== undefined) - Number(one.main !== undefined) || other.length - one.length,
  )
  for (const [i, link] of links.entries()) {
    const [from, to] = [endOf(sketch, link.a, link.b), endOf(sketch, link.b, link.a)]
    const street = roadOf(link, { from, to, numbers })
    if (i === 0) drawDual(sketch, street)
    else sketch.streets.push({ ...street, bends: bendsBetween(sketch, random, street) })
    for (const { town } of [link.a, link.b])
      if (town) leadThrough(sketch, town, { gates: [from, to], street })
  }
  joinUp(sketch, towns.find(({ place }) => place.island === 'St Morwen')?.corners ?? [])
}

const anchorOf = (town: Town): Anchor => ({
  ...kilometresFromCross(town.place),
  town,
  island: town.place.island ?? '',
  rank: ranks[town.place.kind],
  name: town.place.name,
})

/** Draws each crossing and gives its banks, but for those inside a place, which are joined to its streets. */
function bridgesOf(sketch: Sketch, towns: readonly Town[]): Anchor[] {
  return crossings.flatMap((crossing): Anchor[] => {
    if (crossing.kind === 'ferry') return []
    const banks = drawCrossing(sketch, towns, crossing)
    const spot = kilometresFromCross(crossing)
    const inside = towns.find((town) => reachOf(sketch, town) > apart(anchorOf(town), spot))
    if (!inside) return banks
    for (const { bank } of banks) if (bank !== undefined) joinToStreets(sketch, inside, bank)
    return []
  })
}

function drawCrossing(
  sketch: Sketch,
  towns: readonly Town[],
  { name, kind, to, ...point }: Crossing,
): Anchor[] {
  const spot = kilometresFromCross(point)
  const nearest = (at: Spot, among = towns) =>
    among.toSorted((one, other) => apart(anchorOf(one), at) - apart(anchorOf(other), at))[0]
  const island =
    to === undefined
      ? undefined
      : nearest(
          spot,
          towns.filter(({ place }) => place.island === to),
        )
  const across = island ? directionTo(spot, anchorOf(island)) : leftOf(riverDirectionAt(spot))
  const reach = island ? 0.5 : 0.09
  const [from, onward] = [-reach, reach].map((way) =>
    corner(sketch, { east: spot.east + across.east * way, north: spot.north + across.north * way }),
  ) as [number, number]
  const ford = kind === 'ford'
  const tags = ford ? { ford: 'yes', maxwidth: '1.9' } : { bridge: 'yes', layer: '1' }
  const way = ford ? 'unclassified' : 'primary'
  sketch.streets.push({ from, to: onward, bends: [], way, name, milesAnHour: 30, tags })
  return [from, onward].map((bank) => {
    const at = spotOf(sketch, bank)
    return { ...at, bank, island: nearest(at)?.place.island ?? '', rank: ford ? 0 : 2, name }
  })
}

const leftOf = ({ east, north }: Spot): Spot => ({ east: -north, north: east })

function directionTo(from: Spot, to: Spot): Spot {
  const length = apart(from, to)
  return { east: (to.east - from.east) / length, north: (to.north - from.north) / length }
}

const reachOf = (sketch: Sketch, town: Town): number =>
  Math.max(...town.corners.map((one) => apart(spotOf(sketch, one), anchorOf(town))))

function joinToStreets(sketch: Sketch, town: Town, bank: number): void {
  const at = spotOf(sketch, bank)
  const same = town.corners.filter((one) => !crossesRiver(spotOf(sketch, one), at))
  if (same.length === 0) return
  const to = nearestCorner(sketch, same, at)
  sketch.streets.push({ from: bank, to, bends: [], way: 'primary', name: 'Bridge Street', milesAnHour: 30 })
}

/** The Gabriel graph: two are linked when nothing else lies in the circle between them, and no river. */
function linksAmong(sketch: Sketch, anchors: readonly Anchor[]): Link[] {
  const links: Link[] = []
  for (const [i, a] of anchors.entries()) {
    for (const b of anchors.slice(i + 1)) {
      const length = apart(a, b)
      if (length < 0.3 || length > 22 || a.island !== b.island || isWet(sketch, a, b)) continue
      const between = anchors.some(
        (c) => c !== a && c !== b && apart(a, c) ** 2 + apart(b, c) ** 2 < length ** 2,
      )
      if (!between)
        links.push({ a, b, rank: Math.min(a.rank, b.rank) * 10 + Math.max(a.rank, b.rank), length })
    }
  }
  return links
}

/** Whether a road between the nearest edges of two would have to cross the Tamble. */
const isWet = (sketch: Sketch, a: Anchor, b: Anchor): boolean =>
  crossesRiver(spotOf(sketch, endOf(sketch, a, b)), spotOf(sketch, endOf(sketch, b, a)))

function endOf(sketch: Sketch, { town, bank }: Anchor, other: Spot): number {
  return bank ?? (town ? nearestCorner(sketch, town.corners, other) : 0)
}

type Ends = { from: number; to: number; numbers: { B: number } }

function roadOf({ a, b, rank, main }: Link, { from, to, numbers }: Ends): Street {
  const ends = { from, to, bends: [] }
  const least = Math.floor(rank / 10)
  const name = `${b.town ? b.name : a.name} Road`
  if (main !== undefined) return { ...ends, way: 'primary', name, ref: main, milesAnHour: 60 }
  if (least >= 1 && rank % 10 >= 2)
    return { ...ends, way: 'secondary', name, ref: `B${numbers.B++}`, milesAnHour: 60 }
  if (least === 1) return { ...ends, way: 'tertiary', name, milesAnHour: 60 }
  return { ...ends, way: 'unclassified', name: `${b.town ? b.name : a.name} Lane`, milesAnHour: 60 }
}

/** A bend every few hundred metres, none of them in the river. */
function bendsBetween(sketch: Sketch, random: Random, { from, to }: Street): number[] {
  const [a, b] = [spotOf(sketch, from), spotOf(sketch, to)]
  const count = Math.floor(apart(a, b) / 0.35)
  const [sway, wander] = [random.unit() - 0.5, random.unit() * 6]
  const spots = Array.from({ length: count }, (_, i) => {
    const share = (i + 1) / (count + 1)
    const aside =
      Math.sin(share * Math.PI) *
      (sway * 0.12 + Math.sin(share * 9 + wander) * 0.022 + (random.unit() - 0.5) * 0.008)
    return {
      east: a.east + (b.east - a.east) * share - (b.north - a.north) * aside,
      north: a.north + (b.north - a.north) * share + (b.east - a.east) * aside,
    }
  })
  const line = [a, ...spots, b]
  const wet = line.slice(1).some((spot, i) => crossesRiver(line[i] as Spot, spot))
  return wet ? [] : spots.map((spot) => corner(sketch, spot))
}

/** Two carriageways, each for one direction, that part after one end and meet before the other. Left is for us. */
function drawDual(sketch: Sketch, street: Street): void {
  const [a, b] = [spotOf(sketch, street.from), spotOf(sketch, street.to)]
  const length = apart(a, b)
  const [east, north] = [(b.east - a.east) / length, (b.north - a.north) / length]
  const shares = [0.04, 0.2, 0.35, 0.5, 0.65, 0.8, 0.96]
  for (const onward of [true, false]) {
    const aside = onward ? 0.014 : -0.014
    const bends = shares.map((share) => {
      const bow = Math.sin(share * Math.PI) * 0.3
      return corner(sketch, {
        east: a.east + east * length * share - north * (aside + bow),
        north: a.north + north * length * share + east * (aside + bow),
      })
    })
    const ends = onward
      ? { from: street.from, to: street.to, bends }
      : { from: street.to, to: street.from, bends: bends.toReversed() }
    sketch.streets.push({
      ...street,
      ...ends,
      way: 'trunk',
      name: 'Queen Maud’s Way',
      oneWay: true,
      milesAnHour: 70,
    })
  }
}

const order: readonly string[] = ['residential', 'unclassified', 'tertiary', 'secondary', 'primary']

/** The way from the edge of a place to its middle is as great a road as the one that comes in. */
function leadThrough(
  sketch: Sketch,
  town: Town,
  { gates, street }: { gates: readonly number[]; street: Street },
): void {
  const gate = gates.find((one) => town.corners.includes(one))
  if (gate === undefined) return
  const cameBy = waysOut(sketch, town)
  let at = gate
  for (let number = cameBy.get(at); number !== undefined; number = cameBy.get(at)) {
    const piece = streetAt(sketch, number)
    const greater = order.indexOf(street.way) > order.indexOf(piece.way)
    if (greater)
      sketch.streets[number] = {
        ...piece,
        way: street.way,
        ...(street.ref !== undefined && { ref: street.ref }),
      }
    at = otherEnd(piece, at)
  }
}

/** For every corner of a place but its middle, the street that leads towards the middle with the fewest turnings. */
function waysOut(sketch: Sketch, { middle, streets }: Town): Map<number, number> {
  const cameBy = new Map<number, number>()
  const waiting = [middle]
  const twoWay = streets.filter((number) => {
    const { oneWay, way } = streetAt(sketch, number)
    return oneWay !== true && order.includes(way)
  })
  for (const at of waiting) {
    for (const number of twoWay.filter((one) => touches(streetAt(sketch, one), at))) {
      const next = otherEnd(streetAt(sketch, number), at)
      if (next === middle || cameBy.has(next)) continue
      cameBy.set(next, number)
      waiting.push(next)
    }
  }
  return cameBy
}

const streetAt = ({ streets }: Sketch, number: number): Street => streets[number] as Street
const touches = ({ from, to }: Street, corner: number): boolean => from === corner || to === corner
const otherEnd = ({ from, to }: Street, corner: number): number => (from === corner ? to : from)

/** Lanes between what cannot be driven to yet and the nearest that can. */
function joinUp(sketch: Sketch, apartFromAll: readonly number[]): void {
  const reached = joined(sketch.corners.length)
  const driven = drivenCorners(sketch, apartFromAll)
  for (const { from, to, way } of sketch.streets)
    if (way !== 'footway' && way !== 'steps') reached.join(from, to)
  for (const one of driven) {
    const home = reached.root(driven[0] as number)
    if (reached.root(one) === home) continue
    const at = spotOf(sketch, one)
    const near = driven.filter(
      (other) => reached.root(other) === home && !crossesRiver(at, spotOf(sketch, other)),
    )
    if (near.length === 0) continue
    const to = nearestCorner(sketch, near, at)
    reached.join(one, to)
    sketch.streets.push({ ...backLane, from: one, to })
  }
}

const backLane = { bends: [], way: 'unclassified', name: 'Back Lane', milesAnHour: 30 } as const

function drivenCorners({ streets }: Sketch, but: readonly number[]): number[] {
  const driven = streets.filter(({ way }) => way !== 'footway' && way !== 'steps')
  const alone = new Set(but)
  return [...new Set(driven.flatMap(({ from, to }) => [from, to]))].filter((one) => !alone.has(one))
}
