import { beforeAll, expect, test } from 'vitest'
import { recordChange } from '#changeover/store'
import { ok } from '#ground/result.ts'
import { instant, now } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { state } from '../travel-arrangements/testing.ts'
import { pupilHistoryPage, pupilPage } from './pupil.page.ts'

const { sql } = realDatabase()
let county: SmallCounty

beforeAll(async () => {
  county = await smallCounty(sql)
})

/** An auditor asks about Ffion, who rides on BEA-02, years later. */
const anAuditor = (query: Record<string, string>) =>
  aVisit(sql, {
    now: now(),
    params: { pupilId: String(county.pupils.ffion) },
    path: `/pupils/${county.pupils.ffion}`,
    query,
    person: { id: county.people.auditor, name: 'David Okafor', roles: ['auditor'] },
  })

test('scenario 12: who was she allocated to that day, who changed it, when, on what evidence; unaltered by later edits', async () => {
  const asked = { on: '2022-02-10', 'known-at': '2022-02-10T12:00' }
  const chain = textOf(await pupilPage.get(anAuditor(asked)))
  for (const link of [
    /Eligible Decided 1 July 2021 by Priya Nair/,
    /Needs on the way Travels In a seat/,
    /Has a seat BEA-02/,
    /Contract C-0902/,
    /Contract signed 1 August 2021: Signed copy 0902/,
    /Crew Colin Farrow, driver/,
    /Crew and vehicle checked 20 August 2021: Badge seen/,
    /Family told 25 August 2021: Text delivered/,
    /First load 10 January 2022 at 9:00am, by Firstbell/,
  ]) {
    expect(chain).toMatch(link)
  }
  const recorded = textOf(await pupilHistoryPage.get(anAuditor(asked)))

  const author = { by: county.people['transport-officer'], at: instant('2022-03-14T09:00') }
  const edited = await recordChange(
    sql,
    { ...author, reason: 'She rode with her father all along' },
    async (tx) => {
      const mine = { pupil_id: county.pupils.ffion, valid: '[2022-02-01,2022-03-01)' }
      for (const direction of [1, 2]) {
        await state(tx, 'travel_arrangement', {
          ...mine,
          direction,
          days: '{[0,14)}',
          kind: 'interim-parental',
        })
      }
      await state(tx, 'eligibility', { ...mine, state: 'under-appeal', decided_by: 'Somebody else' })
      return ok(null)
    },
  )
  expect(edited.ok).toBe(true)

  expect(textOf(await pupilPage.get(anAuditor(asked)))).toBe(chain)
  expect(textOf(await pupilHistoryPage.get(anAuditor(asked)))).toBe(recorded)
  const later = textOf(await pupilHistoryPage.get(anAuditor({ on: '2022-02-10' })))
  expect(later).toMatch(
    /To school: interim parental 1 February 2022 to before 1 March 2022 since 14 March 2022 at 9:00am Asha Kaur She rode with her father/,
  )
  expect(later).toMatch(
    /To school: BEA-02 \(no longer believed\) .{0,60} from 10 January 2022 at 9:00am until 14 March 2022 at 9:00am/,
  )
})
