/** What a directory of postcodes brings: which are new, which moved or ended, and which rows cannot be read. */
import { fromNationalGrid } from '#ground/national-grid.ts'
import type { PlainDate } from '#ground/time.ts'
import { type Matched, sourcesOf } from './mapping.ts'
import { countsOf, type PlannedRow, type PlannedSheet } from './plan.ts'
import { type RowRead, readRow } from './row.ts'

export type Place = {
  postcode: string
  easting: number | null
  northing: number | null
  latitude: number | null
  longitude: number | null
  area: string | null
  ended_on: string | null
}

export type PlacesPlan = { sheet: PlannedSheet; state: Place[] }

/** Plans one sheet of postcodes beside the directory as it is. A postcode that is missing from it stays. */
export function planPlaces(matched: Matched, known: ReadonlyMap<string, Place>, asOf: PlainDate): PlacesPlan {
  const seen = new Map<string, number>()
  const state: Place[] = []
  const rows = matched.sheet.rows.map((row): PlannedRow => {
    const { line, cells } = row
    const read = readRow(matched, row, asOf)
    if ('errors' in read) return { line, cells, outcome: 'refused', says: read.errors }
    const place = placeOf(read.read)
    const before = seen.get(place.postcode)
    if (before !== undefined) {
      const says = [
        {
          column: 'Postcode',
          value: place.postcode,
          says: `is on line ${before} too`,
          todo: 'Delete one of the two.',
        },
      ]
      return { line, cells, outcome: 'refused', says }
    }
    seen.set(place.postcode, line)
    const there = known.get(place.postcode)
    if (there && samePlace(there, place)) return { line, cells, outcome: 'unchanged', says: [] }
    state.push(place)
    return { line, cells, outcome: there ? 'changed' : 'new', says: [] }
  })
  const { sheet, kind, unread } = matched
  const said = rows.filter(({ says }) => says.length > 0)
  return {
    sheet: {
      from: sheet.from,
      kind: kind.name,
      headings: sheet.headings,
      mapped: sourcesOf(matched),
      unread,
      counts: countsOf(rows),
      said,
    },
    state,
  }
}

/** ONSPD gives 99.999999 north where there is no grid reference; an easting and northing are the surer. */
function placeOf({ values }: RowRead): Place {
  const easting = (values.get('Easting') as number | undefined) || null
  const northing = (values.get('Northing') as number | undefined) || null
  const latitude = (values.get('Latitude') as number | undefined) ?? null
  const longitude = (values.get('Longitude') as number | undefined) ?? null
  const given = latitude !== null && latitude < 90 && longitude !== null ? { latitude, longitude } : null
  const point = easting !== null && northing !== null ? fromNationalGrid(easting, northing) : given
  return {
    postcode: String(values.get('Postcode')),
    easting,
    northing,
    latitude: point?.latitude ?? null,
    longitude: point?.longitude ?? null,
    area: (values.get('Area') as string | undefined) ?? null,
    ended_on: (values.get('Ended') as string | undefined) ?? null,
  }
}

const samePlace = (a: Place, b: Place) =>
  (Object.keys(b) as (keyof Place)[]).every((column) => a[column] === b[column])
