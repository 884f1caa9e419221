/** A plan as people type it: layouts and stops, a line each, read back into what they were. */
import { ok, type Result, refuse } from '#ground/result.ts'
import type { WallTime } from '#ground/time.ts'
import type { RunStop } from './run-store.ts'
import type { Stop } from './write-store.ts'

type Layouts = readonly (readonly [seats: number, wheelchairs: number])[]

/** `16` or `13 and 1`, a line each; nothing for text that is neither. */
export function readLayouts(text: string): [number, number][] | undefined {
  const lines = linesOf(text)
  const read = lines.map((line) => /^(\d{1,2})(?:\s*(?:and|\+|,)\s*(\d{1,2}))?$/.exec(line))
  if (lines.length === 0 || read.some((one) => one === null)) return undefined
  return read.map((one) => [Number(one?.[1]), Number(one?.[2] ?? 0)])
}

/** Layouts as they would be typed. */
export const layoutsTyped = (layouts: Layouts): string =>
  layouts.map(([seats, chairs]) => (chairs === 0 ? String(seats) : `${seats} and ${chairs}`)).join('\n')

/**
 * Stops a line each, the time first. A place that stood in the plan before keeps its pupil, its school and where it
 * is; a new one is a pick-up point. Refused with the first line that has no time.
 */
export function readStops(
  text: string,
  before: readonly (RunStop & Partial<Stop>)[],
): Result<Stop[], string> {
  const stops: Stop[] = []
  for (const line of linesOf(text)) {
    const [, hour = '', minute = '', place = ''] = /^([01]?\d|2[0-3])[:.]([0-5]\d)\s+(.+)$/.exec(line) ?? []
    if (place === '') return refuse(line)
    const at = `${hour.padStart(2, '0')}:${minute}` as WallTime
    const known = before.find((stop) => stop.place === place)
    stops.push(known ? { ...known, at } : { place, kind: 'pick-up-point', at })
  }
  return ok(stops)
}

/** Stops as they would be typed. */
export const stopsTyped = (stops: readonly RunStop[]): string =>
  stops.map(({ at, place }) => `${at} ${place.replaceAll('\n', ', ')}`).join('\n')

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
