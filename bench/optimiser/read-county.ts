/** A county of pupils and schools, made by a generator that says in `meta` how far and how long everything is. */
import type { Point } from './instance.ts'

export type County = {
  readonly name: string
  readonly pupils: readonly CountyPupil[]
  readonly schools: readonly (Point & { readonly amOpen: number; readonly amClose: number })[]
  readonly bases: readonly Point[]
  readonly vehicleTypes: readonly CountyVehicle[]
  /** Pounds a day for a passenger assistant. */
  readonly paDaily: number
}

export type CountyPupil = Point & {
  readonly id: number
  readonly school: number
  readonly maxRide: number
  readonly seat: 'ambulant' | 'harness' | 'wheelchair'
  readonly pa: 'none' | 'shared' | 'own'
  readonly single: boolean
  readonly maxSharers: number | null
  readonly board: number
  readonly alight: number
  readonly incompatible: readonly number[]
}

export type CountyVehicle = {
  readonly id: string
  readonly seats: number
  readonly wc: number
  readonly maxWc?: number
  readonly seatsPerWc?: number
  readonly fixed: number
  readonly perKm: number
}

/** Reads the generator's JSON. */
export function readCounty(text: string, name: string): County {
  const county = JSON.parse(text) as Omit<County, 'name' | 'paDaily'> & { meta: { paDaily: number } }
  const missing = (['pupils', 'schools', 'bases', 'vehicleTypes'] as const).filter(
    (part) => !Array.isArray(county[part]),
  )
  if (missing.length > 0) throw new Error(`${name}: expected a county, found no ${missing.join(', ')}.`)
  return { ...county, name, paDaily: county.meta.paDaily }
}

/** Kilometres by road: three tenths more than as the crow flies. */
export function kilometres(a: Point, b: Point): number {
  return 1.3 * Math.hypot(a.x - b.x, a.y - b.y)
}

/** Whole seconds for so many kilometres: 25 to 45 miles an hour, faster the farther. */
export function secondsFor(km: number): number {
  return Math.round((3600 * km) / ((25 + 20 * Math.min(1, km / 20)) * 1.609344))
}
