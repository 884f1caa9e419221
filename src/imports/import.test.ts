import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import { readMapping } from './mapping.ts'
import type { Imported } from './store.ts'
import { importTexts } from './testing.ts'

const { sql } = realDatabase()

const schools = 'URN,Name,Type\n900101,Oakfield School,special\n900102,The Beacon,special\n'
const heading = 'UPN,First name,Surname,DOB,Home postcode\n'
const amara = 'W820000000101,Amara,Osei,14/05/2012,WQ4 7AA\n'
const tomasz = 'W820000000102,Tomasz,Zieliński,02/11/2009,WQ4 7AB\n'
const pupils = heading + amara + tomasz

const outcomes = ({ sheets }: Imported, kind: string) => sheets.find((sheet) => sheet.kind === kind)?.counts
const why = ({ sheets }: Imported) =>
  sheets.flatMap(({ said }) => said.map(({ line, outcome, says }) => [line, outcome, says[0]?.says]))

describe('one register, extract after extract', () => {
  test('the first extract is loaded, whatever its headings are called', async () => {
    const done = await importTexts(sql, {
      'schools.csv': schools,
      'pupils.csv': pupils,
      'placements.csv': 'UPN,School\nW820000000101,900101\nW820000000102,The Beacon\n',
    })
    expect(outcomes(done, 'pupils')).toEqual({
      rows: 2,
      new: 2,
      changed: 0,
      unchanged: 0,
      refused: 0,
      held: 0,
    })
    const [placed] = await sql`
      select p.given_name as name, s.name as school from pupil_particulars p
        join placement using (pupil_id) join school_particulars s using (school_id) where p.upn = 'W820000000102'`
    expect(placed).toEqual({ name: 'Tomasz', school: 'The Beacon' })
  })

  test('doing it again changes nothing', async () => {
    const before = await sql`select count(*) from audit_entry where table_name <> 'import_record'`
    const again = await importTexts(sql, { 'schools.csv': schools, 'pupils.csv': pupils })
    expect(outcomes(again, 'pupils')).toMatchObject({ rows: 2, unchanged: 2 })
    expect(outcomes(again, 'schools')).toMatchObject({ rows: 2, unchanged: 2 })
    expect(await sql`select count(*) from audit_entry where table_name <> 'import_record'`).toEqual(before)
  })

  test('a later extract is a change from its day, and the past stays', async () => {
    const done = await importTexts(
      sql,
      { 'placements.csv': 'UPN,School\nW820000000101,900102\n' },
      { asOf: '2026-01-05' },
    )
    expect(outcomes(done, 'placements')).toMatchObject({ rows: 1, changed: 1 })
    const days = await sql`
      select placement.valid::text, s.name from placement join school_particulars s using (school_id) join pupil_particulars p using (pupil_id)
       where p.upn = 'W820000000101' and upper_inf(placement.known) order by placement.valid`
    expect(days.map((row) => Object.values(row))).toEqual([
      ['[2025-09-01,2026-01-05)', 'Oakfield School'],
      ['[2026-01-05,)', 'The Beacon'],
    ])
  })

  test('a pupil missing from a later extract is a question, and still on the register', async () => {
    const done = await importTexts(sql, { 'pupils.csv': heading + tomasz }, { asOf: '2026-02-01' })
    expect(done.missing).toMatchObject([{ kind: 'pupils', subjects: [expect.any(Number)] }])
    const [{ registered } = {}] =
      await sql`select count(*)::integer as registered from pupil_registration where upper_inf(known) and upper_inf(valid)`
    expect(registered).toBe(2)
  })

  test('nobody is missing from a file that says it holds only some', async () => {
    const done = await importTexts(sql, { 'pupils.csv': heading + amara }, { partial: true })
    expect(done.missing).toEqual([])
  })
})

describe('scenario 76: last year’s spreadsheet', () => {
  const rows = [
    ['the same child', 'W820000000102,Tomasz,Zieliński,02/11/2009,WQ4 7AB', 'unchanged'],
    ['the same child twice', 'W820000000102,Tomasz,Zieliński,02/11/2009,WQ4 7AB', 'held'],
    ['a changed surname', 'W820000000101,Amara,Bright,14/05/2012,WQ4 7AA', 'held'],
    [
      'a namesake, or the same child under another number',
      'W820000000999,Amara,Osei,14/05/2012,WQ4 7AA',
      'held',
    ],
    ['somebody else’s number', 'W820000000101,Musa,Bello,25/12/2014,WQ4 7AA', 'held'],
    ['no postcode', 'W820000000103,Musa,Bello,25/12/2014,', 'new'],
    ['a twin with her own number', 'W820000000104,Mina,Bello,25/12/2014,', 'new'],
    ['a twin under the other’s number', 'W820000000104,Maya,Bello,25/12/2014,', 'held'],
    ['a postcode of another country', 'W820000000105,Jean,Petit,01/02/2013,75001', 'refused'],
    ['a day that does not exist', 'W820000000106,Jack,Bright,29/02/2015,WQ4 7AA', 'refused'],
    ['a leap day that does', 'W820000000107,Jack,Bright,29/02/2016,WQ4 7AA', 'new'],
    ['a number cut by a spreadsheet', '8.2E+11,Zoë,Hart,01/09/2011,WQ4 7AA', 'refused'],
    ['a name in another script', 'W820000000108,小龍,李,08/01/2013,WQ4 7AA', 'new'],
  ] as const
  const file = `${heading}${rows.map(([, row]) => row).join('\n')}\n`

  test('nothing is dropped: each row is loaded, unchanged, refused or held, and says why', async () => {
    const done = await importTexts(sql, { 'pupils.csv': file }, { partial: true })
    const { rows: all, new: fresh, changed, unchanged, refused, held } = outcomes(done, 'pupils') ?? {}
    expect({ all, fresh, changed, unchanged, refused, held }).toEqual({
      all: 13,
      fresh: 4,
      changed: 0,
      unchanged: 1,
      refused: 3,
      held: 5,
    })
    const kept = await sql`select line, outcome from import_row where outcome <> 'remarked' order by line`
    const expected = rows.flatMap(([, , outcome], i) =>
      outcome === 'held' || outcome === 'refused' ? [{ line: i + 2, outcome }] : [],
    )
    expect([...kept]).toEqual(expected)
    expect(why(done).find(([line]) => line === 4)).toEqual([
      4,
      'held',
      expect.stringContaining('has the surname changed?'),
    ])
    expect(why(done).find(([line]) => line === 3)).toEqual([3, 'held', expect.stringContaining('line 2')])
  })

  test('a person decides, in a column of the rows that were held', async () => {
    const decided = `UPN,First name,Surname,DOB,Decided\nW820000000101,Amara,Bright,14/05/2012,same\nW820000000999,Amara,Osei,14/05/2012,different\n`
    const done = await importTexts(sql, { 'pupils.csv': decided }, { partial: true, asOf: '2026-03-02' })
    expect(outcomes(done, 'pupils')).toMatchObject({ new: 1, changed: 1, held: 0 })
  })
})

test('rows in are always loaded, unchanged, refused or held', async () => {
  const cell = fc.constantFrom(
    '',
    'W820000000101',
    'W8200000002',
    '小龍',
    'Osei',
    '14/05/2012',
    '31/04/2012',
    'WQ4 7AA',
    '=1+1',
    'x',
  )
  const text = fc
    .array(fc.tuple(cell, cell, cell, cell, cell), { maxLength: 12 })
    .map((rows) => heading + rows.map((row) => `${row.join(',')}\n`).join(''))
  await fc.assert(
    fc.asyncProperty(text, async (file) => {
      const { sheets } = await importTexts(sql, { 'pupils.csv': file }, { partial: true })
      for (const { counts } of sheets) {
        const { rows, new: fresh, changed, unchanged, refused, held } = counts
        expect(fresh + changed + unchanged + refused + held).toBe(rows)
      }
      const lines = file
        .split('\n')
        .slice(1, -1)
        .filter((line) => line.replaceAll(',', '').trim() !== '')
      expect(sheets[0]?.counts.rows ?? 0).toBe(lines.length)
    }),
    { numRuns: 40, seed: 76 },
  )
})

const folder = process.env['FIRSTBELL_SHARED'] ?? join(process.cwd(), '../shared')
test.skipIf(!existsSync(join(folder, 'kent/pupils.csv')))(
  'a county of 71,839 postcodes, 549 schools and 5,000 pupils',
  { timeout: 90_000 },
  async () => {
    const read = readMapping(readFileSync('db/mappings/kent-sample.json', 'utf8'))
    if (typeof read === 'string') throw new Error(read)
    const texts = Object.fromEntries(
      ['postcodes', 'schools', 'pupils'].map((name) => [
        `${name}.csv`,
        readFileSync(join(folder, `kent/${name}.csv`), 'utf8'),
      ]),
    )
    const done = await importTexts(sql, texts, { mapping: read, partial: true })
    expect(done.sheets.map(({ kind, counts }) => [kind, counts.new])).toEqual([
      ['postcodes', 71_839],
      ['schools', 549],
      ['pupils', 5_000],
      ['placements', 5_000],
      ['needs', 5_000],
      ['eligibility', 5_000],
    ])
  },
)
