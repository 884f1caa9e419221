/** Ways on foot and the schools they lie near: a road’s name alone tells an officer too little. */
import { type Metres, metres } from '../ground/distance.ts'
import { type Footway, middleOf } from './answers/footways.ts'
import type { Place } from './answers/travel-times.ts'
import { metresBetween } from './network/ground-metres.ts'

export type SchoolNear = { school: string; place: Place }
export type WayBySchool = Footway & { nearest?: { school: string; metres: Metres } }

/** Each way with the school nearest to it, as the crow flies; the nearest to any of them first. */
export const waysBySchool = (ways: readonly Footway[], schools: readonly SchoolNear[]): WayBySchool[] =>
  ways
    .map((way) => withNearest(way, schools))
    .sort((a, b) => (a.nearest?.metres ?? 0) - (b.nearest?.metres ?? 0))

function withNearest(way: Footway, schools: readonly SchoolNear[]): WayBySchool {
  const middle = middleOf(way)
  const [nearest] = schools
    .map(({ school, place }) => ({ school, metres: straight(middle, place) }))
    .sort((a, b) => a.metres - b.metres)
  return { ...way, ...(nearest && { nearest }) }
}

const straight = (a: Place, b: Place): Metres =>
  metres(metresBetween(a.longitude * 1e7, a.latitude * 1e7, b.longitude * 1e7, b.latitude * 1e7))
