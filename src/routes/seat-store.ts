/** The seats a pupil has on a day: who comes, when, in what, and what has been said about it. */
import type { Sql } from 'postgres'
import type { ContractId, OperatorId, PupilId, RouteId, RunId } from '#ground/ids.ts'
import type { AsAt, PlainDate, WallTime } from '#ground/time.ts'
import { cutAsAt } from '#knowledge/store'

export type SeatOfDay = {
  direction: 1 | 2
  run: RunId
  route: RouteId
  code: string
  contract: ContractId | null
  reference: string | null
  contractLastDay: PlainDate | null
  operator: OperatorId | null
  operatorName: string | null
  operatorPhone: string | null
  vehicleType: string | null
  /** When the vehicle is at the pupil's stop. */
  at: WallTime | null
  schoolAt: WallTime | null
  others: number
  crew: { name: string; post: string }[]
  words: { kind: string; evidence: string; givenOn: PlainDate }[]
}

export type SharedRun = { code: string; direction: 1 | 2 }

/** The runs on which two pupils both have a seat on one and the same day, on or after the one asked about. */
export async function runsTogether(
  sql: Sql,
  [one, other]: readonly [PupilId, PupilId],
  asAt: AsAt,
): Promise<SharedRun[]> {
  const { revision } = await cutAsAt(sql, asAt)
  return await sql<SharedRun[]>`
    select distinct coalesce(r.code, 'Run ' || run.run_id) as code, run.direction
      from travel_arrangement a
      join travel_arrangement b on b.run_id = a.run_id and b.days && a.days
       and not isempty(b.valid * a.valid * daterange(${asAt.on}::date, null))
      join run on run.run_id = a.run_id
      left join route_terms r on r.route_id = run.route_id and r.known @> ${revision}::bigint
                             and not isempty(r.valid * a.valid * b.valid * daterange(${asAt.on}::date, null))
     where a.pupil_id = ${one} and b.pupil_id = ${other}
       and a.known @> ${revision}::bigint and b.known @> ${revision}::bigint
     order by direction, code`
}

/** A pupil's seats on a day, as known at a moment, to school first. */
export async function seatsOfPupil(sql: Sql, pupil: PupilId, asAt: AsAt): Promise<SeatOfDay[]> {
  const { on } = asAt
  const { revision, held } = await cutAsAt(sql, asAt)
  return await sql<SeatOfDay[]>`
    with seat as materialized (
      select t.direction, t.run_id, run.route_id
        from travel_arrangement t join run using (run_id)
       where t.pupil_id = ${pupil} and t.kind = 'seat' and ${held('t')} and t.days @> fortnight_day(${on}::date)
    )
    select seat.direction, seat.run_id as run, seat.route_id as route, coalesce(r.code, 'Run ' || seat.run_id) as code,
           r.contract_id as contract,
           coalesce(c.reference, past.reference) as reference,
           (upper(coalesce(c.valid, past.valid)) - 1)::date as "contractLastDay",
           o.operator_id as operator, o.name as "operatorName", o.phone as "operatorPhone", p.vehicle_type as "vehicleType",
           (select stop ->> 'at' from jsonb_array_elements(p.stops) stop where (stop ->> 'pupil')::integer = ${pupil} limit 1) as at,
           (select stop ->> 'at' from jsonb_array_elements(p.stops) stop where stop ->> 'kind' = 'school' limit 1) as "schoolAt",
           (select count(distinct t.pupil_id)::integer from travel_arrangement t
             where t.run_id = seat.run_id and t.pupil_id <> ${pupil} and ${held('t')}
               and t.days @> fortnight_day(${on}::date)) as others,
           (select coalesce(jsonb_agg(jsonb_build_object('name', w.name, 'post', m.post) order by m.post), '[]')
              from run_crew m join crew_particulars w on w.crew_id = m.crew_id and ${held('w')}
             where m.run_id = seat.run_id and ${held('m')} and m.days @> fortnight_day(${on}::date)) as crew,
           (select coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'evidence', f.evidence, 'givenOn', f.given_on)), '[]')
              from confirmation f
             where f.contract_id = r.contract_id and ${held('f')} and f.run_id in (0, seat.run_id)
               and f.pupil_id in (0, ${pupil})) as words
      from seat
      left join route_terms r on r.route_id = seat.route_id and ${held('r')}
      left join contract_terms c on c.contract_id = r.contract_id and ${held('c')}
      left join lateral (select x.reference, x.valid, x.operator_id from contract_terms x
                          where x.contract_id = r.contract_id and x.known @> ${revision}::bigint
                          order by lower(x.valid) desc limit 1) past on true
      left join operator_particulars o on o.operator_id = coalesce(c.operator_id, past.operator_id) and ${held('o')}
      left join run_plan p on p.run_id = seat.run_id and ${held('p')} and p.days @> fortnight_day(${on}::date)
     order by seat.direction`
}
