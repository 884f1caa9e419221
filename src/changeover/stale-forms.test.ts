/** Scenario 77 for the forms about one pupil: what others recorded while one lay open is told before it is recorded. */
import { beforeAll, expect, test } from 'vitest'
import { addDays, instant, now, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { yearsOn } from '#test/stranding.ts'
import { arrangeTravel } from '#travel-arrangements/arrangement-store'
import type { Page } from '#web/page.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { arrangementPage } from './arrangement.page.ts'
import { leavePage } from './leave.page.ts'
import { moveHomePage } from './move-home.page.ts'
import { moveSchoolPage } from './move-school.page.ts'
import { needPage } from './need.page.ts'
import { seatPage } from './seat.page.ts'
import { recordChange } from './store.ts'

const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
  await yearsOn(sql, county)
})

const today = plainDate('2090-06-12')
const from = '2090-06-19'
const visit = (pupil: number, form: Record<string, string> = {}) =>
  aVisit(sql, {
    params: { pupilId: String(pupil) },
    form,
    now: now(),
    today,
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
  })
const seenOn = (html: string) => /name="seen" value="(\d+)"/.exec(html)?.[1] ?? ''
const open = async (page: Page, pupil: number) => seenOn(htmlOf(await page.get(visit(pupil))))

/** Somebody else gives the pupil a pass home, from a day that none of these forms is about. */
const somebodyElse = (pupil: number) =>
  recordChange(sql, { by: county.people['transport-officer'], reason: 'a pass for July' }, (tx) =>
    arrangeTravel(tx, {
      pupil: pupil as SmallCounty['pupils'][keyof SmallCounty['pupils']],
      directions: [2],
      kind: 'travel-pass',
      from: plainDate('2091-07-01'),
      until: addDays(plainDate('2091-07-01'), 1),
    }),
  )

const forms = (): [string, Page, Record<string, string>, string][] => [
  ['leaving', leavePage, { 'last-day': from }, 'last-day'],
  ['moving home', moveHomePage, { from, address: '9 Tide Row', postcode: 'WQ9 2BB', seats: 'keep' }, 'from'],
  ['moving school', moveSchoolPage, { from, school: String(county.beacon), boarding: 'day' }, 'from'],
  [
    'a change of need',
    needPage,
    {
      from,
      mobility: 'seat',
      assistant: 'none',
      handover: 'school-staff',
      communication: 'Signs',
      'sent-by': 'SEN',
      seats: 'keep',
    },
    'from',
  ],
  ['another seat', seatPage, { from, direction: '2', run: String(county.runs.afternoon) }, 'from'],
  ['an arrangement', arrangementPage, { from, kind: 'travel-pass', way: '2' }, 'kind'],
]
const named = [
  'leaving',
  'moving home',
  'moving school',
  'a change of need',
  'another seat',
  'an arrangement',
]

test.each(named)(
  'scenario 77: %s, sent after another’s change, tells of it and is recorded on the second asking',
  async (name) => {
    const [, page, form, beside] = forms().find(([one]) => one === name) ?? []
    if (!page) throw new Error(`No form is called ${name}`)
    const pupil = name === 'another seat' ? county.pupils.xiaolong : county.pupils.jack
    const seen = await open(page, pupil)
    expect(await somebodyElse(pupil)).toMatchObject({ ok: true })
    const latest = async () => (await sql`select revision from knowledge_clock`)[0]

    for (const step of ['show', 'record']) {
      const before = await latest()
      const told = await page.post?.(visit(pupil, { ...form, seen, step }))
      expect(told).toMatchObject({ reply: 'show', status: 400 })
      expect(textOf(told)).toMatch(/Asha Kaur changed this pupil’s record on .*\(“a pass for July”\)/)
      expect(htmlOf(told)).toContain(`href="#${beside}"`)
      // What is sent again from this page is sent by somebody who was told.
      expect(Number(seenOn(htmlOf(told)))).toBeGreaterThan(Number(seen))
      expect(await latest()).toEqual(before)
    }
    const again = await page.post?.(visit(pupil, { ...form, seen: await open(page, pupil) }))
    expect(again, textOf(again)).toMatchObject({ reply: 'show', status: 200 })
  },
)

test('scenario 77: a form opened by a machine whose clock is behind has seen what another recorded a moment ago', async () => {
  const pupil = county.pupils.niamh
  expect(await somebodyElse(pupil)).toMatchObject({ ok: true })
  const behind = instant('2022-03-01T09:00')
  const html = htmlOf(await leavePage.get({ ...visit(pupil), now: behind }))
  const sent = { ...visit(pupil, { 'last-day': from, seen: seenOn(html) }), now: behind }
  const shown = await leavePage.post?.(sent)
  expect(shown, textOf(shown)).toMatchObject({ reply: 'show', status: 200 })
})
