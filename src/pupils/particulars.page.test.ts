import { beforeAll, expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import { formSender } from '#test/record-form.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { pupilParticularsPage } from './particulars.page.ts'

const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
})

const { record, refusal } = formSender(sql, () => county)

test('a pupil is called otherwise from a day on, and what the form does not ask is kept', async () => {
  const pupil = county.pupils.ivy
  await sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'test', 'Her sex')`
    await tx`select state_fact('pupil_particulars', to_jsonb(f) - 'fact_id' - 'known' || '{"sex": "female"}')
               from pupil_particulars f where pupil_id = ${pupil} and upper_inf(known)`
  })
  const known = { 'given-name': 'Ivy', 'born-on': '2012-08-31', upn: `W${820_000_000_000 + pupil}` }
  const { told } = await record(
    pupilParticularsPage,
    { pupilId: pupil },
    { ...known, 'family-name': 'Lane-Osei', 'looked-after': 'yes', from: '2022-03-01' },
  )
  expect(told).toContain('Ivy Lane is called Ivy Lane-Osei from 1 March 2022')
  const rows = await sql`
    select family_name, sex, looked_after, valid from pupil_particulars
     where pupil_id = ${pupil} and upper_inf(known) order by valid`
  expect(rows.map((row) => Object.values(row).slice(0, 3))).toEqual([
    ['Lane', 'female', false],
    ['Lane-Osei', 'female', true],
  ])
  const twice = {
    ...known,
    'family-name': 'Lane',
    upn: `W${820_000_000_000 + county.pupils.zoe}`,
    from: '2022-03-01',
  }
  expect(await refusal(pupilParticularsPage, { pupilId: pupil }, twice)).toContain(
    'is the number of Zoë Hart already',
  )
})
