import { beforeAll, expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import { formSender, type Sent } from '#test/record-form.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { pairingPage } from './pairing.page.ts'

const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
})

const { record, refusal } = formSender(sql, () => county)

const pairings = () => sql`
  select kind, reason, valid from pupil_pairing where upper_inf(known) order by valid`

test('two who share a run are kept apart on record, the runs named first; later they are not any more', async () => {
  const tomasz = { pupilId: county.pupils.tomasz }
  const { told, to } = await record(pairingPage, tomasz, {
    other: 'ffion price-hargreaves',
    kind: 'keep-apart',
    why: 'They hit one another on the bus',
    from: '2022-02-14',
  })
  expect(told).toContain('Both have a seat on BEA-02 (to school) and BEA-02 (home)')
  expect(to).toBe(`/pupils/${county.pupils.tomasz}`)

  // From the other side it is the same pair, and it ends for both.
  const upn = `w${820_000_000_000 + county.pupils.tomasz}`
  await record(
    pairingPage,
    { pupilId: county.pupils.ffion },
    { other: upn, kind: 'neither', from: '2022-05-02' },
  )
  expect(await pairings()).toEqual([
    { kind: 'keep-apart', reason: 'They hit one another on the bus', valid: '[2022-02-14,2022-05-02)' },
  ])
})

test.each([
  [{ other: '' }, 'Enter who the other pupil is'],
  [{ other: 'Amara' }, 'Nobody on the register is "Amara"'],
  [{ other: 'Tomasz Zieliński' }, 'That is Tomasz Zieliński too'],
  [{ other: 'Musa Bello', why: '' }, 'Enter why they must be kept apart'],
  [{ other: 'Musa Bello', from: '2022-02-29' }, '"2022-02-29" is not a day'],
])('a pairing sent as %j is asked for again', async (but, says) => {
  const form: Sent = { other: 'Musa Bello', kind: 'keep-apart', why: 'A court order', from: '2022-02-14' }
  expect(await refusal(pairingPage, { pupilId: county.pupils.tomasz }, { ...form, ...but })).toContain(says)
})

test('of two children with one name the number is asked, and each is told from the other', async () => {
  await sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'test', 'A namesake')`
    await tx`
      select state_fact('pupil_particulars', to_jsonb(f) - 'fact_id' - 'known' || '{"given_name": "Musa", "family_name": "Bello"}')
        from pupil_particulars f where pupil_id = ${county.pupils.jack} and upper_inf(known) and valid @> '2022-02-14'::date`
  })
  const form = { other: 'Musa Bello', kind: 'travel-well-with', from: '2022-02-14' }
  const says = await refusal(pairingPage, { pupilId: county.pupils.tomasz }, form)
  expect(says).toContain('born 25 December 2014')
  expect(says).toContain('born 29 February 2016')
})
