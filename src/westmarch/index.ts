/** Westmarch, the county that is not there: its geography, for those who lay roads through it. */
export type { Crossing, District, Place, PlaceKind, Point } from './places.ts'
export { countyBounds, crossings, places, pointAt, riverTamble } from './places.ts'
