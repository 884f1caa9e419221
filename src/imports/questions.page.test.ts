import { beforeAll, describe, expect, test } from 'vitest'
import { changePupil } from '#changeover/pupil-change-store'
import { recordChange } from '#changeover/store'
import type { PupilId } from '#ground/ids.ts'
import { now, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import type { Fields, Reply } from '#web/page.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { questionPage } from './question.page.ts'
import { questionKey } from './question.ts'
import { openQuestions } from './question-store.ts'
import { questionsPage } from './questions.page.ts'
import { importTexts } from './testing.ts'
import { undoImport } from './undo-store.ts'

const { sql } = realDatabase()
let county: SmallCounty

const heading = 'UPN,First name,Surname,DOB\n'
const children = {
  asha: 'W830000000001,Asha,Bello,03/04/2014\n',
  ravi: 'W830000000002,Ravi,Sen,21/09/2013\n',
  mina: 'W830000000003,Mina,Hall,25/12/2014\n',
  omar: 'W830000000004,Omar,Yusuf,11/11/2012\n',
  leah: 'W830000000005,Leah,Cohen,02/02/2012\n',
}
const { asha, ravi } = children

beforeAll(async () => {
  county = await smallCounty(sql)
  await importTexts(sql, { 'pupils.csv': heading + Object.values(children).join('') }, { asOf: '2021-09-01' })
})

const visit = (but: { params?: Fields; form?: Fields } = {}) =>
  aVisit(sql, {
    ...but,
    now: now(),
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
  })
const keys = async () => (await openQuestions(sql)).map(questionKey)
const pupilOf = async (upn: string) =>
  Number(
    (await sql`select pupil_id as id from pupil_particulars where upn = ${upn} and upper_inf(known)`)[0]?.[
      'id'
    ],
  )
const post = async (key: string, form: Fields): Promise<Reply> =>
  (await questionPage.post?.(visit({ params: { questionKey: key }, form }))) as Reply

/** Answers on the page, both steps, and gives what was said it would do. */
async function answered(key: string, form: Fields): Promise<string> {
  const before = await sql`select revision from knowledge_clock`
  const shown = textOf(await post(key, form))
  expect(shown).toContain('What this does')
  expect(await sql`select revision from knowledge_clock`).toEqual(before)
  expect(await post(key, { ...form, step: 'record' })).toMatchObject({
    reply: 'redirect',
    to: '/imports/questions',
  })
  expect(await keys()).not.toContain(key)
  return shown
}

describe('scenario 76: a pupil missing from a later extract is asked about, and stays until somebody answers', () => {
  let importId: number

  beforeAll(async () => {
    const done = await importTexts(sql, { 'pupils.csv': heading + asha }, { asOf: '2022-02-01' })
    importId = done.importId
  })

  test('each is a question by name', async () => {
    const shown = textOf(await questionsPage.get(visit()))
    for (const name of ['Ravi Sen', 'Mina Hall', 'Omar Yusuf']) expect(shown).toContain(`Where is ${name}?`)
    expect(shown).not.toContain('Asha')
    const [registered] = await sql`
      select count(*)::integer as n from pupil_registration join pupil_particulars p using (pupil_id)
       where p.upn like 'W83%' and upper_inf(pupil_registration.known) and upper_inf(pupil_registration.valid)`
    expect(registered).toEqual({ n: 5 })
  })

  test('still here: nothing changes, and it is not asked again', async () => {
    const ravi = await pupilOf('W830000000002')
    expect(await answered(`${importId}-pupil-${ravi}`, { answer: 'still-here' })).toContain(
      'Nothing about the child changes',
    )
    const [row] = await sql`select answer from import_answer where pupil_id = ${ravi}`
    expect(row).toEqual({ answer: 'still-here' })
  })

  test('scenario 77: a child changed by another while the question lay open is told before they are taken off', async () => {
    const mina = await pupilOf('W830000000003')
    const params = { questionKey: `${importId}-pupil-${mina}` }
    const seenOn = (reply: Reply) => /name="seen" value="(\d+)"/.exec(htmlOf(reply))?.[1] ?? ''
    const seen = seenOn(await questionPage.get(visit({ params })))
    const author = { by: county.people['transport-officer'], reason: 'the family rang' }
    const moved = await recordChange(sql, author, (tx) =>
      changePupil(tx, {
        change: 'move-home',
        pupil: mina as PupilId,
        from: plainDate('2022-01-10'),
        home: { address: '3 Quay Street' },
        seats: 'keep',
      }),
    )
    expect(moved).toMatchObject({ ok: true })
    const left = { answer: 'left', 'last-day': '2022-01-28', seen }
    for (const step of ['', 'record']) {
      const told = await post(params.questionKey, { ...left, step })
      expect(told).toMatchObject({ reply: 'show', status: 400 })
      expect(textOf(told)).toMatch(/Asha Kaur changed this pupil’s record on .*“the family rang”/)
      expect(await keys()).toContain(params.questionKey)
      expect(Number(seenOn(told))).toBeGreaterThan(Number(seen))
    }
    const told = await post(params.questionKey, left)
    const again = await post(params.questionKey, { ...left, seen: seenOn(told) })
    expect(textOf(again)).toContain('What this does')
  })

  test('left: the day is asked for, and they leave by the one command', async () => {
    const mina = await pupilOf('W830000000003')
    const key = `${importId}-pupil-${mina}`
    expect(textOf(await post(key, { answer: 'left', 'last-day': '' }))).toContain('Enter the last day')
    expect(textOf(await post(key, { answer: 'left', 'last-day': '2021-01-01' }))).toContain(
      'not on the register',
    )
    const shown = await answered(key, { answer: 'left', 'last-day': '2022-01-28' })
    expect(shown).toContain('From 29 January 2022 the child is no longer on the register')
    const [days] =
      await sql`select valid::text from pupil_registration where pupil_id = ${mina} and upper_inf(known)`
    expect(days).toEqual({ valid: '[2021-09-01,2022-01-29)' })
  })

  test('the same child under another number: two records become one', async () => {
    const again = 'W830000000044,Omar,Yusuf-Hart,11/11/2012\n'
    await importTexts(sql, { 'pupils.csv': heading + again }, { asOf: '2022-02-07', partial: true })
    const [omar, second] = [await pupilOf('W830000000004'), await pupilOf('W830000000044')]
    const shown = await answered(`${importId}-pupil-${omar}`, { answer: `same-${second}` })
    expect(shown).toContain('of the second record move to the first')
    expect(await pupilOf('W830000000044')).toBe(omar)
    const names = await sql`
      select family_name as name, lower(valid) as from from pupil_particulars where pupil_id = ${omar} and upper_inf(known) order by 2`
    expect([...names]).toEqual([
      { name: 'Yusuf', from: '2021-09-01' },
      { name: 'Yusuf-Hart', from: '2022-02-07' },
    ])
    expect(
      await sql`select 1 from pupil_registration where pupil_id = ${second} and upper_inf(known)`,
    ).toEqual([])
  })

  test('who is in a later extract is asked about no longer', async () => {
    const leah = await pupilOf('W830000000005')
    expect(await keys()).toContain(`${importId}-pupil-${leah}`)
    const whole = heading + asha + ravi + children.leah
    await importTexts(sql, { 'pupils.csv': whole }, { asOf: '2022-03-01' })
    expect(await keys()).not.toContain(`${importId}-pupil-${leah}`)
  })
})

describe('scenario 76: a row that may be a child the register knows is held until somebody says who it is', () => {
  const held = async (row: string) => {
    const done = await importTexts(
      sql,
      { 'pupils.csv': heading + row },
      { asOf: '2022-04-01', partial: true },
    )
    expect(done.sheets[0]?.counts).toMatchObject({ held: 1, new: 0, changed: 0 })
    return `${done.importId}-row-0-2`
  }

  test('a changed surname: the change is dated, and the row says what it does first', async () => {
    const key = await held('W830000000002,Ravi,Sen-Gupta,21/09/2013\n')
    const ravi = await pupilOf('W830000000002')
    const page = textOf(await questionPage.get(visit({ params: { questionKey: key } })))
    expect(page).toContain('has the surname changed?')
    expect(page).toContain('The same child as Ravi Sen')
    const shown = await answered(key, { answer: `same-${ravi}` })
    expect(shown).toContain('Family name: “Sen” becomes “Sen-Gupta” from 1 April 2022')
  })

  test('a twin under the other’s number: a new child, and the number stays where it belongs', async () => {
    const key = await held('W830000000001,Anil,Bello,03/04/2014\n')
    const shown = await answered(key, { answer: 'two-children' })
    expect(shown).toContain('Anil Bello goes on the register as a new pupil from 1 April 2022')
    expect(shown).toContain('UPN W830000000001 belongs to another child and stays theirs')
    const twins = await sql`
      select given_name as name, upn from pupil_particulars where family_name = 'Bello' and born_on = ${plainDate('2014-04-03')} and upper_inf(known) order by 1`
    expect([...twins]).toEqual([
      { name: 'Anil', upn: null },
      { name: 'Asha', upn: 'W830000000001' },
    ])
  })

  test('the same child twice: nothing changes', async () => {
    const done = await importTexts(
      sql,
      { 'pupils.csv': heading + asha + asha },
      { asOf: '2022-04-01', partial: true },
    )
    const key = `${done.importId}-row-0-3`
    const id = await pupilOf('W830000000001')
    expect(await answered(key, { answer: `same-${id}` })).toContain('Nothing about the child changes')
  })

  test('a row nobody needs is left out', async () => {
    const key = await held('W830000000099,Asha,Bello,03/04/2014\n')
    expect(await answered(key, { answer: 'left-out' })).toContain('Nothing about the child changes')
    expect(await sql`select 1 from pupil_particulars where upn = 'W830000000099'`).toEqual([])
  })

  test('an answer that is taken back opens the question again', async () => {
    const key = await held('W830000000098,Asha,Bello,03/04/2014\n')
    await answered(key, { answer: 'two-children' })
    const [record] = await sql`select import_id as id, revision from import_record order by 1 desc limit 1`
    const undone = await recordChange(sql, { by: county.people.manager, reason: 'Wrong child' }, (tx) =>
      undoImport(tx, { importId: Number(record?.['id']), revision: Number(record?.['revision']) }),
    )
    expect(undone).toMatchObject({ ok: true })
    expect(await keys()).toContain(key)
  })

  test('nobody answers twice', async () => {
    const key = await held('W830000000097,Asha,Bello,03/04/2014\n')
    const [open] = (await openQuestions(sql)).filter((one) => questionKey(one) === key)
    await answered(key, { answer: 'left-out' })
    expect(open).toBeDefined()
    expect(await post(key, { answer: 'left-out' })).toEqual({ reply: 'not-found' })
  })

  test('a child “different” under another’s own number would overwrite them, and stays held', async () => {
    const text = 'UPN,First name,Surname,DOB,Decided\nW830000000001,Musa,Okoro,08/08/2013,different\n'
    const done = await importTexts(sql, { 'pupils.csv': text }, { asOf: '2022-04-02', partial: true })
    expect(done.sheets[0]?.said[0]?.says[0]?.says).toContain('A different child needs a number of their own')
  })

  test('an answer is refused that names nobody the page offers', async () => {
    const key = await held('W830000000096,Asha,Bello,03/04/2014\n')
    expect(textOf(await post(key, { answer: 'same-1' }))).toContain('Choose who this is')
  })
})
