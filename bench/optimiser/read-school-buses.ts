/**
 * School buses with mixed loads, Park, Tae & Kim (2012). Feet, Manhattan distance at 20 mph, times of day as HHMM.
 * A bus may begin wherever its first stop is, as early as it must: only the number of buses counts.
 */
import type { Call, Instance, Metric } from './instance.ts'
import { field, readRows } from './numbers.ts'

const manhattan: Metric = { distance: (a, b) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y), speed: 29.3333 }
const places = 66

/** Reads `Schools.txt` and `Stops.txt` for one of the two ride limits, in seconds. */
export function readSchoolBuses(
  files: { schools: string; stops: string },
  { name, longestRide }: { name: string; longestRide: number },
): Instance {
  const schools = new Map(rowsBelowTitles(files.schools, `${name} schools`).map((row) => [row[0], row]))
  const school = (id: number): Omit<Call, 'service' | 'servicePerVisit'> => {
    const row = schools.get(id)
    const from = `${name}, school ${id}`
    return {
      at: { x: field(row, 1, from), y: field(row, 2, from) },
      open: secondsOfDay(field(row, 3, from)),
      close: secondsOfDay(field(row, 4, from)),
    }
  }
  const request = (row: readonly number[]) => {
    const students = field(row, 4, name)
    const at = { x: field(row, 1, name), y: field(row, 2, name) }
    return {
      pickup: { at, open: 0, close: 86_400, service: 19 + 2.6 * students, servicePerVisit: 19 },
      dropOff: { ...school(field(row, 3, name)), service: 29 + 1.9 * students, servicePerVisit: 29 },
      load: [students],
      longestRide,
    }
  }
  const requests = rowsBelowTitles(files.stops, `${name} stops`).map(request)
  return {
    name,
    set: 'sbrp-park',
    metric: manhattan,
    objective: 'vehicles',
    depotCounts: false,
    requests,
    vehicles: [
      {
        count: requests.length,
        depot: { x: 105_600, y: 105_600 },
        opens: 0,
        closes: 86_400,
        places: [places],
        longestRoute: Number.POSITIVE_INFINITY,
      },
    ],
  }
}

function rowsBelowTitles(text: string, source: string): number[][] {
  return readRows(text.slice(text.indexOf('\n') + 1), source)
}

function secondsOfDay(hhmm: number): number {
  return Math.floor(hhmm / 100) * 3600 + (hhmm % 100) * 60
}
