import { beforeAll, expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import { smallCounty, thatMorning } from '#test/small-county.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { auditPage, revisionPage } from './audit.page.ts'

const { sql } = realDatabase()
beforeAll(async () => {
  await smallCounty(sql)
})

const audit = async (query: Record<string, string> = {}) =>
  textOf(await auditPage.get(aVisit(sql, { path: '/audit', query, now: thatMorning })))

test('each revision stands with its author and reason', async () => {
  expect(await audit()).toMatch(/10 January 2022 at 9:00am Revision 1 First load first-load Firstbell \d+/)
  expect(await audit({ q: 'nothing of the kind' })).toContain('Nothing matches')
})

test('the whole chain is verified when asked, and a forged entry is found', async () => {
  expect(await audit({ verify: 'yes' })).toContain('All 1 revisions verify')
  await sql.begin(async (tx) => {
    await tx`alter table audit_entry disable trigger all`
    await tx`update audit_entry set image = replace(image, 'Amara', 'Aurora') where image like '%Amara%'`
    await tx`alter table audit_entry enable trigger all`
  })
  expect(await audit({ verify: 'yes' })).toContain('The chain is broken at revision 1')
})

test('a revision shows each row it touched; one that is none is not found', async () => {
  const open = (revision: string) => revisionPage.get(aVisit(sql, { params: { revision } }))
  expect(textOf(await open('1'))).toMatch(/pupil registration \d+ Stated/)
  for (const none of ['99', '-1', 'x']) expect(await open(none)).toEqual({ reply: 'not-found' })
})
