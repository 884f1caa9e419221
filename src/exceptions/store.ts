/**
 * The list of exceptions of a day, as known at a moment: two queries at once, whatever the size of the county. Both
 * read one revision, so that what is written meanwhile is in neither.
 */
import type { Sql } from 'postgres'
import type { AsAt } from '#ground/time.ts'
import { addDays } from '#ground/time.ts'
import { type Cut, cutAsAt } from '#knowledge/store'
import type { DayRules, Exception } from './exception.ts'
import { pupilExceptions } from './pupil-kinds-store.ts'
import type { Fragment, Question } from './question-store.ts'
import { runExceptions } from './run-kinds-store.ts'

/** Everything exceptional on a day or within the days ahead that the council looks; in no order. */
export async function exceptionsAsAt(sql: Sql, asAt: AsAt): Promise<Exception[]> {
  const cut = await cutAsAt(sql, asAt)
  const question = { sql, on: asAt.on, revision: cut.revision, rules: await dayRules(sql, cut) }
  const found = await Promise.all([listed(question, pupilExceptions), listed(question, runExceptions)])
  return found.flat()
}

/** The exceptions of some kinds, with what everybody and everything in them is called. */
async function listed(
  question: Question,
  kinds: (question: Question, ahead: Fragment) => Fragment,
): Promise<Exception[]> {
  const { sql, on, revision, rules } = question
  const lastDay = addDays(on, rules.ahead)
  const ahead = sql`daterange(${on}::date, ${lastDay}::date, '[]')`
  return await sql<Exception[]>`
    with seat as materialized (
      select t.pupil_id, t.run_id, t.direction, t.days, t.valid::daterange as valid, run.route_id
        from travel_arrangement t join run using (run_id)
       where t.kind = 'seat' and stands(t.valid, t.known, ${on}::date, ${lastDay}::date, ${revision}::bigint)
    ), need as materialized (
      select n.pupil_id, n.valid::daterange as valid, n.single_occupancy, n.assistant, n.missing,
             n.mobility = 'wheelchair' and n.wheelchair_travel is distinct from 'transfer' as rides
        from travel_need n where n.known @> ${revision}::bigint and n.valid && ${ahead}
    ), deal as materialized (
      select c.contract_id, c.operator_id, c.reference, c.valid::daterange as valid
        from contract_terms c where c.known @> ${revision}::bigint and c.status <> 'handed-back'
    ), route as materialized (
      select r.route_id, r.contract_id, r.code, r.school_id, r.valid::daterange as valid
        from route_terms r where r.known @> ${revision}::bigint
    ), in_force as materialized (
      select r.route_id, range_agg(r.valid * c.valid) as days
        from route r join deal c on c.contract_id = r.contract_id and c.valid && r.valid
       group by r.route_id
    ), named as materialized (
      select distinct on (r.route_id) r.route_id, r.code, r.contract_id, c.reference, c.operator_id
        from route r
        left join deal c on c.contract_id = r.contract_id
       order by r.route_id, r.valid @> ${on}::date desc, lower(r.valid) desc, c.valid @> ${on}::date desc, lower(c.valid) desc
    ), found (kind, pupil_id, other_id, route_id, operator_id, holder, since, due, note, pupils) as (
      ${kinds(question, ahead)}
    )
    select f.kind, f.pupil_id as pupil, n.given_name || ' ' || n.family_name as name, f.other_id as other,
           o.given_name || ' ' || o.family_name as "otherName", f.route_id as route, r.code, r.contract_id as contract,
           r.reference, coalesce(f.operator_id, r.operator_id) as operator, p.name as "operatorName", f.holder,
           f.since, f.due, f.note, coalesce(f.pupils, array_remove(array[f.pupil_id, f.other_id], null)) as pupils
      from found f
      left join named r on r.route_id = f.route_id
      left join pupil_particulars n on n.pupil_id = f.pupil_id and n.known @> ${revision}::bigint and n.valid @> ${on}::date
      left join pupil_particulars o on o.pupil_id = f.other_id and o.known @> ${revision}::bigint and o.valid @> ${on}::date
      left join operator_particulars p on p.operator_id = coalesce(f.operator_id, r.operator_id)
                                      and p.known @> ${revision}::bigint and p.valid @> ${on}::date`
}

/** What the council has set for a day, or what the product sets where it has not. */
async function dayRules(sql: Sql, { held }: Cut): Promise<DayRules> {
  const set = await sql<{ name: string; days: number }[]>`
    select p.name, (p.value #>> '{}')::integer as days from policy p
     where p.name in ('exceptions-days-ahead', 'check-warning-days') and ${held('p')}`
  const days = new Map(set.map((one) => [one.name, one.days]))
  return {
    ahead: days.get('exceptions-days-ahead') ?? 14,
    checks: days.get('check-warning-days') ?? 20,
  }
}
