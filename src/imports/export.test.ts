import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordChange } from '#changeover/store'
import type { PersonId } from '#ground/ids.ts'
import { instant, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { exportCommand } from './export.command.ts'
import { importRecords } from './record-store.ts'
import { importTexts } from './testing.ts'
import { undoImport } from './undo-store.ts'

const first = realDatabase()
const second = realDatabase()
let county: SmallCounty
const folder = mkdtempSync(join(tmpdir(), 'firstbell-export-'))

beforeAll(async () => {
  county = await smallCounty(first.sql)
})
afterAll(() => rmSync(folder, { recursive: true }))

const asked = {
  words: [folder],
  options: {},
  today: plainDate('2022-02-14'),
  now: instant('2022-02-14T07:05'),
  say: () => undefined,
}
const exported = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))

/** Every state of every pupil on some days of that February, by the pupil's UPN. */
async function states({ sql }: typeof first) {
  const days = ['2022-02-11', '2022-02-14', '2022-02-18', '2022-03-01', '2022-03-07']
  return await sql`
    select p.upn, s.day, s.direction, s.state, s.reason
      from knowledge_clock k, travel_state(k.revision, ${days}::date[]) s
      join pupil_particulars p on p.pupil_id = s.pupil_id and upper_inf(p.known)
     order by p.upn, s.day, s.direction`
}

describe('taken out, and brought into an empty register', () => {
  test('an export is on record, with every pupil it is about', async () => {
    const answer = await exportCommand.run({ ...asked, sql: first.sql })
    expect(answer.answer).toBe('report')
    const [look] = await first.sql`select person_id as by, page, cardinality(pupils) as pupils from look`
    expect(look).toEqual({ by: 1, page: 'firstbell export', pupils: 9 })
  })

  test('scenario 76: the situation is the same on every day asked', async () => {
    const done = await importTexts(second.sql, exported(), { asOf: '2022-02-14' })
    expect(done.sheets.filter(({ counts }) => counts.rows !== counts.new)).toEqual([])
    const there = await states(first)
    expect(new Set(there.map(({ state }) => state)).size).toBeGreaterThan(5)
    expect(await states(second)).toEqual(there)
  })

  test('taken out again there, the files are the same; brought in here again, nothing changes', async () => {
    const before = exported()
    await exportCommand.run({ ...asked, sql: second.sql })
    const sorted = (text = '') => text.split('\r\n').sort()
    for (const [name, text] of Object.entries(exported()))
      expect(sorted(text), name).toEqual(sorted(before[name]))

    const again = await importTexts(first.sql, before, { asOf: '2022-02-14' })
    expect(again.sheets.filter(({ counts }) => counts.rows !== counts.unchanged)).toEqual([])
  })
})

describe('undoing', () => {
  const by = () => ({ by: county.people.manager as PersonId, reason: 'The wrong file' })
  const undo = async (importId: number) => {
    const [record] = await first.sql`select revision from import_record where import_id = ${importId}`
    const revision = Number(record?.['revision'])
    return await recordChange(first.sql, by(), (tx) => undoImport(tx, { importId, revision }))
  }
  const believed = () => first.sql`
    select given_name, family_name, valid from pupil_particulars where upper_inf(known) order by 1, 2, 3`
  const file = 'UPN,Given name,Family name,Date of birth,Decided\nW820000000990,Idris,Vale,2014-01-02,\n'

  test('what it stated is closed, what it closed is believed again, and the past stays', async () => {
    const before = await believed()
    const amara = `W820000000001,Amara,Osei-Bright,2012-05-14,same\n`
    const { importId } = await importTexts(
      first.sql,
      { 'pupils.csv': file + amara },
      { partial: true, asOf: '2022-03-01' },
    )
    expect(await believed()).not.toEqual(before)

    expect(await undo(importId)).toMatchObject({ ok: true })
    expect(await believed()).toEqual(before)
    const [record] = await importRecords(first.sql, importId)
    expect(record?.undoneBy).toBeGreaterThan(importId)
    expect(await undo(importId)).toMatchObject({ ok: false })
  })

  test('refused while something recorded later stands on it, saying who recorded what', async () => {
    const { importId } = await importTexts(first.sql, { 'pupils.csv': file }, { partial: true })
    const placed = 'UPN,School\nW820000000990,Oakfield School\n'
    await importTexts(first.sql, { 'placements.csv': placed }, { partial: true })
    const refused = await undo(importId)
    expect(refused).toMatchObject({
      ok: false,
      refusal: { because: 'later-facts-stand-on-it', later: [{ table: 'placement', by: 'Firstbell' }] },
    })
  })
})
