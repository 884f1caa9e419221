/**
 * How fast vehicles go: by class of road and place, by vehicle, by time of day. One dated table that a council can
 * take out, change and put back. The limits are law; the averages below them are ours, and meant to be tuned.
 */
import type { RoadVehicle, TimeOfDay } from '../answers/travel-times.ts'
import { BadExtract } from '../osm/bad-extract.ts'

export const ROAD_CLASSES = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'unclassified',
  'residential',
  'living-street',
  'service',
  'track',
  'ferry',
] as const
export type RoadClass = (typeof ROAD_CLASSES)[number]

/** A road is in a built-up place or in open country. */
type ByPlace = { readonly builtUp: number; readonly open: number }

export type VehicleSize = {
  readonly weightTonnes: number
  readonly widthMetres: number
  readonly heightMetres: number
}

export type SpeedTable = {
  /** The day from which it holds, for whoever reads it later. */
  readonly since: string
  /** Average miles an hour of a car on a clear road, however high the limit. */
  readonly averageMph: Readonly<Record<RoadClass, ByPlace>>
  /** The share of the speed limit that a driver averages between junctions. */
  readonly shareOfLimit: number
  /** The limit where no sign was recorded. */
  readonly builtUpLimitMph: number
  /** National limits: Highway Code, rule 124. A minibus is held to 50 and 60 off the motorway. */
  readonly nationalMph: Readonly<Record<RoadVehicle, { single: number; dual: number; motorway: number }>>
  /** A sign that a smaller vehicle may pass, and a larger may not. */
  readonly size: Readonly<Record<RoadVehicle, VehicleSize>>
  /** Speeds are multiplied by these. */
  readonly factor: Readonly<Record<TimeOfDay, ByPlace>>
  /** Seconds that a junction costs. Traffic keeps left, so turning right waits for a gap. */
  readonly turnSeconds: {
    readonly left: number
    readonly right: number
    readonly signals: number
    /** Only where the road ends: elsewhere a vehicle with children on board does not turn round. */
    readonly turningRound: number
  }
  /** Minutes spent waiting for a ferry. */
  readonly ferryWaitMinutes: number
}

export const UK_SPEEDS: SpeedTable = {
  since: '2026-09-01',
  averageMph: {
    motorway: { builtUp: 60, open: 65 },
    trunk: { builtUp: 30, open: 52 },
    primary: { builtUp: 25, open: 45 },
    secondary: { builtUp: 24, open: 42 },
    tertiary: { builtUp: 22, open: 38 },
    unclassified: { builtUp: 20, open: 28 },
    residential: { builtUp: 17, open: 22 },
    'living-street': { builtUp: 10, open: 10 },
    service: { builtUp: 10, open: 12 },
    track: { builtUp: 8, open: 8 },
    ferry: { builtUp: 8, open: 8 },
  },
  shareOfLimit: 0.85,
  builtUpLimitMph: 30,
  nationalMph: {
    car: { single: 60, dual: 70, motorway: 70 },
    taxi: { single: 60, dual: 70, motorway: 70 },
    minibus: { single: 50, dual: 60, motorway: 70 },
  },
  size: {
    car: { weightTonnes: 2.5, widthMetres: 1.9, heightMetres: 1.9 },
    taxi: { weightTonnes: 2.5, widthMetres: 1.9, heightMetres: 2 },
    minibus: { weightTonnes: 5, widthMetres: 2.3, heightMetres: 2.9 },
  },
  factor: {
    'school-morning': { builtUp: 0.72, open: 0.88 },
    'school-afternoon': { builtUp: 0.8, open: 0.92 },
    'off-peak': { builtUp: 1, open: 1 },
  },
  turnSeconds: { left: 2, right: 5, signals: 8, turningRound: 25 },
  ferryWaitMinutes: 15,
}

/**
 * A council's own table, as JSON of the same shape; what it leaves out is taken from ours.
 * Throws BadExtract with a sentence that names the entry which is not a number above nought.
 */
export function readSpeedTable(text: string): SpeedTable {
  let typed: unknown
  try {
    typed = JSON.parse(text)
  } catch (cause) {
    throw new BadExtract(`The table of speeds is not JSON: ${(cause as Error).message}.`, { cause })
  }
  return merged(UK_SPEEDS, typed, 'The table of speeds') as SpeedTable
}

function merged(ours: unknown, theirs: unknown, name: string): unknown {
  if (theirs === undefined) return ours
  if (typeof ours === 'number') {
    if (typeof theirs === 'number' && theirs > 0 && Number.isFinite(theirs)) return theirs
    throw new BadExtract(`${name} is ${JSON.stringify(theirs)}. Give a number above 0.`)
  }
  if (typeof ours === 'string') {
    if (typeof theirs === 'string' && /^\d{4}-\d\d-\d\d$/.test(theirs)) return theirs
    throw new BadExtract(`${name} is ${JSON.stringify(theirs)}. Give a day like 2026-09-01.`)
  }
  if (typeof theirs !== 'object' || theirs === null)
    throw new BadExtract(`${name} is ${JSON.stringify(theirs)}. Give an object like the one printed.`)
  const known = ours as Record<string, unknown>
  const strange = Object.keys(theirs).find((key) => !(key in known))
  if (strange !== undefined)
    throw new BadExtract(`${name} has "${strange}", which is none of ${Object.keys(known).join(', ')}.`)
  const own = theirs as Record<string, unknown>
  return Object.fromEntries(
    Object.keys(known).map((key) => [key, merged(known[key], own[key], `${name}, ${key},`)]),
  )
}
