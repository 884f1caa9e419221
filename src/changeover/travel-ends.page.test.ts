import { beforeAll, expect, test } from 'vitest'
import { plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { formSender } from '#test/record-form.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { consentWithdrawnPage, travelEndsPage } from './travel-ends.page.ts'

const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
})

const { record, refusal } = formSender(sql, () => county)

test('a seat given up one way ends after its last day, that way alone; given up twice, it is said', async () => {
  const pupil = { pupilId: county.pupils.tomasz }
  const form = { way: '2', 'last-day': '2022-02-18' }
  const { told } = await record(travelEndsPage, pupil, form)
  expect(told).toContain('Tomasz Zieliński: nothing is arranged after 18 February 2022, home')
  const seats = await sql`
    select direction, valid @> '2022-02-18'::date as friday, valid @> '2022-02-21'::date as monday from travel_arrangement
     where pupil_id = ${county.pupils.tomasz} and upper_inf(known) order by direction`
  expect(seats).toEqual([
    { direction: 1, friday: true, monday: true },
    { direction: 2, friday: true, monday: false },
  ])
  expect(await refusal(travelEndsPage, pupil, form)).toContain(
    'Nothing is arranged after 18 February 2022 as it is',
  )
  expect(await refusal(travelEndsPage, pupil, { way: 'both', 'last-day': '2022-02-31' })).toContain(
    'is not a day',
  )
})

test('a consent taken back holds no longer; who never gave one is told that there is none', async () => {
  const pupil = { pupilId: county.pupils.niamh }
  const form = { kind: 'personal-travel-budget', from: '2022-02-21', why: 'Her mother rang' }
  expect(await refusal(consentWithdrawnPage, pupil, { ...form, why: '' })).toContain(
    'Enter who told us, and how',
  )
  await record(consentWithdrawnPage, pupil, form)
  const [consent] = await sql`
    select upper(valid) as until from travel_consent where pupil_id = ${county.pupils.niamh} and upper_inf(known)`
  expect(consent).toEqual({ until: '2022-02-21' })
  const visit = aVisit(sql, {
    params: { pupilId: String(county.pupils.ivy) },
    today: plainDate('2022-02-14'),
  })
  expect(textOf(await consentWithdrawnPage.get(visit))).toContain('No consent is recorded today')
})
