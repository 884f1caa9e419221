import { beforeAll, expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import { formSender } from '#test/record-form.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { letContractPage } from '../contracts/let.page.ts'
import { newRoutePage, planRunPage } from './plan.page.ts'

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

test('a contract is let, a route put under it, its run planned and rostered', async () => {
  const terms = {
    operator: String(county.kestrel),
    reference: 'C-7001',
    from: '2022-03-01',
    'last-day': '2022-07-22',
    'daily-rate': '£1,085.5',
    'variation-rate': '1.20',
    notice: '28',
    extension: '12',
  }
  expect(await refusal(letContractPage, {}, { ...terms, 'last-day': '2022-02-01' })).toContain(
    'It would end before 1 March 2022',
  )
  expect(await refusal(letContractPage, {}, { ...terms, 'daily-rate': 'much' })).toContain(
    '"much" is not an amount',
  )
  const { to } = await record(letContractPage, {}, terms)
  const contract = Number(to.split('/').at(-1))
  expect(await lastFact('contract_terms')).toMatchObject({
    daily_rate_pence: 108_550,
    variation_rate_pence: 120,
    extension_months: 12,
  })

  const { to: route } = await record(
    newRoutePage,
    { contractId: contract },
    { code: 'OAK-99', school: String(county.oakfield), from: '2022-02-14' },
  )
  const runs = await sql<
    { run: number }[]
  >`select run_id as run from run where route_id = ${Number(route.split('/').at(-1))} order by direction`
  expect(runs).toHaveLength(2)
})

test('a run is planned again stop by stop; a stop before the one ahead is named', async () => {
  const run = { runId: county.runs.morning }
  const plan = { 'vehicle-type': 'Minibus', layouts: '16', posts: '1', from: '2022-02-21' }
  expect(await refusal(planRunPage, run, { ...plan, stops: '08:10 Mill Lane\n07:50 The Green' })).toContain(
    'Stop 2, The Green, is at 7:50am',
  )
  expect(await refusal(planRunPage, run, { ...plan, stops: 'The Green' })).toContain(
    '"The Green" does not begin with a time',
  )
  const { told } = await record(planRunPage, run, { ...plan, stops: '7.50 The Green\n08:10 Mill Lane' })
  expect(told).toContain('2 stops')
})
