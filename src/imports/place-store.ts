/** The directory of postcodes: where each is, as far as the last directory brought in knows. */
import type { Sql, TransactionSql } from 'postgres'
import type { Point } from '#ground/point.ts'
import type { Place } from './places.ts'

/** The places of some postcodes now, or of all of them. */
export async function readPlaces(
  sql: Sql | TransactionSql,
  postcodes?: readonly string[],
): Promise<Map<string, Place>> {
  const some = postcodes === undefined ? sql`` : sql`and postcode = any(${[...postcodes]})`
  const rows = await sql<Place[]>`
    select postcode, easting, northing, latitude, longitude, area, ended_on
      from postcode_place where upper_inf(known) ${some} order by postcode`
  return new Map(rows.map((place) => [place.postcode, place]))
}

/**
 * A home or an entrance with the point of its postcode where it has none of its own, and with the postcode's area where
 * none is given; as it is where the directory does not know the postcode.
 */
export async function withItsPoint<P extends { postcode?: string; point?: Point; area?: string }>(
  tx: TransactionSql,
  place: P,
): Promise<P> {
  if (place.postcode === undefined || place.point !== undefined) return place
  const found = (await readPlaces(tx, [place.postcode])).get(place.postcode)
  if (!found || found.latitude === null || found.longitude === null) return place
  const { latitude, longitude, area } = found
  return { ...(area !== null && { area }), ...place, point: { latitude, longitude } }
}

const AT_ONCE = 20_000

/** Writes places into the directory inside the open revision, closing what was said of the same postcodes. */
export async function writePlaces(tx: TransactionSql, places: readonly Place[]): Promise<void> {
  for (let from = 0; from < places.length; from += AT_ONCE) {
    const some = places.slice(from, from + AT_ONCE)
    const postcodes = some.map(({ postcode }) => postcode)
    await tx`
      update postcode_place set known = int8range(lower(known), current_revision())
       where postcode = any(${postcodes}) and upper_inf(known)`
    await tx`
      insert into postcode_place (postcode, easting, northing, latitude, longitude, area, ended_on)
      select postcode, easting, northing, latitude, longitude, area, ended_on
        from jsonb_populate_recordset(null::postcode_place, ${tx.json(some)})`
  }
}
