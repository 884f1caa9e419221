import { beforeAll, expect, test } from 'vitest'
import { recordChange } from '#changeover/store'
import type { ContractId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { type Instant, instant, plainDate } from '#ground/time.ts'
import { moveRoute } from '#routes/write-store'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { confirm } from '#travel-arrangements/confirmation-store'
import { aVisit, textOf } from '#web/testing.ts'
import { contractPage } from './contracts.page.ts'
import { extendContractPage } from './last-day.page.ts'
import { endContract, letContract } from './write-store.ts'

const { sql } = realDatabase()
let county: SmallCounty
let successor: ContractId
const from = plainDate('2022-03-05')
const lastDay = plainDate('2022-03-04')
let minute = 0
const then = (): Instant => instant(`2022-02-14T09:${String(minute++).padStart(2, '0')}`)

/** C-0950 follows C-0902 on BEA-02 from 5 March, and nobody has signed it. */
beforeAll(async () => {
  county = await smallCounty(sql)
  const helen = { by: county.people.manager, reason: 'C-0950 follows' }
  const follow = async (tx: Parameters<typeof letContract>[0]) => {
    const terms = { operator: county.kestrel, reference: 'C-0950', from, lastDay: plainDate('2024-07-22') }
    const let_ = await letContract(tx, terms)
    if (!let_.ok) throw new Error('unreachable')
    successor = let_.value
    await moveRoute(tx, { route: county.route, contract: successor, from })
    return await endContract(tx, { contract: county.running, lastDay })
  }
  // Tomasz is provisional, and so are Ffion and Ivy from March on, when the driver's licence has ended: nobody is worse.
  const done = await recordChange(sql, { ...helen, at: then() }, follow)
  expect(done.ok).toBe(true)
})

const visit = (but: object = {}) =>
  aVisit(sql, {
    params: { contractId: String(county.running) },
    now: instant('2022-02-14T18:00'),
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
    ...but,
  })

test('scenario 43: a contract whose successor is unsigned names the pupils and proposes to run on', async () => {
  const text = textOf(await contractPage.get(visit()))
  expect(text).toContain(
    '3 pupils have a successor that nobody has signed, C-0950, after its last day, 4 March 2022',
  )
  expect(text).toContain('let it run on until 18 March 2022, which its own option covers')
  expect(text).toMatch(
    /After its last day .*Ffion Price-Hargreaves BEA-02 Ivy Lane BEA-02 Tomasz Zieliński BEA-02/,
  )
  expect((await extendContractPage.get(visit())).reply).toBe('show')
})

test('signed, it is succeeded and nothing is proposed', async () => {
  const author = { by: county.people.manager, reason: 'signed', at: then() }
  await recordChange(sql, author, async (tx) => {
    await confirm(
      tx,
      { rung: 'contract-signed', contract: successor },
      { evidence: 'Signed copy', givenOn: plainDate('2022-02-14'), from },
    )
    return ok(null)
  })
  const text = textOf(await contractPage.get(visit()))
  expect(text).toContain('Nobody has a seat after its last day, 4 March 2022.')
  expect(text).not.toContain('let it run on until')
})
