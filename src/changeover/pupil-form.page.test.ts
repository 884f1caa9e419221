import { beforeAll, expect, test } from 'vitest'
import { addDays, dayInWords, dayOf, now } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import type { Page } from '#web/page.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { leavePage } from './leave.page.ts'
import { moveHomePage } from './move-home.page.ts'
import { moveSchoolPage } from './move-school.page.ts'

const { sql } = realDatabase()
let county: SmallCounty

beforeAll(async () => {
  county = await smallCounty(sql)
  // The forms of this file are sent today: the calendar of the small county is carried on to its day.
  await sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'test', 'A year that lasts')`
    for (const table of [
      'pupil_registration',
      'pupil_particulars',
      'placement',
      'eligibility',
      'travel_arrangement',
    ])
      await tx`select state_fact(${table}::regclass, to_jsonb(f) - 'fact_id' - 'known' || '{"valid": "[2021-09-01,2099-01-01)"}')
                 from ${tx(table)} f where upper_inf(known) and (to_jsonb(f) ->> 'kind') is distinct from 'temporary-vehicle'`
    for (const table of ['contract_terms', 'route_terms', 'run_plan'])
      await tx`select state_fact(${table}::regclass, to_jsonb(f) - 'fact_id' - 'known' || '{"valid": "[2021-09-01,2099-01-01)"}')
                 from ${tx(table)} f where upper_inf(known)`
  })
})

type Sent = { pupil: number; form: Record<string, string>; role?: 'transport-officer' | 'manager' }

const send = (page: Page, { pupil, form, role = 'transport-officer' }: Sent) =>
  page.post?.(
    aVisit(sql, {
      path: `/pupils/${pupil}/change`,
      params: { pupilId: String(pupil) },
      form,
      now: now(),
      person: { id: county.people[role], name: 'Asha Kaur', roles: [role] },
    }),
  )

const farAhead = '2098-02-11'

test('a pupil nobody knows has no page', async () => {
  expect((await send(leavePage, { pupil: 99_999, form: {} }))?.reply).toBe('not-found')
})

test.each([
  ['', 'Enter the last day'],
  ['2027-02-29', '"2027-02-29" is not a day'],
  ['tomorrow', '"tomorrow" is not a day'],
])('the last day %j is asked for again: %s', async (day, says) => {
  const reply = await send(leavePage, { pupil: county.pupils.niamh, form: { 'last-day': day } })
  expect(reply).toMatchObject({ reply: 'show', status: 400 })
  expect(htmlOf(reply)).toContain(says.replaceAll('"', '&quot;'))
})

test('the first step only tells; the second records it, once', async () => {
  const { tomasz } = county.pupils
  const shown = await send(leavePage, { pupil: tomasz, form: { 'last-day': farAhead } })
  const text = textOf(shown)
  expect(text).toContain('Tomasz Zieliński leaves on 11 February 2098')
  expect(text).toContain('The seat on BEA-02 (to school) is given up.')
  expect(text).toContain('Nobody’s travel gets worse.')
  const registered = () => sql`select 1 from pupil_registration
    where pupil_id = ${tomasz} and upper_inf(known) and valid @> '2098-02-12'::date`
  expect(await registered()).toHaveLength(1)

  const done = await send(leavePage, {
    pupil: tomasz,
    form: { 'last-day': farAhead, step: 'record', why: 'Moved to Wales' },
  })
  expect(done).toMatchObject({ reply: 'redirect', to: `/pupils/${tomasz}` })
  expect(await registered()).toHaveLength(0)
  const [revision] = await sql`select reason from revision order by revision desc limit 1`
  expect(revision).toEqual({ reason: 'Tomasz Zieliński leaves on 11 February 2098: Moved to Wales' })
})

test('a form opened before somebody else changed the pupil is sent back with their name', async () => {
  const { tomasz } = county.pupils
  const stale = await send(leavePage, {
    pupil: tomasz,
    form: { 'last-day': '2098-02-10', step: 'record', seen: '1' },
  })
  expect(stale).toMatchObject({ reply: 'show', status: 400 })
  expect(textOf(stale)).toMatch(/changed this pupil’s record on .* after you opened this page/)
})

const nextWeek = addDays(dayOf(now()), 7)
const inTwoWeeks = addDays(nextWeek, 7)
const moveOut = {
  from: nextWeek,
  address: '9 Tide Row',
  postcode: 'wq92bb',
  seats: 'release',
}

test('an officer is told whom a release would strand, and that only a manager may accept it', async () => {
  const shown = await send(moveHomePage, { pupil: county.pupils.ffion, form: moveOut })
  const text = textOf(shown)
  expect(text).toContain('One pupil would be worse off')
  expect(text).toContain('Only a manager may accept it: Helen Marsh.')
  const tried = await send(moveHomePage, {
    pupil: county.pupils.ffion,
    form: {
      ...moveOut,
      step: 'record',
      accept: 'yes',
      reason: 'x',
      until: '2098-01-01',
    },
  })
  expect(tried).toMatchObject({ reply: 'show' })
  expect(await sql`select 1 from accepted_gap`).toHaveLength(0)
})

test('a manager accepts it by name until a day; too early a day says what stays open', async () => {
  const accept = { ...moveOut, step: 'record', accept: 'yes', reason: 'Grandfather drives' }
  const short = await send(moveHomePage, {
    pupil: county.pupils.ffion,
    form: { ...accept, until: inTwoWeeks },
    role: 'manager',
  })
  expect(textOf(short)).toContain(
    `pupils would still be worse off from ${dayInWords(addDays(inTwoWeeks, 1))}`,
  )
  const unexplained = await send(moveHomePage, {
    pupil: county.pupils.ffion,
    form: { ...accept, reason: ' ', until: '2098-01-01' },
    role: 'manager',
  })
  expect(textOf(unexplained)).toContain('Enter why this cannot wait')

  const done = await send(moveHomePage, {
    pupil: county.pupils.ffion,
    form: { ...accept, until: '2098-01-01' },
    role: 'manager',
  })
  expect(done).toMatchObject({ reply: 'redirect' })
  const accepted = await sql`select distinct reason, accepted_by from accepted_gap where upper_inf(known)`
  expect(accepted).toEqual([{ reason: 'Grandfather drives', accepted_by: county.people.manager }])
  const [home] = await sql`select postcode from pupil_home
    where pupil_id = ${county.pupils.ffion} and upper_inf(known) and valid @> ${nextWeek}::date`
  expect(home).toEqual({ postcode: 'WQ9 2BB' })
})

test('everything that is wrong with a form is said at once', async () => {
  const reply = await send(moveHomePage, {
    pupil: county.pupils.ivy,
    form: {
      from: '',
      postcode: '75001 Paris',
      days: 'sometimes',
    },
  })
  const html = htmlOf(reply)
  for (const field of ['from', 'address', 'postcode', 'days', 'seats'])
    expect(html).toContain(`href="#${field}"`)
})

test('a school move shows the seats it gives up; the school they attend is refused', async () => {
  const { ivy } = county.pupils
  const shown = await send(moveSchoolPage, {
    pupil: ivy,
    form: { from: nextWeek, school: String(county.oakfield) },
  })
  expect(textOf(shown)).toContain('The seat on BEA-02 (to school) is given up.')
  const same = await send(moveSchoolPage, {
    pupil: ivy,
    form: { from: nextWeek, school: String(county.beacon) },
  })
  expect(textOf(same)).toContain('The pupil already attends this school')
})
