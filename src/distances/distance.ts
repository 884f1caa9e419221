/** How far it is from home to school, and how that was found. */
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { type Drive, type Matrix, NO_WAY, type NoAnswer, type Place, type Walk } from '#roads'

/** What is asked: the direct way to school, by a car that carries this pupil alone. */
export const DIRECT: Drive = { vehicle: 'taxi', at: 'school-morning' }

/** How an answer was found, or why there is none. */
export type Found = 'measured' | 'estimated' | 'too-far-from-any-road' | 'no-way'

export type Drove = { found: Found; seconds: number | null; metres: number | null }
export type Walked = {
  found: Found
  metres: number | null
  /** The OpenStreetMap ways walked along. */
  ways: readonly number[]
  /** The unsafe ways that made this another walk than the shortest. */
  avoids: readonly number[]
}

/** From one home of a pupil to one school, on the half-days of a pattern and the days of a span. */
export type Journey = {
  pupil: PupilId
  pattern: string
  school: SchoolId
  from: Place
  to: Place
  valid: string
}

/** One pair of places as a key. */
export const pairOf = ({ from, to }: Pick<Journey, 'from' | 'to'>): string =>
  [from.longitude, from.latitude, to.longitude, to.latitude].join(' ')

/** The drives to the only target of a matrix, in the order of its sources. */
export function drovesOf({
  seconds,
  metres,
  sourcesFarFromRoads,
  targetsFarFromRoads,
  how,
}: Matrix): Drove[] {
  const far = new Set(targetsFarFromRoads.length > 0 ? seconds.keys() : sourcesFarFromRoads)
  return Array.from(seconds, (time, source) => {
    if (time !== NO_WAY) return { found: how, seconds: time, metres: metres[source] ?? 0 }
    return { found: far.has(source) ? 'too-far-from-any-road' : 'no-way', seconds: null, metres: null }
  })
}

/** A walk as it is kept: `avoids` are the ways it had to keep clear of, if it had to. */
export const walkedOf = (
  walk: { ok: true; value: Walk } | { ok: false; refusal: NoAnswer },
  avoids: readonly number[],
): Walked =>
  walk.ok
    ? {
        found: walk.value.how,
        metres: walk.value.metres,
        ways: [...new Set(walk.value.ways.map(({ way }) => way))],
        avoids,
      }
    : { found: foundNothing(walk.refusal), metres: null, ways: [], avoids }

const foundNothing = ({ because }: NoAnswer): Found =>
  because === 'too-far-from-any-road' ? because : 'no-way'

/** Whether a walk leads along a way marked unsafe. */
export const isUnsafe = ({ ways }: Walk, unsafe: ReadonlySet<number>): boolean =>
  ways.some(({ way }) => unsafe.has(way))
