/** What a scenario may be about, to choose from. */
import type { Sql } from 'postgres'
import type { RouteId } from '#ground/ids.ts'
import type { AsAt } from '#ground/time.ts'
import { cutAsAt } from '#knowledge/store'

/** The areas in which pupils live on a day. */
export async function areaChoices(sql: Sql, asAt: AsAt): Promise<string[]> {
  const { held } = await cutAsAt(sql, asAt)
  const rows = await sql<{ area: string }[]>`
    select distinct h.area from pupil_home h where ${held('h')} and h.area is not null order by h.area`
  return rows.map(({ area }) => area)
}

/** The routes there are on a day, by their codes. */
export async function routeChoices(sql: Sql, asAt: AsAt): Promise<{ route: RouteId; code: string }[]> {
  const { held } = await cutAsAt(sql, asAt)
  return await sql<{ route: RouteId; code: string }[]>`
    select r.route_id as route, r.code from route_terms r where ${held('r')} order by r.code`
}
