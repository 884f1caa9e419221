/**
 * The one port through which everybody asks of roads: how long, how far, which way, and is there a road at all.
 * Our own network answers it, and so may another engine, or a straight line that calls itself an estimate.
 */
import type { Metres } from '../../ground/distance.ts'

/** A point on the ground in degrees, WGS 84, as maps and satellites give it. */
export type Place = { readonly longitude: number; readonly latitude: number }

/** A place a vehicle calls at. */
export type Call = Place & {
  /** The child must not cross the road: the vehicle may only stop on the side the place is on. */
  readonly mustNotCross?: boolean
}

export const VEHICLES = ['car', 'taxi', 'minibus'] as const
/** What drives: its speeds, its size and what it is allowed through. */
export type RoadVehicle = (typeof VEHICLES)[number]

export const TIMES_OF_DAY = ['school-morning', 'school-afternoon', 'off-peak'] as const
/** When it drives: a factor over the speeds of each class of road. */
export type TimeOfDay = (typeof TIMES_OF_DAY)[number]

export type Drive = { readonly vehicle: RoadVehicle; readonly at: TimeOfDay }

/** `minibus school-morning`: what is made ready is kept by this. */
export const driveName = ({ vehicle, at }: Drive): string => `${vehicle} ${at}`

/** What operators drive when they drive pupils: a car of a family goes as a taxi does. */
export const SCHOOL_DRIVES: readonly Drive[] = (['minibus', 'taxi'] as const).flatMap((vehicle) => [
  { vehicle, at: 'school-morning' },
  { vehicle, at: 'school-afternoon' },
])

/** Whether an answer was measured along roads or only estimated. Whoever shows the answer says which. */
export type How = 'measured' | 'estimated'

/** In a matrix: no way from here to there. */
export const NO_WAY = 0xffff_ffff

export type Matrix = {
  /** Whole seconds from source s to target t, at [s × targets + t], or NO_WAY. */
  readonly seconds: Uint32Array
  /** Whole metres along that quickest way, likewise. */
  readonly metres: Uint32Array
  /** Which places (by their number) have no road near: their rows or columns are all NO_WAY. */
  readonly sourcesFarFromRoads: readonly number[]
  readonly targetsFarFromRoads: readonly number[]
  readonly how: How
}

/** What a place is looked up for: roads that vehicles use, or ways that people walk. */
export type Afoot = 'drive' | 'walk'

export type Nearest =
  | { readonly found: true; readonly place: Place; readonly road: string; readonly metres: Metres }
  | { readonly found: false; readonly because: 'too-far-from-any-road'; readonly limit: Metres }
  | { readonly found: false; readonly because: 'not-offered' }

export type Path = {
  readonly seconds: number
  readonly metres: Metres
  /** Longitude, latitude, longitude, latitude… in degrees, from the first point on a road to the last. */
  readonly shape: Float64Array
  /** The roads in order, by name or number ('' where they have none), and how far along each. */
  readonly roads: readonly { readonly name: string; readonly metres: Metres }[]
  /** On which side of the road, for somebody who arrives this way, the place lies. */
  readonly arrivesOn: Side
  readonly how: How
}

/** Traffic keeps left: a child at the left steps straight out, a child at the right must cross. */
export type Side = 'left' | 'right' | 'on-the-road' | 'not-known'

/** What a walk keeps clear of. */
export type Avoiding = {
  /** OpenStreetMap ways that an officer marked unsafe to walk along. */
  readonly ways?: readonly number[]
  readonly steps?: boolean
}

export type Walk = Pick<Path, 'metres' | 'shape' | 'roads' | 'how'> & {
  /** The OpenStreetMap ways walked along, in order, each with its name and how far; none where that is not known. */
  readonly ways: readonly WalkedWay[]
}
export type WalkedWay = { readonly way: number; readonly name: string; readonly metres: Metres }

export type Isochrone = {
  /** Every stretch of road that is reached in time, as shapes like those of a path. */
  readonly stretches: readonly Float64Array[]
  readonly metres: Metres
  readonly how: How
}

/** Why there is no answer. */
export type NoAnswer =
  | { readonly because: 'too-far-from-any-road'; readonly place: Place; readonly limit: Metres }
  | { readonly because: 'no-way' }
  /** This source of answers cannot tell; another might. */
  | { readonly because: 'not-offered' }

export type Answered<T> = { ok: true; value: T } | { ok: false; refusal: NoAnswer }

/** A broken engine throws; a road that does not exist is an answer. */
export type TravelTimes = {
  /** Names the network behind the answers: kept answers are good for as long as it stays the same. */
  readonly network: string

  /** From every source to every target. */
  matrix(sources: readonly Place[], targets: readonly Call[], drive: Drive): Promise<Matrix>

  /** The nearest point of a road, and how far it is; never a silent guess across a field. */
  nearest(place: Place, afoot: Afoot): Promise<Nearest>

  /** The quickest way, with its shape. */
  path(from: Place, to: Call, drive: Drive): Promise<Answered<Path>>

  /** The shortest way on foot. */
  walk(from: Place, to: Place, avoiding: Avoiding): Promise<Answered<Walk>>

  /** Every stretch of road within so many seconds of a place. */
  isochrone(from: Place, withinSeconds: number, drive: Drive): Promise<Answered<Isochrone>>
}
