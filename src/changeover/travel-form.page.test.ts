import { beforeAll, expect, test } from 'vitest'
import { addDays, dayInWords, dayOf, now, type PlainDate, weekdayOf } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import type { Page } from '#web/page.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { runConfirmPage } from '../routes/confirm.page.ts'
import { arrangementPage } from './arrangement.page.ts'
import { needPage } from './need.page.ts'
import { seatPage } from './seat.page.ts'

const { sql } = realDatabase()
let county: SmallCounty
const today = dayOf(now())
const nextWeek = addDays(today, 7)

beforeAll(async () => {
  county = await smallCounty(sql)
  await sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'test', 'The county of that February, carried on to today')`
    const tables =
      'pupil_registration,pupil_particulars,placement,pupil_home,eligibility,travel_need,contract_terms,route_terms,run_plan,run_crew,run_vehicle,operator_particulars'
    for (const table of tables.split(','))
      await tx`select state_fact(${table}::regclass, to_jsonb(f) - 'fact_id' - 'known' || '{"valid": "[2021-09-01,2099-01-01)"}')
                 from ${tx(table)} f where upper_inf(known)`
    await tx`select state_fact('travel_arrangement', to_jsonb(f) - 'fact_id' - 'known' || '{"valid": "[2021-09-01,2099-01-01)"}')
               from travel_arrangement f where upper_inf(known) and pupil_id in (${county.pupils.tomasz}, ${county.pupils.ffion})`
  })
})

type Sent = {
  params: Record<string, string>
  form?: Record<string, string>
  lists?: Record<string, string[]>
}
const visit = ({ params, form = {}, lists }: Sent) =>
  aVisit(sql, {
    params,
    form,
    ...(lists && { formLists: lists }),
    now: now(),
    person: { id: county.people['transport-officer'], name: 'Asha Kaur', roles: ['transport-officer'] },
  })
const of = (pupil: number) => ({ pupilId: String(pupil) })
const send = (page: Page, sent: Sent) => page.post?.(visit(sent))

test('a seat is found on the runs to the pupil’s school, each with who is aboard', async () => {
  const shown = await seatPage.get(visit({ params: of(county.pupils.ivy) }))
  expect(textOf(shown)).toMatch(/Runs with room on .* BEA-02, Kestrel Cars Minibus, 2 pupils aboard/)
})

test('from a Saturday on, what is aboard is told of the first day at school', async () => {
  const saturday = Array.from({ length: 7 }, (_, n) => addDays(nextWeek, n)).find(
    (day) => weekdayOf(day) === 6,
  )
  const monday = addDays(saturday as PlainDate, 2)
  const shown = await seatPage.get(
    visit({ params: of(county.pupils.ivy), form: { from: saturday as PlainDate } }),
  )
  expect(textOf(shown)).toContain(`Runs with room on ${dayInWords(monday)} BEA-02, Kestrel Cars`)
  expect(textOf(shown)).toContain('2 pupils aboard')
})

test('a seat is given from the day asked', async () => {
  const { ivy } = county.pupils
  const run = String(county.runs.morning)
  const given = await send(seatPage, { params: of(ivy), form: { from: nextWeek, run, step: 'record' } })
  expect(given).toMatchObject({ reply: 'redirect', to: `/pupils/${ivy}` })
  const [seat] = await sql`select run_id from travel_arrangement
    where pupil_id = ${ivy} and direction = 1 and upper_inf(known) and valid @> ${nextWeek}::date`
  expect(seat).toEqual({ run_id: county.runs.morning })
})

test('scenario 7: a second seat is refused, or takes the first one’s place for a reason; no day has two runs to invoice', async () => {
  const { tomasz } = county.pupils
  const first = county.runs.morning
  const [made] = await sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'test', 'Another run')`
    const rows = await tx<
      { id: number }[]
    >`insert into run (route_id, direction) values (${county.route}, 1) returning run_id as id`
    await tx`select state_fact('run_plan', ${tx.json({ run_id: rows[0]?.id ?? 0, days: '{[0,5),[7,12)}', vehicle_type: 'Taxi', layouts: [[4, 0]], valid: '[2021-09-01,)' })})`
    return rows
  })
  const other = { from: nextWeek, run: String(made?.id) }
  for (const step of ['', 'record']) {
    const twice = await send(seatPage, { params: of(tomasz), form: { ...other, step } })
    expect(twice).toMatchObject({ reply: 'show', status: 400 })
    expect(textOf(twice)).toContain('Already seated on BEA-02 (C-0902), Monday to Friday')
  }
  const instead = { ...other, instead: String(first) }
  const unexplained = await send(seatPage, { params: of(tomasz), form: { ...instead, step: 'record' } })
  expect(textOf(unexplained)).toContain('Enter why the seat they have is given up')
  expect(htmlOf(unexplained)).toContain('href="#why"')

  const reasoned = { ...instead, why: 'The taxi is nearer' }
  const shown = await send(seatPage, { params: of(tomasz), form: reasoned })
  expect(textOf(shown)).toContain('Nobody’s travel gets worse.')
  const recorded = await send(seatPage, { params: of(tomasz), form: { ...reasoned, step: 'record' } })
  expect(recorded).toMatchObject({ reply: 'redirect' })
  const [revision] = await sql`select reason from revision order by revision desc limit 1`
  expect(revision?.['reason']).toMatch(/^Tomasz Zieliński gets a seat from .*: The taxi is nearer$/)

  // What an invoice of either run could claim him for: each morning of a month around the change, one of them.
  const days = Array.from({ length: 30 }, (_, n) => addDays(nextWeek, n - 10))
  const claims = await sql<{ day: PlainDate; runs: number[] }[]>`
    select day::date::text as day, array_agg(run_id) as runs
      from unnest(${days}::date[]) day
      join travel_arrangement t on t.pupil_id = ${tomasz} and t.direction = 1 and t.valid @> day::date and upper_inf(t.known)
     group by day order by day`
  expect(claims.map(({ runs }) => runs)).toEqual(days.map((day) => [day < nextWeek ? first : made?.id]))
})

test('asking for the runs of another day judges nothing yet', async () => {
  const shown = await send(seatPage, {
    params: of(county.pupils.ivy),
    form: { look: 'yes', direction: '2', from: nextWeek },
  })
  expect(shown).toMatchObject({ reply: 'show', status: 200 })
})

test('an allowance without consent is refused, and with it recorded', async () => {
  const form = { kind: 'mileage', way: 'both', from: nextWeek }
  const without = await send(arrangementPage, { params: of(county.pupils.zoe), form })
  expect(htmlOf(without)).toContain('href="#given-by"')
  const signed = { ...form, 'given-by': 'Her mother', evidence: 'Signed form of 3 March', step: 'record' }
  expect(await send(arrangementPage, { params: of(county.pupils.zoe), form: signed })).toMatchObject({
    reply: 'redirect',
  })
  const legs = await sql`select kind from travel_arrangement
    where pupil_id = ${county.pupils.zoe} and upper_inf(known) and valid @> ${nextWeek}::date`
  expect(legs).toEqual([{ kind: 'mileage' }, { kind: 'mileage' }])
})

const need = {
  from: nextWeek,
  'sent-by': 'SEN team, West',
  seats: 'keep',
  mobility: 'wheelchair',
  wheelchairTravel: 'ride-on',
  assistant: 'none',
  handover: 'school-staff',
  communication: 'Signs',
}

test('scenario 24 on the page: an incomplete form names what it owes and is kept as refused', async () => {
  const refused = await send(needPage, { params: of(county.pupils.musa), form: need })
  expect(refused).toMatchObject({ status: 400 })
  for (const field of ['wheelchairMake', 'wheelchairModel'])
    expect(htmlOf(refused)).toContain(`href="#${field}"`)
  const kept = await sql`select outcome, missing from travel_need_form where pupil_id = ${county.pupils.musa}`
  expect(kept).toEqual([{ outcome: 'refused', missing: ['wheelchairMake', 'wheelchairModel'] }])

  const whole = { ...need, wheelchairMake: 'Quickie', wheelchairModel: 'Life', step: 'record' }
  expect(await send(needPage, { params: of(county.pupils.musa), form: whole })).toMatchObject({
    reply: 'redirect',
  })
  const [taken] = await sql`select mobility from travel_need
    where pupil_id = ${county.pupils.musa} and upper_inf(known) and valid @> ${nextWeek}::date`
  expect(taken).toEqual({ mobility: 'wheelchair' })
})

test('a wheelchair that does not fit the run they have is said before the form is taken', async () => {
  const form = {
    ...need,
    wheelchairMake: 'Quickie',
    wheelchairModel: 'Life',
    singleOccupancy: 'yes',
    singleOccupancyReason: 'Distress',
    singleOccupancyReviewOn: nextWeek,
    triggers: 'Sirens',
  }
  const shown = await send(needPage, { params: of(county.pupils.ffion), form })
  expect(textOf(shown)).toMatch(/is kept, but the pupil must travel alone and \d others? are? aboard/)
})

test('telling a family is recorded with its proof, for the pupils chosen', async () => {
  const { tomasz } = county.pupils
  const params = { runId: String(county.runs.afternoon) }
  const form = { rung: 'family-told', evidence: 'Text delivered', 'given-on': today }
  const nobody = await send(runConfirmPage, { params, form })
  expect(htmlOf(nobody)).toContain('href="#pupils"')
  const lists = {
    ...Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value]])),
    pupils: [String(tomasz)],
  }
  expect(await send(runConfirmPage, { params, form, lists })).toMatchObject({ reply: 'redirect' })
  const said = await sql`select evidence from confirmation
    where kind = 'family-told' and pupil_id = ${tomasz} and run_id = ${county.runs.afternoon} and upper_inf(known)`
  expect(said).toEqual([{ evidence: 'Text delivered' }])
})
