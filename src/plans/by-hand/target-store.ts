/** Other runs of a plan that somebody could be moved to. */
import type { Sql } from 'postgres'

export type Target = {
  number: number
  name: string
  offer: string
  schools: string
  starts: string
  pupils: number
  vehicle: number
}

/** As many as a person reads through. */
const MOST = 60

/**
 * Runs of other vehicles in the same direction, those to the same school first, then the nearest by where they first
 * call for a pupil, or last set one down. Runs of other schools only where schools may be mixed. `number` is that of the
 * run left; `wanted` is among them however far it is.
 */
export async function runsBeside(
  sql: Sql,
  plan: number,
  { number, mixesSchools, wanted = 0 }: { number: number; mixesSchools: boolean; wanted?: number },
): Promise<Target[]> {
  const far = (run: string) => sql`
    jsonb_path_query_first(${sql(run)}.run, 'strict $.stops[*] ? (@.school == false)')`
  return await sql<Target[]>`
    select number, name, offer, schools, starts, pupils, vehicle from (
      select r.run_number as number, r.name, r.offer, r.schools, to_char(r.starts, 'HH24:MI') as starts,
             cardinality(r.pupils) as pupils, r.vehicle,
             string_to_array(r.schools, ', ') && string_to_array(here.schools, ', ') as same,
             power((${far('r')} ->> 'latitude')::float - (${far('here')} ->> 'latitude')::float, 2)
             + power(((${far('r')} ->> 'longitude')::float - (${far('here')} ->> 'longitude')::float) * 0.62, 2) as away
        from found_run here
        join found_run r on r.plan_id = here.plan_id and r.direction = here.direction and r.vehicle <> here.vehicle
       where here.plan_id = ${plan} and here.run_number = ${number}) beside
     where same or ${mixesSchools}
     order by number = ${wanted} desc, same desc, away, number
     limit ${MOST}`
}
