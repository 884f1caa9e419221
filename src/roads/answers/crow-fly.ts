/**
 * Travel times for a council that has no network yet: the straight line, made longer as roads are longer, at one speed.
 * Every answer calls itself estimated. It knows no roads, so it never says that there is no way.
 */
import { metres } from '../../ground/distance.ts'
import { metresBetween } from '../network/ground-metres.ts'
import type { Matrix, Path, Place, TravelTimes, Walk } from './travel-times.ts'

export type CrowFlySettings = {
  /** How much longer than a straight line a way is. 1.3 to 1.4 is usual of English roads. */
  readonly detour: number
  readonly kilometresAnHour: number
}

const USUAL: CrowFlySettings = { detour: 1.35, kilometresAnHour: 35 }

/** Estimates by straight line. */
export function crowFly(settings: CrowFlySettings = USUAL): TravelTimes {
  const { detour, kilometresAnHour } = settings
  const metresOf = (from: Place, to: Place) => straight(from, to) * detour
  const secondsOf = (length: number) => Math.round(length / (kilometresAnHour / 3.6))
  const walkOf = (from: Place, to: Place): Walk => {
    const length = metres(metresOf(from, to))
    return {
      metres: length,
      shape: Float64Array.of(from.longitude, from.latitude, to.longitude, to.latitude),
      roads: [{ name: '', metres: length }],
      ways: [],
      how: 'estimated',
    }
  }
  return {
    network: `crow-fly ${detour} ${kilometresAnHour}`,
    async matrix(sources, targets): Promise<Matrix> {
      const lengths = sources.flatMap((from) => targets.map((to) => metresOf(from, to)))
      return {
        seconds: Uint32Array.from(lengths, secondsOf),
        metres: Uint32Array.from(lengths, Math.round),
        sourcesFarFromRoads: [],
        targetsFarFromRoads: [],
        how: 'estimated',
      }
    },
    async nearest() {
      return { found: false, because: 'not-offered' }
    },
    async path(from, to) {
      const seconds = secondsOf(metresOf(from, to))
      const { ways: _none, ...line } = walkOf(from, to)
      const value: Path = { ...line, seconds, arrivesOn: 'not-known' }
      return { ok: true, value }
    },
    async walk(from, to, avoiding) {
      // Which roads a straight line would take, nobody can say: so neither that it avoids one.
      const isAvoiding = (avoiding.ways?.length ?? 0) > 0 || avoiding.steps === true
      return isAvoiding
        ? { ok: false, refusal: { because: 'not-offered' } }
        : { ok: true, value: walkOf(from, to) }
    },
    async isochrone() {
      return { ok: false, refusal: { because: 'not-offered' } }
    },
  }
}

const straight = (from: Place, to: Place): number =>
  metresBetween(from.longitude * 1e7, from.latitude * 1e7, to.longitude * 1e7, to.latitude * 1e7)
