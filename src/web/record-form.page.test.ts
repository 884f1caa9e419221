import { beforeAll, expect, test } from 'vitest'
import { now, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { formSender, type Sent } from '#test/record-form.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { aVisit, htmlOf } from '#web/testing.ts'
import { decisionPage } from '../eligibility/decision.page.ts'
import { checkPage, newCrewPage, newVehiclePage } from '../operators/fleet.page.ts'
import { absencePage, placementPage } from '../pupils/attendance.page.ts'
import { carerPage, contactPage, newCarerPage } from '../pupils/carer.page.ts'
import { newPupilPage } from '../pupils/register.page.ts'
import { schoolBellsPage, schoolClosurePage, schoolTermPage } from '../schools/calendar.page.ts'

const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
})

const { record, refusal } = formSender(sql, () => county)

const lastFact = async (table: string) => {
  const [row] =
    await sql`select to_jsonb(f) - 'fact_id' - 'known' as fact from ${sql(table)} f order by fact_id desc limit 1`
  return row?.['fact'] as Record<string, unknown>
}

test('a school shut by snow is shut from the day recorded, and opens again when that is taken back', async () => {
  const school = { schoolId: county.oakfield }
  const snow = { what: 'whole-day', 'first-day': '2022-02-15', 'last-day': '', why: 'Snow' }
  const { told } = await record(schoolClosurePage, school, snow)
  expect(told).toContain('No pupil has to be fetched')
  const open = async () => {
    const [row] =
      await sql`select open from school_open((select revision from knowledge_clock), array['2022-02-15'::date]) where school_id = ${county.oakfield}`
    return row?.['open']
  }
  expect(await open()).toBe(false)
  await record(schoolClosurePage, school, { ...snow, what: 'open' })
  expect(await open()).toBe(true)
})

test.each([
  [{ what: 'whole-day', 'first-day': '2022-02-15', why: '' }, 'Enter why'],
  [{ what: 'whole-day', 'first-day': '2022-02-30', why: 'Snow' }, '"2022-02-30" is not a day'],
  [
    { what: 'whole-day', 'first-day': '2022-02-15', 'last-day': '2022-02-14', why: 'Snow' },
    'The last day is before 15 February 2022',
  ],
  [{ 'first-day': '2022-02-15', why: 'Snow' }, 'Say what happens'],
])('a closure sent as %j is asked for again', async (form, says) => {
  expect(await refusal(schoolClosurePage, { schoolId: county.oakfield }, form as Sent)).toContain(says)
})

test('bells and terms change from the day recorded', async () => {
  const school = { schoolId: county.oakfield }
  await record(schoolBellsPage, school, {
    days: 'Friday',
    opens: '08:45',
    closes: '13:30',
    from: '2022-03-01',
  })
  expect(await lastFact('bell_time')).toMatchObject({ opens: '08:45:00', closes: '13:30:00' })
  expect(
    await refusal(schoolBellsPage, school, { opens: '15:00', closes: '09:00', from: '2022-03-01' }),
  ).toContain('It would close before 3:00pm')
  await record(schoolTermPage, school, {
    name: 'Summer',
    'first-day': '2023-04-17',
    'last-day': '2023-07-21',
  })
  expect(await lastFact('school_term')).toMatchObject({ name: 'Summer', valid: '[2023-04-17,2023-07-22)' })
})

test('a new pupil is on the register from the day, with a home and a school, and the page is theirs', async () => {
  const { to } = await record(
    newPupilPage,
    {},
    {
      'given-name': 'Nia',
      'family-name': 'Okafor',
      'born-on': '2016-02-29',
      upn: 'w910000009999',
      address: '2 Heron Way',
      postcode: 'wq47aa',
      school: String(county.oakfield),
      boarding: 'day',
      from: '2022-02-21',
    },
  )
  const pupil = Number(/^\/pupils\/(\d+)$/.exec(to)?.[1])
  const states =
    await sql`select direction, state, reason from travel_state((select revision from knowledge_clock), array['2022-02-21'::date], array[${pupil}::integer]) order by 1`
  expect(states.map(({ state, reason }) => [state, reason])).toEqual([
    ['not-requiring', 'not-eligible'],
    ['not-requiring', 'not-eligible'],
  ])
  expect(await lastFact('pupil_home')).toMatchObject({ postcode: 'WQ4 7AA', protected: false })
})

test('a pupil born tomorrow, without an address, at no school is asked for again, all at once', async () => {
  const says = await refusal(
    newPupilPage,
    {},
    {
      'given-name': 'Nia',
      'family-name': 'O',
      'born-on': '2022-02-15',
      boarding: 'day',
      from: '2022-02-21',
      postcode: '75001',
    },
  )
  for (const sentence of [
    '15 February 2022 is yet to come',
    'Enter the address',
    '"75001" is not a postcode',
    'Choose a school',
  ])
    expect(says).toContain(sentence)
})

test('an eligible decision needs its ground; recorded, it holds with guidance, conditions and review', async () => {
  const pupil = { pupilId: county.pupils.jack }
  const decided = {
    state: 'eligible',
    'decided-by': 'Panel',
    'decided-on': '2022-02-10',
    guidance: '2014',
    conditions: 'Until the move',
    from: '2022-02-28',
    'review-on': '2022-07-01',
  }
  expect(await refusal(decisionPage, pupil, decided)).toContain('Tick the ground')
  await record(decisionPage, pupil, { ...decided, grounds: ['beyond-walking-distance', 'low-income'] })
  expect(await lastFact('eligibility')).toMatchObject({
    state: 'eligible',
    grounds: ['beyond-walking-distance', 'low-income'],
    guidance: '2014',
    conditions: 'Until the move',
    review_on: '2022-07-01',
  })
})

test('a carer is added, is asked how they are reached, and is verified; a later number replaces the first', async () => {
  const pupil = county.pupils.amara
  const person = {
    'given-name': 'Grace',
    'family-name': 'Osei',
    relationship: 'grandmother',
    language: 'Twi',
    interpreter: 'yes',
    format: 'large-print',
    'sees-address': 'yes',
    from: '2022-02-14',
  }
  const { to } = await record(newCarerPage, { pupilId: pupil }, person)
  const carer = Number(/carers\/(\d+)\/contact$/.exec(to)?.[1])
  expect(await lastFact('pupil_carer')).toMatchObject({
    parental_responsibility: false,
    may_see_address: true,
  })
  const about = { pupilId: pupil, carerId: carer }
  const number = { kind: 'phone', address: '01632 960001', 'verified-on': '2022-02-14', how: 'spoke to them' }
  await record(contactPage, about, number)
  await record(contactPage, about, {
    ...number,
    address: '01632 960002',
    'verified-on': '2022-02-20',
    how: '',
  })
  const points =
    await sql`select address, verified_how, valid from contact_point where carer_id = ${carer} and upper_inf(known) order by valid`
  expect(points).toEqual([
    { address: '01632 960001', verified_how: 'spoke to them', valid: '[2022-02-14,2022-02-20)' },
    { address: '01632 960002', verified_how: null, valid: '[2022-02-20,)' },
  ])
  expect(await refusal(contactPage, about, { ...number, address: 'ask the school' })).toContain(
    'is not a telephone number',
  )
  await record(carerPage, about, { ...person, 'sees-address': '', from: '2022-03-01' })
  expect(await lastFact('pupil_carer')).toMatchObject({ may_see_address: false })
})

test('an address kept from a carer stays so, whoever sends a form opened before, or later the same day', async () => {
  const [one] = await sql<{ carer: number }[]>`
    select carer_id as carer from pupil_carer where pupil_id = ${county.pupils.amara} and may_see_address and upper_inf(known)`
  const about = { pupilId: county.pupils.amara, carerId: one?.carer ?? 0 }
  const params = { pupilId: String(about.pupilId), carerId: String(about.carerId) }
  const opened = async () =>
    htmlOf(await carerPage.get(aVisit(sql, { params, now: now(), today: plainDate('2022-02-14') })))
  const html = await opened()
  const seen = /name="seen" value="(\d+)"/.exec(html)?.[1] ?? ''
  expect(html).toMatch(/name="sees-address"[^>]*checked/)
  const typed = {
    'given-name': 'Kwame',
    'family-name': 'Osei',
    relationship: 'father',
    language: 'Twi',
    format: 'standard',
    from: '2022-03-01',
  }
  await record(carerPage, about, typed)

  // Somebody had the form open, with the address still shown as known to him.
  const stale = { ...typed, language: 'English', 'sees-address': 'yes', seen }
  expect(await refusal(carerPage, about, stale)).toMatch(
    /after you opened this page.*What stands now .*May know where the pupil lives No/,
  )
  expect(await lastFact('pupil_carer')).toMatchObject({ may_see_address: false })
  // Somebody else opens it now: it is kept from him from March on, and they begin with that.
  expect(await opened()).not.toMatch(/name="sees-address"[^>]*checked/)
})

test('two schools in a week stand side by side, and an absence is a few days', async () => {
  const pupil = { pupilId: county.pupils.niamh }
  await record(placementPage, pupil, {
    school: String(county.oakfield),
    role: 'dual',
    days: 'Thursday to Friday',
    half: 'morning',
    boarding: 'day',
    from: '2022-03-07',
    'last-day': '2022-07-22',
  })
  const places =
    await sql`select role, pattern from placement where pupil_id = ${county.pupils.niamh} and upper_inf(known) and valid @> '2022-03-10'::date`
  expect(places.find((place) => place['role'] === 'dual')?.['pattern']).toBe('{[6,7),[8,9),[20,21),[22,23)}')
  await record(absencePage, pupil, {
    'first-day': '2022-02-15',
    'last-day': '2022-02-16',
    'notified-by': 'Mother',
  })
  expect(await lastFact('pupil_absence')).toMatchObject({ valid: '[2022-02-15,2022-02-17)' })
})

test('a driver and a vehicle are brought, and the checks seen; a check of another kind is refused', async () => {
  const operator = { operatorId: county.kestrel }
  const { to } = await record(newCrewPage, operator, {
    name: 'Ines Duarte',
    post: 'driver',
    from: '2022-02-14',
  })
  const of = /of=(crew-\d+)$/.exec(to)?.[1] ?? ''
  const seen = { of, kind: 'dbs', how: 'Update service', from: '2022-02-14', expires: '2025-02-13' }
  await record(checkPage, operator, seen)
  expect(await lastFact('crew_check')).toMatchObject({ kind: 'dbs', valid: '[2022-02-14,2025-02-14)' })
  expect(await refusal(checkPage, operator, { ...seen, kind: 'mot' })).toContain(
    'is not a check of Ines Duarte',
  )
  await record(newVehiclePage, operator, {
    registration: 'wm22 abc',
    type: 'Minibus',
    layouts: '16\n13 and 1',
    'tail-lift': 'yes',
    from: '2022-02-14',
  })
  expect(await lastFact('vehicle_particulars')).toMatchObject({
    registration: 'WM22 ABC',
    layouts: [
      [16, 0],
      [13, 1],
    ],
  })
  expect(
    await refusal(newVehiclePage, operator, {
      registration: 'X',
      type: 'Car',
      layouts: 'many',
      from: '2022-02-14',
    }),
  ).toContain('cannot be read')
})
