/** The networks of roads that have answered, each by its name. */
import type { Sql } from 'postgres'
import { beginRevision, FIRSTBELL } from '#knowledge/store'
import type { OwnRoads, TravelTimes } from '#roads'

/** The number of the network behind these answers; a network that has not answered before is recorded. */
export async function numberOfNetwork(sql: Sql, roads: TravelTimes | OwnRoads): Promise<number> {
  return (await known(sql, roads.network)) ?? (await record(sql, roads))
}

async function known(sql: Sql, name: string): Promise<number | undefined> {
  const [row] = await sql<{ id: number }[]>`select network_id as id from road_network where name = ${name}`
  return row?.id
}

async function record(sql: Sql, roads: TravelTimes | OwnRoads): Promise<number> {
  const report = 'report' in roads ? roads.report : {}
  return (await sql.begin(async (tx) => {
    await beginRevision(tx, {
      by: FIRSTBELL,
      request: 'roads',
      reason: `Network of roads ${roads.network} answers from now on`,
    })
    const [row] = await tx<{ id: number }[]>`
      insert into road_network (name, built)
      values (${roads.network}, ${tx.json(report as never)})
      on conflict (name) do update set name = excluded.name
      returning network_id as id`
    return row?.id
  })) as number
}
