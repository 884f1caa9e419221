import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '#access'
import { addDays, dayOf, now } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { buildServer } from '#web/server.ts'
import { browserOf } from '#web/testing.ts'
import { filesForm, importTexts } from './testing.ts'

const { sql } = realDatabase()
let server: FastifyInstance
let county: SmallCounty

beforeAll(async () => {
  county = await smallCounty(sql)
  server = await buildServer({ sql })
})
afterAll(() => server.close())

async function enteredAs(role: Role) {
  const jar: Record<string, string> = {}
  const browser = browserOf(server, jar)
  await browser.open('/sign-in')
  await browser.send('/sign-in/as', { person: String(county.people[role]) })
  await browser.open('/imports')
  const upload = async (files: Record<string, string>, fields: Record<string, string> = {}) => {
    const form = filesForm(files, {
      _csrf: browser.token(),
      'as-of': '2022-02-14',
      extent: 'part',
      ...fields,
    })
    return await server.inject({ method: 'POST', url: '/imports', cookies: jar, ...form })
  }
  return { ...browser, upload, jar }
}

const text = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ')

const pupils = `UPN,First name,Surname,DOB,Postcode
W820000000901,Asha,Bello,03/04/2014,WQ4 7AA
W820000000902,Ravi,Bello,31/02/2014,WQ4 7AA
`

describe('upload, look, confirm', () => {
  let preview = ''

  test('what the files would do is shown first, every error with line, column, value and what to do', async () => {
    const officer = await enteredAs('transport-officer')
    const sent = await officer.upload({ 'pupils.csv': pupils })
    expect(sent.statusCode).toBe(303)
    preview = String(sent.headers['location'])

    const shown = text((await officer.open(preview)).body)
    expect(shown).toContain('1 of 2 rows')
    expect(shown).toContain('Line 3')
    expect(shown).toContain(
      'DOB 31/02/2014 is not a day that exists, as 01/09/2026 or 2026-09-01 Correct the day',
    )
    expect(await sql`select 1 from pupil_particulars where upn = 'W820000000901'`).toEqual([])
  })

  test('the refused rows come away as a file with the reasons beside them', async () => {
    const officer = await enteredAs('transport-officer')
    const { body, headers } = await officer.open(`${preview}/refused?sheet=0`)
    expect(headers['content-disposition']).toContain('pupils-to-correct.csv')
    const [heading, row, end] = body.replace('\ufeff', '').split('\r\n')
    expect(heading).toBe('UPN,First name,Surname,DOB,Postcode,Line,What is wrong,What to do')
    expect(row).toMatch(/^W820000000902,Ravi,Bello,31\/02\/2014,WQ4 7AA,3,.*is not a day that exists/)
    expect(end).toBe('')
  })

  test('an auditor looks on, and confirms nothing', async () => {
    const auditor = await enteredAs('auditor')
    expect((await auditor.open(preview)).statusCode).toBe(200)
    expect((await auditor.send(preview, {})).statusCode).toBe(403)
  })

  test('confirmed, it is one revision with its record, and the files are forgotten', async () => {
    const officer = await enteredAs('transport-officer')
    const before = await sql`select revision from knowledge_clock`
    const done = await officer.send(preview, {})
    expect(done.headers['location']).toMatch(/^\/imports\/\d+$/)
    const [after] = await sql`select revision from knowledge_clock`
    expect(Number(after?.['revision'])).toBe(Number(before[0]?.['revision']) + 1)

    const record = text((await officer.open(String(done.headers['location']))).body)
    expect(record).toContain('by Asha Kaur')
    expect(record).toContain('pupils.csv')
    expect((await officer.open(preview)).statusCode).toBe(404)
    expect(await sql`select count(*) from import_upload_file`).toEqual([{ count: 0 }])
  })

  test('thrown away, nothing is recorded', async () => {
    const officer = await enteredAs('transport-officer')
    const there = String((await officer.upload({ 'pupils.csv': pupils })).headers['location'])
    await officer.open(there)
    await officer.send(there, { 'throw-away': 'yes' })
    expect((await officer.open(there)).statusCode).toBe(404)
  })
})

describe('columns said by hand, where nobody can know the headings', () => {
  const file = 'Kürzel,Vorname,Nachname,Geburtstag,Haus\nW820000000911,Lena,Vogel,03/04/2014,red\n'
  const columns = {
    sheet: 'export.csv',
    kind: 'pupils',
    'column-0': 'UPN',
    'column-1': 'Given name',
    'column-2': 'Family name',
    'column-3': 'Date of birth',
    'column-4': '',
  }

  test('a file nobody knows leads to a page with one choice for each heading', async () => {
    const officer = await enteredAs('transport-officer')
    const there = String((await officer.upload({ 'export.csv': file })).headers['location'])
    expect(text((await officer.open(there)).body)).toContain('Say what the columns of export.csv hold')
    const page = text((await officer.open(`${there}/columns?sheet=export.csv&kind=pupils`)).body)
    expect(page).toContain('Kürzel')
    expect(page).toContain('For example W820000000911')

    const twice = await officer.send(`${there}/columns`, { ...columns, 'column-4': 'UPN' })
    expect(twice.statusCode).toBe(400)
    expect(text(twice.body)).toContain('“Kürzel” is UPN already. Choose one of the two')
    const short = await officer.send(`${there}/columns`, { ...columns, 'column-3': '' })
    expect(text(short.body)).toContain('Pupils need Date of birth.')

    const kept = await officer.send(`${there}/columns`, columns)
    expect(kept.headers['location']).toBe(there)
    const shown = text((await officer.open(there)).body)
    expect(shown).toContain('Bring in 1 row')
    expect(shown).not.toContain('Not read at all')
    await officer.send(there, { 'throw-away': 'yes' })
  })

  test('and is kept: the next file with these headings is read without a word', async () => {
    const officer = await enteredAs('transport-officer')
    const there = String((await officer.upload({ 'november.csv': file })).headers['location'])
    expect(text((await officer.open(there)).body)).toContain('Bring in 1 row')
    await officer.send(there, { 'throw-away': 'yes' })
  })

  test('a mapping file sent beside the files is used as on the command line', async () => {
    const officer = await enteredAs('transport-officer')
    const mapping = {
      name: 'Another system',
      tables: [
        {
          sheet: 'liste',
          kind: 'pupils',
          columns: { UPN: 'Nr', 'Given name': 'A', 'Family name': 'B', 'Date of birth': 'C' },
        },
      ],
    }
    const files = { 'liste.csv': 'Nr,A,B,C\nW820000000912,Jan,Vogel,03/05/2014\n' }
    const wrong = await officer.upload({ ...files, 'mapping.json': '{"tables":[]}' })
    expect(wrong.statusCode).toBe(400)
    expect(text(wrong.body)).toContain('The mapping is not one')
    const sent = await officer.upload({ ...files, 'mapping.json': JSON.stringify(mapping) })
    const there = String(sent.headers['location'])
    expect(text((await officer.open(there)).body)).toContain('Bring in 1 row')
    await officer.send(there, { 'throw-away': 'yes' })
  })
})

describe('undone on its page', () => {
  test('a manager sees what it does, says why, and it is done; an officer may not', async () => {
    const { importId } = await importTexts(sql, { 'pupils.csv': pupils }, { partial: true })
    const there = `/imports/${importId}/undo`
    expect((await (await enteredAs('transport-officer')).open(there)).statusCode).toBe(404)

    const manager = await enteredAs('manager')
    expect((await manager.open(`/imports/${importId}`)).body).toContain(there)
    await manager.open(there)
    expect(text((await manager.send(there, { why: '' })).body)).toContain('Enter why import')
    expect(text((await manager.send(there, { why: 'Wrong file' })).body)).toContain('are believed no longer')
    const done = await manager.send(there, { why: 'Wrong file', step: 'record' })
    expect(done.headers['location']).toBe(`/imports/${importId}`)
    expect(text((await manager.open(`/imports/${importId}`)).body)).toContain('Undone by')
  })
})

test('an auditor takes a file out, and the look at each pupil is on record', async () => {
  const auditor = await enteredAs('auditor')
  const { body, headers } = await auditor.open('/imports/export/pupils.csv')
  expect(headers['content-disposition']).toContain('pupils.csv')
  expect(body).toContain('小龍')
  const [look] = await sql`select page, pupils @> ${[county.pupils.amara]}::integer[] as amara from look
    where page = '/imports/export/pupils.csv'`
  expect(look).toEqual({ page: '/imports/export/pupils.csv', amara: true })
})

describe('an import cannot do what the interlock refuses', () => {
  const today = dayOf(now())
  const lastDay = addDays(today, 14)
  const allocation = (end: string) => `Pupil,Direction,Kind,First day,Last day
W820000000950,to-school,personal-travel-budget,2021-09-01,${end}
`

  test('the preview names who would be worse off; an officer is refused, a manager may accept it', async () => {
    await importTexts(sql, {
      'schools.csv': 'URN,Name,Kind\n900199,Mill School,special\n',
      'terms.csv': `School,Term,First day,Last day\n900199,A long term,2021-09-01,${addDays(today, 300)}\n`,
      'pupils.csv':
        'UPN,Given name,Family name,Date of birth,First day\nW820000000950,Wren,Hill,2013-05-04,2021-09-01\n',
      'placements.csv': 'Pupil,School,First day\nW820000000950,900199,2021-09-01\n',
      'eligibility.csv': 'Pupil,State,Grounds,First day\nW820000000950,eligible,disability,2021-09-01\n',
      'consents.csv':
        'Pupil,Kind,Given by,Evidence,First day\nW820000000950,personal-travel-budget,Ann Hill,Signed form,2021-09-01\n',
      'allocations.csv': allocation(''),
    })
    const officer = await enteredAs('transport-officer')
    const files = { 'allocations.csv': allocation(lastDay) }
    const there = String((await officer.upload(files, { 'as-of': today })).headers['location'])
    const shown = text((await officer.open(there)).body)
    expect(shown).toContain('One pupil would be worse off')
    expect(shown).toContain('Wren Hill')

    const again = await officer.send(there, {})
    expect(text(again.body)).toContain('One pupil would be worse off')
    const budget = () => sql`
      select upper(travel_arrangement.valid) as until from travel_arrangement join pupil_particulars p using (pupil_id)
       where p.upn = 'W820000000950' and upper_inf(travel_arrangement.known)`
    expect(await budget()).toEqual([{ until: null }])

    const manager = await enteredAs('manager')
    await manager.open(there)
    expect((await manager.send(there, { accept: 'yes', reason: '', until: '' })).statusCode).toBe(400)
    const accepting = { accept: 'yes', reason: 'The family asked for it', until: addDays(today, 500) }
    const done = await manager.send(there, accepting)
    expect(done.headers['location']).toMatch(/^\/imports\/\d+$/)
    expect(await budget()).toEqual([{ until: addDays(lastDay, 1) }])
  })
})

describe('an upload that goes wrong leaves nothing behind', () => {
  const nothingKept = async () => expect(await sql`select 1 from import_upload`).toEqual([])

  test('no file, or a day that does not exist, is said beside the field', async () => {
    const officer = await enteredAs('transport-officer')
    expect(text((await officer.upload({})).body)).toContain('Choose at least one file')
    const answer = await officer.upload({ 'pupils.csv': pupils }, { 'as-of': '2022-02-30' })
    expect(answer.statusCode).toBe(400)
    expect(text(answer.body)).toContain('"2022-02-30" is not a day')
    await nothingKept()
  })

  test('a torn upload', async () => {
    const officer = await enteredAs('transport-officer')
    const form = filesForm({ 'pupils.csv': pupils }, { _csrf: officer.token(), 'as-of': '2022-02-14' })
    const payload = form.payload.subarray(0, form.payload.length - 90)
    const answer = await server.inject({
      method: 'POST',
      url: '/imports',
      cookies: officer.jar,
      headers: form.headers,
      payload,
    })
    expect(answer.statusCode).toBe(400)
    await nothingKept()
  })

  test('more than 50 MB, in one file or in several together', { timeout: 60_000 }, async () => {
    const officer = await enteredAs('transport-officer')
    const half = 'x'.repeat(26 * 1024 * 1024)
    for (const files of [{ 'a.csv': half + half }, { 'a.csv': half, 'b.csv': half }]) {
      const answer = await officer.upload(files)
      expect(answer.statusCode).toBe(413)
      expect(text(answer.body)).toContain('Files may be 50 MB in all')
    }
    await nothingKept()
  })
})
