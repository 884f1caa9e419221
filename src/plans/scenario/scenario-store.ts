/** Keeps scenarios: made once with their people frozen, their terms and choices added to, nothing overwritten. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { PlainDate } from '#ground/time.ts'
import { type Author, beginRevision } from '#knowledge/store'
import { peopleOf } from './people-store.ts'
import type { Choice, Exception, Scenario, Scope, Terms } from './scenario.ts'

export type NewScenario = { name: string; scope: Scope; beginsOn: PlainDate; terms: Terms }
export type NotMade = 'name-is-taken' | 'nobody-to-plan-for' | 'begins-in-the-past'

type Making = { wanted: NewScenario; today: PlainDate; author: Author }

/** Makes a scenario and freezes its people: everyone of its scope on the day it begins, as known now. */
export async function makeScenario(
  sql: Sql,
  { wanted, today, author }: Making,
): Promise<Result<number, NotMade>> {
  const { name, scope, beginsOn, terms } = wanted
  if (beginsOn <= today) return refuse('begins-in-the-past')
  return (await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    const [taken] = await tx`select 1 from scenario where name = ${name}`
    if (taken) return refuse('name-is-taken')
    const [clock] = await tx<{ known: number }[]>`select current_revision() - 1 as known`
    const cut = { on: beginsOn, revision: clock?.known ?? 0 }
    const members = (await peopleOf(tx as unknown as Sql, scope, cut)).map(({ pupil }) => pupil)
    if (members.length === 0) return refuse('nobody-to-plan-for')
    const [made] = await tx<{ id: number }[]>`
      insert into scenario (name, scope, begins_on, cut, members)
      values (${name}, ${tx.json(scope as never)}, ${beginsOn}, ${cut.revision}, ${members})
      returning scenario_id as id`
    const id = made?.id ?? 0
    await tx`
      insert into scenario_terms (scenario_id, mixes_schools, times, change_pence, beyond_direct_minutes, fixed_routes)
      values (${id}, ${terms.mixesSchools}, ${terms.times}, ${terms.change}, ${terms.beyondDirectMinutes},
              ${[...terms.fixedRoutes]})`
    return ok(id)
  })) as Result<number, NotMade>
}

/** Every scenario, or one of them, the latest first, under the terms that stand. */
export async function scenarios(sql: Sql, id?: number): Promise<Scenario[]> {
  return await sql<Scenario[]>`
    select s.scenario_id as id, s.name, s.scope, s.begins_on as "beginsOn", s.cut, s.members,
           jsonb_build_object('mixesSchools', t.mixes_schools, 'times', t.times, 'change', t.change_pence,
                              'beyondDirectMinutes', t.beyond_direct_minutes, 'fixedRoutes', t.fixed_routes) as terms,
           p.name as "madeBy", r.recorded_at as "madeAt"
      from scenario s
      join revision r using (revision)
      join person p using (person_id)
      cross join lateral (select x.* from scenario_terms x where x.scenario_id = s.scenario_id
                           order by x.terms_id desc limit 1) t
     where ${id === undefined ? sql`true` : sql`s.scenario_id = ${id}`}
     order by s.scenario_id desc`
}

type Choosing = { scenario: number; pupil: PupilId; choice: Choice['choice']; author: Author }

/** Records how one pupil is planned for, and why. The last word stands. */
export async function choose(sql: Sql, { scenario, pupil, choice, author }: Choosing): Promise<void> {
  await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    await tx`
      insert into scenario_choice (scenario_id, pupil_id, choice, reason)
      values (${scenario}, ${pupil}, ${choice}, ${author.reason})`
  })
}

/** What was last decided of each pupil of a scenario. */
export async function choicesOf(sql: Sql, scenario: number): Promise<Choice[]> {
  return await sql<Choice[]>`
    select distinct on (c.pupil_id) c.pupil_id as pupil, c.choice, c.reason, p.name as by, r.recorded_at as at
      from scenario_choice c
      join revision r using (revision)
      join person p using (person_id)
     where c.scenario_id = ${scenario}
     order by c.pupil_id, c.choice_id desc`
}

type Excepting = Pick<Exception, 'pupil' | 'longestRideMinutes' | 'approvedBy'> & {
  scenario: number
  author: Author
}

/** Records that one pupil's ride may be longer, or must be shorter, than the council's policy. The last word stands. */
export async function except(sql: Sql, { scenario, author, ...but }: Excepting): Promise<void> {
  await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    await tx`
      insert into scenario_exception (scenario_id, pupil_id, longest_ride_minutes, approved_by, reason)
      values (${scenario}, ${but.pupil}, ${but.longestRideMinutes}, ${but.approvedBy}, ${author.reason})`
  })
}

/** The exceptions that stand in a scenario, each pupil once. */
export async function exceptionsOf(sql: Sql, scenario: number): Promise<Exception[]> {
  return await sql<Exception[]>`
    select distinct on (c.pupil_id) c.pupil_id as pupil, c.longest_ride_minutes as "longestRideMinutes",
           c.approved_by as "approvedBy", c.reason, p.name as by, r.recorded_at as at
      from scenario_exception c
      join revision r using (revision)
      join person p using (person_id)
     where c.scenario_id = ${scenario}
     order by c.pupil_id, c.exception_id desc`
}
