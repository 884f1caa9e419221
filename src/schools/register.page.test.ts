import { beforeAll, expect, test } from 'vitest'
import type { SchoolId } from '#ground/ids.ts'
import { now, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { formSender, type Sent } from '#test/record-form.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { bankHolidayPage } from './bank-holiday.page.ts'
import { schoolEntrancePage } from './entrance.page.ts'
import { newSchoolPage, schoolParticularsPage } from './register.page.ts'
import { schoolAsAt } from './store.ts'

const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
  await sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'test', 'A directory of postcodes')`
    await tx`insert into postcode_place (postcode, latitude, longitude) values ('WQ4 7AB', 51.25, 0.5)`
  })
})

const { record, refusal } = formSender(sql, () => county)

const heath: Sent = {
  name: 'Heath House',
  kind: 'special',
  phase: 'Secondary',
  urn: '118932',
  postcode: 'wq4 7ab',
  opens: '08:45',
  closes: '15:10',
  term: 'Summer',
  'first-day': '2022-04-19',
  'last-day': '2022-07-22',
  from: '2022-04-01',
}

const asOn = (school: number, day: string) =>
  schoolAsAt(sql, school as SchoolId, { on: plainDate(day), knownAt: now() })

test('a new school is on the register with its bells, its term, and a point taken from its postcode', async () => {
  const { told, to } = await record(newSchoolPage, {}, heath)
  expect(told).toContain('Its bells ring at 8:45am and 3:10pm every school day.')
  const school = Number(/^\/schools\/(\d+)$/.exec(to)?.[1])
  expect(await asOn(school, '2022-04-20')).toMatchObject({
    name: 'Heath House',
    phase: 'secondary',
    entrances: [{ name: 'Main entrance', postcode: 'WQ4 7AB', latitude: 51.25, longitude: 0.5 }],
    bells: [{ opens: '08:45', closes: '15:10' }],
    terms: [{ name: 'Summer', firstDay: '2022-04-19', lastDay: '2022-07-22' }],
  })
  expect(await refusal(newSchoolPage, {}, { ...heath, name: 'Another' })).toContain(
    '118932 is the URN of Heath House already',
  )
})

test('of a school without bells, term or address it is said what is owed', async () => {
  const { told } = await record(newSchoolPage, {}, { name: 'Tamble', kind: 'college', from: '2022-04-01' })
  for (const owed of ['Where vehicles stop is not known', 'Its bells are not known', 'open every weekday'])
    expect(told).toContain(owed)
})

test.each([
  [{ name: '' }, 'Enter the name of the school'],
  [{ urn: '1234' }, '"1234" is not a URN'],
  [{ postcode: '75001' }, '"75001" is not a postcode'],
  [{ point: 'TQ 765 554' }, '"TQ 765 554" is not a latitude and a longitude'],
  [{ closes: '08:00' }, 'It would close before 8:45am'],
  [{ 'last-day': '2022-04-01' }, 'The last day is before 19 April 2022'],
  [{ email: 'office' }, '"office" is not an email address'],
])('a school sent with %j is asked for again', async (but, says) => {
  expect(await refusal(newSchoolPage, {}, { ...heath, ...but })).toContain(says)
})

test('a second entrance stands beside the first, at the point given', async () => {
  const about = { schoolId: county.oakfield }
  const back = { site: 'Main site', name: 'Back gate', point: '51.26, 0.51', from: '2022-02-14' }
  await record(schoolEntrancePage, about, back)
  const { entrances } = (await asOn(county.oakfield, '2022-02-15')) ?? { entrances: [] }
  expect(entrances.find(({ name }) => name === 'Back gate')).toMatchObject({
    latitude: 51.26,
    longitude: 0.51,
  })
  expect(entrances.length).toBeGreaterThan(1)
  expect(await refusal(schoolEntrancePage, about, { ...back, point: '' })).toContain('no vehicle finds it')
})

test('a school is called otherwise from a day on, and before it as it was', async () => {
  const about = { schoolId: county.beacon }
  await record(schoolParticularsPage, about, {
    name: 'Beacon Free School',
    kind: 'special',
    from: '2022-03-01',
  })
  expect(await asOn(county.beacon, '2022-02-28')).not.toMatchObject({ name: 'Beacon Free School' })
  expect(await asOn(county.beacon, '2022-03-01')).toMatchObject({ name: 'Beacon Free School' })
})

test('a bank holiday shuts every school, stands in each calendar, and may be taken back', async () => {
  const jubilee = { day: '2022-06-03', what: 'holiday', name: 'Platinum Jubilee' }
  const { told } = await record(bankHolidayPage, {}, jubilee)
  expect(told).toContain('No pupil in the county has to be fetched')
  const open = async () =>
    (
      await sql`select distinct open from school_open((select revision from knowledge_clock), array['2022-06-03'::date])`
    ).map((row) => row['open'])
  expect(await open()).toEqual([false])
  expect((await asOn(county.oakfield, '2022-02-14'))?.holidays).toContainEqual({
    name: 'Platinum Jubilee',
    day: '2022-06-03',
  })
  await record(bankHolidayPage, {}, { ...jubilee, what: 'open' })
  expect(await open()).toContain(true)
  expect(await refusal(bankHolidayPage, {}, { ...jubilee, what: 'open' })).toContain(
    'No bank holiday is recorded on 3 June 2022',
  )
})
