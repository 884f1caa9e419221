/** Westmarch, the county that is not there: its geography, for those who lay roads through it, and its story. */
export { type Story, storyOf, type Wanted } from './county.ts'
export type { Crossing, District, Place, PlaceKind, Point } from './places.ts'
export { countyBounds, crossings, places, pointAt, riverTamble, WESTMARCH_EXTRACT } from './places.ts'
