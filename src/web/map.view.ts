/** A map as a page gives it to its template: pins and lines, and what they are called. */

export type Pin = {
  longitude: number
  latitude: number
  kind: 'home' | 'school' | 'pick-up-point' | 'way'
  /** What stands on the pin: a number or a letter. */
  label: string
  says: string
}

/** A line along roads that were worked out, along one that is unsafe, or straight from place to place. */
export type MapLine = {
  kind: 'road' | 'unsafe' | 'straight'
  along: readonly (readonly [longitude: number, latitude: number])[]
  /** It is drawn where it falls into view, and does not decide what is in view. */
  beside?: true
}

export type MapWanted = {
  label: string
  table: string
  says: string
  pins: readonly Pin[]
  lines: readonly MapLine[]
  /** Where a press on the map leads: this address, with latitude and longitude after it. */
  choose?: string
  /** How close the map may come by itself: 15 shows a street, 13 a village. */
  closest?: 13 | 15
}

/** A shape as the roads give it, as a line of a map. */
export const lineAlong = (shape: Float64Array, kind: MapLine['kind'] = 'road'): MapLine => ({
  kind,
  along: Array.from({ length: shape.length / 2 }, (_, i) => [shape[2 * i] ?? 0, shape[2 * i + 1] ?? 0]),
})

/** A map for `kit/map.njk`; none where there is nothing to pin on it. `table` is the id of the table that says the same. */
export function mapView({ label, table, says, pins, lines, choose, closest = 15 }: MapWanted) {
  if (pins.length === 0) return false
  const points = pins.map(({ longitude, latitude, ...pin }) => ({ ...pin, at: [longitude, latitude] }))
  return {
    label,
    table,
    says,
    drawing: (source: string) => JSON.stringify({ source, points, lines, choose, closest }),
  }
}
