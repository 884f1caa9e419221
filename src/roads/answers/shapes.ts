/** The shapes of ways: from arcs and the fractions at which they are joined and left, to points on the ground. */
import { type Metres, metres } from '../../ground/distance.ts'
import type { Found } from '../network/grid.ts'
import { metresBetween } from '../network/ground-metres.ts'
import type { Network } from '../network/network.ts'
import type { Place, Side, WalkedWay } from './travel-times.ts'

/** Arcs in order; the first is joined and the last left at a fraction of its edge. */
export type Joined = { arcs: readonly number[]; from: number; to: number }

/** Longitude and latitude of the point that was found. */
export function pointOn(
  { shapeLongitudesE7: x, shapeLatitudesE7: y }: Network,
  { piece, share }: Found,
): Place {
  return {
    longitude: (x[piece] + share * (x[piece + 1] - x[piece])) / 1e7,
    latitude: (y[piece] + share * (y[piece + 1] - y[piece])) / 1e7,
  }
}

/** How far along its edge, as a fraction, a point lies. */
export function fractionOf(network: Network, { edge, piece, share }: Found): number {
  const first = network.shapeStart[edge]
  const last = network.shapeStart[edge + 1] - 1
  let before = 0
  let all = 0
  for (let point = first; point < last; point++) {
    const length = pieceMetres(network, point)
    if (point < piece) before += length
    else if (point === piece) before += length * share
    all += length
  }
  return all === 0 ? 0 : Math.min(1, before / all)
}

const pieceMetres = ({ shapeLongitudesE7: x, shapeLatitudesE7: y }: Network, point: number): number =>
  metresBetween(x[point], y[point], x[point + 1], y[point + 1])

/** The shape of a whole way. */
export function shapeOf(network: Network, { arcs, from, to }: Joined): Float64Array {
  const points: number[] = []
  eachPart({ arcs, from, to }, (arc, begin, end) => addPart(network, arc, [begin, end], points))
  return Float64Array.from(points)
}

/** The shape of a stretch of one arc. */
export function shapeOfStretch(
  network: Network,
  { arc, from, to }: { arc: number; from: number; to: number },
): Float64Array {
  const points: number[] = []
  addPart(network, arc, [from, to], points)
  return Float64Array.from(points)
}

/** The names of the roads a way takes, in order, and how far along each. */
export const roadsOf = (network: Network, joined: Joined): { name: string; metres: Metres }[] =>
  stretchesOf(network, joined, (one, other) => one.name === other.name).map(({ name, metres }) => ({
    name,
    metres,
  }))

/** The OpenStreetMap ways a way takes, in order, and how far along each. */
export const waysOf = (network: Network, joined: Joined): WalkedWay[] =>
  stretchesOf(network, joined, (one, other) => one.way === other.way)

/** A way in stretches; those of one kind that follow one another are one. */
function stretchesOf(
  network: Network,
  joined: Joined,
  isSame: (one: Pick<WalkedWay, 'way' | 'name'>, other: Pick<WalkedWay, 'way' | 'name'>) => boolean,
): WalkedWay[] {
  const stretches: { way: number; name: string; cm: number }[] = []
  eachPart(joined, (arc, begin, end) => {
    const edge = arc >>> 1
    const [way, name] = [network.edgeWay[edge], network.names[network.edgeName[edge]]]
    const cm = network.edgeLengthCm[edge] * (end - begin)
    const last = stretches[stretches.length - 1]
    if (last && isSame(last, { way, name })) last.cm += cm
    else stretches.push({ way, name, cm })
  })
  return stretches.map(({ cm, ...rest }) => ({ ...rest, metres: metres(cm / 100) }))
}

/** On which side of an arriving vehicle a place lies. */
export function sideOf({ left }: Found, lastArc: number): Side {
  const onLeft = (lastArc & 1) === 1 ? -left : left
  return onLeft === 0 ? 'on-the-road' : onLeft > 0 ? 'left' : 'right'
}

/** Visits each arc of a way with the fractions of the arc, in the direction driven, between which it is used. */
function eachPart(
  { arcs, from, to }: Joined,
  visit: (arc: number, begin: number, end: number) => void,
): void {
  arcs.forEach((arc, i) => {
    const driven = (fraction: number) => (arc & 1 ? 1 - fraction : fraction)
    visit(arc, i === 0 ? driven(from) : 0, i === arcs.length - 1 ? driven(to) : 1)
  })
}

/** Adds the points of an arc between two fractions of it; a point that repeats the last is left out. */
function addPart(network: Network, arc: number, [begin, end]: [number, number], points: number[]): void {
  const { shapeStart, shapeLongitudesE7: x, shapeLatitudesE7: y } = network
  const [first, last] = [shapeStart[arc >>> 1], shapeStart[(arc >>> 1) + 1] - 1]
  const order = arc & 1 ? -1 : 1
  let at = arc & 1 ? last : first
  let all = 0
  for (let point = first; point < last; point++) all += pieceMetres(network, point)
  let travelled = 0
  for (let i = first; i < last; i++, at += order) {
    const length = pieceMetres(network, order === 1 ? at : at - 1)
    const [p, q] = [clamp((begin * all - travelled) / length), clamp((end * all - travelled) / length)]
    const isUsed = travelled + length >= begin * all - HAIR && travelled <= end * all + HAIR
    travelled += length
    if (!isUsed) continue
    const next = at + order
    add(points, x[at] + p * (x[next] - x[at]), y[at] + p * (y[next] - y[at]))
    add(points, x[at] + q * (x[next] - x[at]), y[at] + q * (y[next] - y[at]))
  }
}

/** Less than this of a metre is what is left of sums that do not come out even. */
const HAIR = 1e-6

const clamp = (share: number): number => (share > 0 ? Math.min(1, share) : 0)

function add(points: number[], longitudeE7: number, latitudeE7: number): void {
  const [longitude, latitude] = [Math.round(longitudeE7) / 1e7, Math.round(latitudeE7) / 1e7]
  const isSame = points[points.length - 2] === longitude && points[points.length - 1] === latitude
  if (!isSame) points.push(longitude, latitude)
}
