/** Points on the ground that roads were asked about, each with a number. */
import type { Sql } from 'postgres'
import type { Place } from '#roads'

/** The number of each place, in the order given; a place not asked about before gets one. */
export async function placeNumbers(sql: Sql, places: readonly Place[]): Promise<number[]> {
  const points = [...new Map(places.map((place) => [pointOf(place), place])).values()]
  const x = points.map(({ longitude }) => e7(longitude))
  const y = points.map(({ latitude }) => e7(latitude))
  await sql`
    insert into road_place (longitude_e7, latitude_e7)
    select * from unnest(${x}::integer[], ${y}::integer[])
        on conflict do nothing`
  const rows = await sql<{ id: number; x: number; y: number }[]>`
    select place_id as id, longitude_e7 as x, latitude_e7 as y
      from road_place
      join unnest(${x}::integer[], ${y}::integer[]) asked (longitude_e7, latitude_e7) using (longitude_e7, latitude_e7)`
  const numbers = new Map(rows.map(({ id, x, y }) => [`${x} ${y}`, id]))
  return places.map((place) => numbers.get(pointOf(place)) as number)
}

const e7 = (degrees: number): number => Math.round(degrees * 1e7)

const pointOf = ({ longitude, latitude }: Place): string => `${e7(longitude)} ${e7(latitude)}`
