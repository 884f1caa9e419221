import { beforeAll, expect, test } from 'vitest'
import { now } from '#ground/time.ts'
import { beginRevision, stateFact, withdrawFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { acceptPlan, makePlanReal } from '../real/going-forward-store.ts'
import { beginsOn, type PlannedCounty, plannedCounty, today } from '../real/testing.ts'
import { planPlaceCommand } from './place.command.ts'
import { pupilPlacesPage } from './places.page.ts'
import { planRepairCommand } from './repair.command.ts'
import { repairOperatorPage, repairRoutePage } from './repair.page.ts'

const { sql, inTransaction } = realDatabase()
let county: PlannedCounty

/** The two taxis of the plan drive, each with its stops; and Musa comes to The Beacon with nothing arranged. */
beforeAll(async () => {
  county = await plannedCounty(sql)
  const { musa } = county.pupils
  const which = { scenario: county.scenario, plan: county.plan, today }
  await inTransaction(async (tx) => {
    await beginRevision(tx, { by: county.people.manager, reason: 'Accepted' })
    await acceptPlan(tx, which)
  })
  await inTransaction(async (tx) => {
    await beginRevision(tx, { by: county.people.manager, reason: 'Made real' })
    const operators = new Map([['Taxi', county.kestrel]])
    await makePlanReal(tx, { ...which, operators, lastDay: '2023-07-22' as typeof today })
    const valid = `[${beginsOn},2022-07-23)`
    const placement = { pupil_id: musa, school_id: county.beacon, pattern: '{[0,10),[14,24)}', valid }
    await stateFact(tx, 'placement', placement)
    for (const direction of [1, 2])
      await withdrawFact(tx, 'travel_arrangement', {
        pupil_id: musa,
        direction,
        days: '{[0,14)}',
        valid: `[${beginsOn},)`,
      })
  })
})

const visit = (form: Record<string, string> = {}) =>
  aVisit(sql, {
    now: now(),
    today,
    person: { id: county.people['transport-officer'], name: 'Asha Kaur', roles: ['transport-officer'] },
    params: { pupilId: String(county.pupils.musa) },
    query: { from: '2022-03-02' },
    form,
  })
const post = async (form: Record<string, string>) => {
  if (!pupilPlacesPage.post) throw new Error('unreachable')
  return await pupilPlacesPage.post(visit({ from: '2022-03-02', ...form }))
}
const runsTo = async () => {
  const rows = await sql<{ run: number }[]>`
    select run_id as run from run join plan_route using (route_id) where direction = 1 order by run_id`
  return rows.map(({ run }) => String(run))
}

test('the places are shown, each with what it does to those aboard, and what a new run would cost', async () => {
  const text = textOf(await pupilPlacesPage.get(visit()))
  expect(text).toMatch(/Where could Musa Bello ride\?.*2 routes to the school looked at/)
  expect(text).toMatch(new RegExp(`P${county.plan}-\\d, Kestrel Cars`))
  expect(text).toMatch(/Or a new run: Taxi, £\d+.*Home, Monday to Friday P\d+-\d, Kestrel Cars/)
})

test('nothing chosen is refused, and so is a place that is gone', async () => {
  expect(textOf(await post({}))).toContain('Choose a place, in one direction at least')
  expect(textOf(await post({ 'place-1-1': '99999' }))).toContain('That place is gone')
})

test('one is kept: its effects are shown first, then the stop is planned and the seat given', async () => {
  const [first = '', other = ''] = await runsTo()
  const form = { 'place-1-1': first }
  expect(textOf(await post(form))).toMatch(/Musa Bello rides on P\d+-1 from 2 March 2022.*miles more/)
  expect(await post({ ...form, step: 'record' })).toMatchObject({ reply: 'redirect' })
  const { musa } = county.pupils
  const [kept] = await sql`
    select jsonb_path_exists(p.stops, '$[*] ? (@.pupil == $pupil)', jsonb_build_object('pupil', ${musa}::integer)) as stops,
           lower(t.valid) as from
      from travel_arrangement t join run_plan p using (run_id)
     where t.pupil_id = ${musa} and t.kind = 'seat' and upper_inf(t.known) and upper_inf(p.known) and p.valid @> '2022-03-02'::date`
  expect(kept).toEqual({ stops: true, from: '2022-03-02' })
  expect(textOf(await post({ 'place-1-1': other }))).toMatch(/Already seated on P\d+-1/)
})

test('the command says the same, and how long it took', async () => {
  const ask = async (word: string, options: Record<string, string | true>) => {
    const asked = { words: [word], options, sql, today, now: now(), say: () => {} }
    const answer = await planPlaceCommand.run(asked)
    return answer.answer === 'refused' ? answer.sentence : answer.text
  }
  const from = '2022-03-02'
  expect(await ask(String(county.pupils.musa), { from, crowFly: true })).toMatch(
    /To school, Monday to Friday:\n {2}1\. P.*\n[\s\S]*Answered in \d+ ms\./,
  )
  expect(await ask(String(county.pupils.musa), { from })).toMatch(/no roads.*--crow-fly/)
  expect(await ask('x', {})).toMatch(/"x" is no pupil/)
  expect(await ask(String(county.pupils.jack), { from, crowFly: true })).toMatch(/Need not be carried/)
})

test('a lost route, or an operator, is told pupil by pupil; anything else is refused in words', async () => {
  const ask = async (options: Record<string, string | true>) => {
    const asked = { words: [], options, sql, today, now: now(), say: () => {} }
    const answer = await planRepairCommand.run(asked)
    return answer.answer === 'refused' ? answer.sentence : answer.text
  }
  const [row] = await sql<{ route: number }[]>`select min(route_id) as route from plan_route`
  const how = { from: '2022-03-03', crowFly: true } as const
  const text = await ask({ ...how, route: String(row?.route) })
  expect(text).toMatch(
    /^3 pupils of lost routes; 0 other pupils would change vehicle; 0 pupils would have no place\./,
  )
  expect(text).toMatch(/Ffion Price-Hargreaves, to school: P\d+-2, Kestrel Cars/)
  expect(await ask({ ...how, operator: String(county.kestrel) })).toMatch(/Ivy Lane, home: a new run, Taxi/)
  expect(await ask(how)).toBe('Say what is lost: one of --route 12 or --operator 7.')
  expect(await ask({ ...how, route: '9999' })).toMatch(/No route to a school is lost/)
})

test('the page of a lost route, or an operator, says who has no place first, and leads to each pupil’s own page', async () => {
  const [row] = await sql<{ route: number }[]>`select min(route_id) as route from plan_route`
  const params = { routeId: String(row?.route), operatorId: String(county.kestrel) }
  const at = (query: Record<string, string>) => ({ ...visit(), params, query })
  const route = await repairRoutePage.get(at({ from: '2022-03-03' }))
  expect(textOf(route)).toMatch(/If P\d+-1 were lost From 3 March 2022.*Everybody has a place 3 pupils would/)
  expect(textOf(route)).toMatch(/Ffion Price-Hargreaves To school Monday to Friday P\d+-2 Kestrel Cars/)
  expect(textOf(route)).toContain('Every time is estimated by a straight line')
  expect(htmlOf(route)).toContain(`/pupils/${county.pupils.ffion}/places?from=2022-03-03`)

  const operator = await repairOperatorPage.get(at({ from: '2022-03-03' }))
  expect(textOf(operator)).toMatch(
    /If Kestrel Cars were lost.*Ivy Lane Home Monday to Friday A new run, Taxi/,
  )
  expect(textOf(await repairRoutePage.get(at({ from: 'soon' })))).toContain('soon&quot; is not a day')
  expect(await repairRoutePage.get({ ...at({}), params: { routeId: '9999' } })).toEqual({
    reply: 'not-found',
  })
})
