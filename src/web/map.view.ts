/** A map as a page gives it to its template: pins and lines, and what they are called. */

export type Pin = {
  longitude: number
  latitude: number
  kind: 'home' | 'school' | 'pick-up-point'
  /** What stands on the pin: a number or a letter. */
  label: string
  says: string
}

/** A line along roads that were worked out, or straight from place to place. */
export type MapLine = {
  kind: 'road' | 'straight'
  along: readonly (readonly [longitude: number, latitude: number])[]
}

export type MapWanted = {
  label: string
  table: string
  says: string
  pins: readonly Pin[]
  lines: readonly MapLine[]
}

/** A map for `kit/map.njk`; none where there is nothing to pin on it. `table` is the id of the table that says the same. */
export function mapView({ label, table, says, pins, lines }: MapWanted) {
  if (pins.length === 0) return false
  const points = pins.map(({ longitude, latitude, ...pin }) => ({ ...pin, at: [longitude, latitude] }))
  return { label, table, says, drawing: (source: string) => JSON.stringify({ source, points, lines }) }
}
