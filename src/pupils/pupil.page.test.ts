import { beforeAll, expect, test } from 'vitest'
import type { Role } from '#access'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { pupilHistoryPage, pupilPage } from './pupil.page.ts'

const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
})

type Asked = { query?: Record<string, string>; role?: Role; page?: typeof pupilPage }
const open = (pupil: number, { query = {}, role = 'transport-officer', page = pupilPage }: Asked = {}) =>
  page.get(
    aVisit(sql, {
      params: { pupilId: String(pupil) },
      path: `/pupils/${pupil}`,
      query,
      now: thatMorning,
      person: { id: county.people[role], name: 'Asha Kaur', roles: [role] },
    }),
  )

test('what is missing stands first, with what to do about it', async () => {
  const amara = textOf(await open(county.pupils.amara))
  expect(amara).toContain('Amara has no transport (to school)')
  expect(amara.indexOf('has no transport')).toBeLessThan(amara.indexOf('Ladder'))
  expect(htmlOf(await open(county.pupils.amara))).toContain(
    `href="/pupils/${county.pupils.amara}/seat?direction=1"`,
  )
  const tomasz = textOf(await open(county.pupils.tomasz))
  expect(tomasz).toContain('The family has not been told (to school)')
  expect(tomasz).toContain('Tell the family who will come')
  expect(textOf(await open(county.pupils.ffion))).toContain('Nothing is missing')
  expect(textOf(await open(county.pupils.jack))).toContain('Eligibility is being decided')
})

test('the ladder shows each rung with its evidence, and who comes when', async () => {
  const text = textOf(await open(county.pupils.ffion))
  expect(text).toContain('Contract signed 1 August 2021: Signed copy 0902')
  expect(text).toContain('Family told 25 August 2021: Text delivered')
  expect(text).toContain('Colin Farrow, driver')
  expect(text).toContain('Kestrel Cars 01632 960201')
})

test('the week has every school day both ways, with the training day on Friday', async () => {
  const text = textOf(await open(county.pupils.ffion))
  expect(text).toMatch(/Friday 18 February 2022 Not travelling The school is closed/)
})

test('the same pupil on the Friday before, as known then, still had her seat', async () => {
  const text = textOf(
    await open(county.pupils.amara, { query: { on: '2022-02-11', 'known-at': '2022-02-11T07:00' } }),
  )
  expect(text).toContain('OAK-07')
  expect(text).not.toContain('Record a change')
})

test('a commissioner sees the run, and neither home nor family nor medicines', async () => {
  const text = textOf(await open(county.pupils.ffion, { role: 'commissioner' }))
  expect(text).toContain('BEA-02')
  expect(text).not.toMatch(/Mill Lane|Abena|07700|What happened|Record a change/)
})

test('an auditor reads everything and is offered nothing to change', async () => {
  const text = textOf(await open(county.pupils.amara, { role: 'auditor' }))
  expect(text).toContain('Mill Lane')
  expect(text).not.toContain('Record a change')
  expect(htmlOf(await open(county.pupils.amara, { role: 'auditor' }))).not.toContain('/seat?direction')
})

test('every belief stands in the history with who and why', async () => {
  const text = textOf(await open(county.pupils.amara, { page: pupilHistoryPage }))
  expect(text).toMatch(
    /Travel: To school: OAK-07 1 September 2021 to before 23 July 2022 since .* Firstbell First load/,
  )
})

test('a pupil nobody knows, or not yet, is not found', async () => {
  expect(await open(99_999)).toEqual({ reply: 'not-found' })
  expect(await open(county.pupils.amara, { query: { 'known-at': '2021-01-01T09:00' } })).toEqual({
    reply: 'not-found',
  })
})
