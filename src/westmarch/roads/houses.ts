/** Where people live in Westmarch: along its streets, a front garden back from the road. */
import type { Random } from '#ground/random.ts'
import { kilometresFromCross, type Place, type PlaceKind, type Point, pointAt } from '../places.ts'
import { type Drawn, drawRoads } from './road-map.ts'
import { type Sketch, type Spot, spotOf } from './sketch.ts'

/** The roads of Westmarch are always these, whoever’s story is told of the county. */
export const ROADS_SEED = 'westmarch'

export type House = { point: Point; street: string }

const FRONT_GARDEN = 0.011
// Kilometres north and south of the middle within which a place has houses.
const reaches: Readonly<Record<PlaceKind, number>> = { city: 1.5, town: 0.85, village: 0.34, hamlet: 0.15 }

/** A house somewhere in a place. */
export function houseIn(random: Random, place: Place): House {
  const reach = reaches[place.kind]
  const centre = kilometresFromCross(place)
  const away = () => (random.unit() - 0.5) * 2 * reach
  const spot = { east: centre.east + away(), north: centre.north + away() }
  return houseNearest(spot, place)
}

function houseNearest(spot: Spot, place: Place): House {
  const [first, ...others] = frontsOf(place)
  if (!first) throw new RangeError(`${place.name} has no street to live in.`)
  let best = { front: first, at: footOn(first, spot) }
  for (const front of others) {
    const at = footOn(front, spot)
    if (away(at, spot) < away(best.at, spot)) best = { front, at }
  }
  const { a, b, street } = best.front
  const length = away(a, b)
  const left = (b.east - a.east) * (spot.north - a.north) - (b.north - a.north) * (spot.east - a.east) > 0
  const aside = (left ? FRONT_GARDEN : -FRONT_GARDEN) / length
  const east = best.at.east - (b.north - a.north) * aside
  const north = best.at.north + (b.east - a.east) * aside
  return { point: pointAt(east, north), street }
}

type Front = { a: Spot; b: Spot; street: string }

const drawn: { roads?: Drawn; fronts: Map<Place, Front[]> } = { fronts: new Map() }

/** The stretches of named street of a place that houses stand along. */
function frontsOf(place: Place): Front[] {
  const known = drawn.fronts.get(place)
  if (known) return known
  drawn.roads ??= drawRoads(ROADS_SEED)
  const { sketch, towns } = drawn.roads
  const town = towns.find((one) => one.place === place)
  const fronts = (town?.streets ?? []).flatMap((number) => frontOf(sketch, number))
  drawn.fronts.set(place, fronts)
  return fronts
}

function frontOf(sketch: Sketch, number: number): Front[] {
  const street = sketch.streets[number]
  if (!street?.name) return []
  return [{ a: spotOf(sketch, street.from), b: spotOf(sketch, street.to), street: street.name }]
}

const away = (a: Spot, b: Spot): number => Math.hypot(a.east - b.east, a.north - b.north)

/** The point of a stretch that is nearest to a spot, not in a junction. */
function footOn({ a, b }: Front, spot: Spot): Spot {
  const [east, north] = [b.east - a.east, b.north - a.north]
  const share = ((spot.east - a.east) * east + (spot.north - a.north) * north) / (east ** 2 + north ** 2)
  const held = Math.min(0.88, Math.max(0.12, share))
  return { east: a.east + east * held, north: a.north + north * held }
}
