import { beforeAll, expect, test } from 'vitest'
import { now, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { yearsOn } from '#test/stranding.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { changePupil } from './pupil-change-store.ts'
import { recordChange } from './store.ts'
import { nextFirstDay, yearAfter, yearInWords } from './transfer.ts'
import { transferYearPage } from './transfer-year.page.ts'
import { transferPage, transferUndoPage } from './transferred.page.ts'
import { transfersPage } from './transfers.page.ts'

// The pages record at the clock's own time, so the small county's facts are written anew for years to come.
const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
  await yearsOn(sql, county)
})

const september = '2090-09-01'
const asManager = (but: object) =>
  aVisit(sql, {
    now: now(),
    today: plainDate('2090-06-12'),
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
    ...but,
  })
const year = (form: Record<string, string>) =>
  asManager({ query: { year: '7', from: september, usual: '' }, form, formLists: listed(form) })
const listed = (form: Record<string, string>) =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, [value]]))

const placesOn = async (day: string) =>
  (
    await sql`
      select n.given_name as name, p.year_group as year, p.school_id as school
        from placement p join pupil_registration r on r.pupil_id = p.pupil_id and upper_inf(r.known) and r.valid @> ${day}::date
        join pupil_particulars n on n.pupil_id = p.pupil_id and upper_inf(n.known) and n.valid @> ${day}::date
       where upper_inf(p.known) and p.valid @> ${day}::date order by 1`
  ).map(({ name, year, school }) => [name, year, school])

/** Ivy leaves, Jack stays, Musa moves to The Beacon; the rest are not decided yet. */
const decided = () => ({
  [`does-${county.pupils.ivy}`]: 'leaves',
  [`does-${county.pupils.jack}`]: 'stays',
  [`school-${county.pupils.musa}`]: 'the beacon',
})

test('a year group is listed by school with the seats each has, and what is planned', async () => {
  const text = textOf(await transferYearPage.get(year({})))
  expect(text).toContain('What becomes of Year 7?')
  expect(text).toContain('Ivy Lane The Beacon; seat on BEA-02')
  expect(text).toContain('Musa Bello Oakfield School; no seat from then on')
  expect(text).toContain('Stays, in Year 8')
})

test('what it does to each is told first; then all of it is recorded at once, and taken back at once', async () => {
  const before = await placesOn(september)
  const told = textOf(await transferYearPage.post?.(year(decided())))
  expect(told).toContain('1 move school; 1 stay, in Year 8; 1 leave; 6 are left as they are.')
  expect(told).toContain(
    'Ivy Lane leaves: The seat on BEA-02 (to school) is given up. The seat on BEA-02 (home)',
  )
  expect(await placesOn(september)).toEqual(before)

  const done = await transferYearPage.post?.(year({ ...decided(), step: 'record' }))
  const to = done?.reply === 'redirect' ? done.to : ''
  const transfer = /^\/pupils\/transfers\/(\d+)$/.exec(to)?.[1] ?? ''
  const after = await placesOn(september)
  expect(after).not.toContainEqual(expect.arrayContaining(['Ivy']))
  expect(after).toContainEqual(['Jack', '8', county.oakfield])
  expect(after).toContainEqual(['Musa', '8', county.beacon])
  expect(await placesOn('2090-08-31')).toEqual(before)

  const params = { transfer }
  const record = textOf(await transferPage.get(asManager({ params })))
  expect(record).toContain('Year 7, 1 September 2090: 3 pupils')
  expect(record).toContain('Ivy Lane Not on the register')
  expect(textOf(await transfersPage.get(asManager({})))).toContain('In force')

  const why = { why: 'The wrong year' }
  expect(
    textOf(await transferUndoPage.post?.(asManager({ params, form: why, formLists: listed(why) }))),
  ).toContain('believed again')
  await transferUndoPage.post?.(
    asManager({ params, form: { ...why, step: 'record' }, formLists: listed(why) }),
  )
  expect(await placesOn(september)).toEqual(before)
  expect(await transferUndoPage.get(asManager({ params }))).toEqual({ reply: 'not-found' })
  expect(textOf(await transfersPage.get(asManager({})))).toContain('Undone')
})

test('who would lose a seat by it is named by the interlock, as in every other change', async () => {
  const text = textOf(
    await transferYearPage.post?.(year({ [`school-${county.pupils.ffion}`]: 'Oakfield School' })),
  )
  expect(text).toContain('One pupil would be worse off')
  expect(text).toContain('Ffion Price-Hargreaves')
})

test('scenario 77: a pupil changed by another while the year lay open is named, and the year may be sent again', async () => {
  const seenOn = (html: string) => /name="seen" value="(\d+)"/.exec(html)?.[1] ?? ''
  const { jack } = county.pupils
  const form = { [`does-${jack}`]: 'stays', seen: seenOn(htmlOf(await transferYearPage.get(year({})))) }
  await recordChange(sql, { by: county.people['transport-officer'], reason: 'moved in May' }, (tx) =>
    changePupil(tx, {
      change: 'move-home',
      pupil: jack,
      from: plainDate('2090-06-20'),
      home: { address: '4 Weir Row' },
      seats: 'keep',
    }),
  )
  const before = await placesOn(september)
  for (const step of ['', 'record']) {
    const told = await transferYearPage.post?.(year({ ...form, step }))
    expect(told).toMatchObject({ reply: 'show', status: 400 })
    expect(textOf(told)).toMatch(/Jack Bright: Asha Kaur changed this pupil’s record on .*“moved in May”/)
    expect(htmlOf(told)).toContain(`href="#does-${jack}"`)
    expect(await placesOn(september)).toEqual(before)
  }
  const told = htmlOf(await transferYearPage.post?.(year(form)))
  const again = await transferYearPage.post?.(year({ ...form, seen: seenOn(told), step: 'record' }))
  expect(again).toMatchObject({ reply: 'redirect' })
  expect(await placesOn(september)).toContainEqual(['Jack', '8', county.oakfield])
})

test.each([
  [{}, 'Choose what becomes of one pupil at least'],
  [{ does: 'moves' }, 'Enter the school Musa Bello moves to'],
  [{ school: 'Hogsmeade' }, '"Hogsmeade" is no school on the register'],
  [{ does: 'moves', school: 'Oakfield School' }, 'Musa Bello is at Oakfield School already'],
] as const)('decided as %j, it is asked for again', async (but: { does?: string; school?: string }, says) => {
  const form = { why: '', ...named('does', but.does), ...named('school', but.school) }
  const reply = await transferYearPage.post?.(year(form))
  expect(reply).toMatchObject({ reply: 'show', status: 400 })
  expect(textOf(reply).replaceAll('&quot;', '"')).toContain(says)
})
const named = (field: string, value: string | undefined) =>
  value === undefined ? {} : { [`${field}-${county.pupils.musa}`]: value }

test('a year that nobody is in says so, and a day that is none is asked for again', async () => {
  const nobody = asManager({ query: { year: '3', from: september } })
  expect(textOf(await transferYearPage.get(nobody))).toContain('Nobody is in this year group there')
  const wrong = asManager({ query: { year: '6', from: '2090-02-29' }, queryLists: { from: ['2090-02-29'] } })
  expect(await transferYearPage.get(wrong)).toMatchObject({
    reply: 'redirect',
    to: '/pupils/transfers?from=2090-02-29',
  })
  expect(textOf(await transfersPage.get(wrong))).toContain('2090-02-29')
})

test('a school year begins in September, and one year group follows the other', () => {
  expect(nextFirstDay(plainDate('2026-08-31'))).toBe('2026-09-01')
  expect(nextFirstDay(plainDate('2026-09-01'))).toBe('2027-09-01')
  expect([yearAfter('6'), yearAfter('11'), yearAfter('Reception')]).toEqual(['7', '12', 'Reception'])
  expect([yearInWords('6'), yearInWords('Reception')]).toEqual(['Year 6', 'Reception'])
})
