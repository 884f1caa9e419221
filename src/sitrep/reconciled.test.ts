/** Scenario 13 with its own figures, in a county of 400 pupils: what moved in a night, each by name. */
import { beforeAll, expect, test } from 'vitest'
import { changePupil } from '#changeover/pupil-change-store'
import { recordChange } from '#changeover/store'
import type { PersonId, PupilId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { instant, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { arrangeTravel } from '#travel-arrangements/arrangement-store'
import { aVisit, textOf } from '#web/testing.ts'
import { aSchool } from '../travel-arrangements/testing.ts'
import { reportAsAt } from './report-store.ts'
import { situationPupilsPage } from './situation-pupils.page.ts'
import { todayPage } from './today.page.ts'

const { sql } = realDatabase()
const by = 1 as PersonId
const tuesday = { on: plainDate('2022-02-15'), knownAt: instant('2022-02-15T07:00') }
const pupils = (first: number, howMany: number) =>
  Array.from({ length: howMany }, (_, i) => (first + i) as PupilId)
const placed = pupils(1, 31)
const leavers = pupils(32, 2)
const joiners = pupils(401, 14)

/** Pupils on the register of one school from a day on, all eligible. */
const enrol = (first: number, howMany: number, { school, from }: { school: number; from: string }) =>
  recordChange(sql, { by, reason: `from ${from}`, at: instant(`${from}T09:00`) }, async (tx) => {
    await tx`insert into pupil (pupil_id, revision) overriding system value
      select i, current_revision() from generate_series(${first}::integer, ${first + howMany - 1}::integer) i`
    const ids = tx`unnest(${pupils(first, howMany)}::integer[]) pupil_id`
    await tx`insert into pupil_registration (pupil_id, valid) select pupil_id, daterange(${from}::date, null) from ${ids}`
    await tx`insert into pupil_particulars (pupil_id, given_name, family_name, born_on, valid)
      select pupil_id, 'Pupil', 'No. ' || pupil_id, '2012-02-29', daterange(${from}::date, null) from ${ids}`
    await tx`insert into placement (pupil_id, school_id, pattern, valid)
      select pupil_id, ${school}, '{[0,28)}', daterange(${from}::date, null) from ${ids}`
    await tx`insert into eligibility (pupil_id, state, grounds, valid)
      select pupil_id, 'eligible', '{cannot-reasonably-walk}', daterange(${from}::date, null) from ${ids}`
    return ok(null)
  })

/** A pass both ways, on the afternoon of a day. */
const pass = (who: readonly PupilId[], day: string) =>
  recordChange(sql, { by, reason: 'passes', at: instant(`${day}T15:00`) }, async (tx) => {
    for (const pupil of who)
      await arrangeTravel(tx, { pupil, directions: [1, 2], kind: 'travel-pass', from: plainDate(day) })
    return ok(null)
  })

beforeAll(async () => {
  await sql`insert into installation (kind, name) values ('demonstration', 'Westmarch')`
  const made = await recordChange(
    sql,
    { by, reason: 'school', at: instant('2021-09-01T08:00') },
    async (tx) => ok(await aSchool(tx, { name: 'Oakfield School', from: plainDate('2021-09-01') })),
  )
  const school = made.ok ? made.value : 0
  await enrol(1, 400, { school, from: '2021-09-01' })
  await pass(pupils(213, 188), '2021-09-06')
  // Monday the 14th, after the morning's report: fourteen come, thirty-one get a pass, two leave.
  await enrol(401, 14, { school, from: '2022-02-14' })
  await pass(placed, '2022-02-14')
  for (const pupil of leavers) {
    const author = { by, reason: 'left', at: instant('2022-02-14T16:00') }
    const left = await recordChange(sql, author, (tx) =>
      changePupil(tx, { change: 'leave', pupil, lastDay: plainDate('2022-02-14') }),
    )
    expect(left.ok).toBe(true)
  }
}, 60_000)

test('scenario 13: yesterday closed at 212; with 14 joiners, 31 placed and 2 leavers today closes at 193, each by name', async () => {
  const monday = { on: plainDate('2022-02-14'), knownAt: instant('2022-02-14T07:00') }
  expect((await reportAsAt(sql, monday)).reconciliation.closing).toBe(212)

  const { reconciliation, all } = await reportAsAt(sql, tuesday)
  expect(reconciliation).toMatchObject({ since: monday, opening: 212, closing: 193, lost: [] })
  expect(reconciliation).toMatchObject({ joiners, placed, leavers })
  expect(all.withoutTransport).toBe(193)
})

test.each([
  ['joiners', joiners],
  ['placed', placed],
  ['leavers', leavers],
])('scenario 13: the page leads from its %s to their names', async (kind, who) => {
  const query = { on: tuesday.on, 'known-at': '2022-02-15T07:00' }
  const now = tuesday.knownAt
  const today = textOf(await todayPage.get(aVisit(sql, { query, now })))
  expect(today).toMatch(/212 .*193/)
  const moved = { ...query, moved: kind }
  const list = textOf(
    await situationPupilsPage.get(aVisit(sql, { path: '/situation/pupils', query: moved, now })),
  )
  const names = [...list.matchAll(/Pupil No\. (\d+)/g)].map(([, id]) => Number(id))
  expect(names.sort((a, b) => a - b)).toEqual(who)
})
