import { beforeAll, expect, test } from 'vitest'
import type { Role } from '#access'
import { instant } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { yearsOn } from '#test/stranding.ts'
import type { Page } from '#web/page.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { operatorStandingPage } from '../operators/standing.page.ts'
import { endRoutePage, endRunPage } from './end.page.ts'
import { runCrewPage, runVehiclePage } from './roster.page.ts'

// The pages record at the clock's own time, so the small county's facts are written anew for years to come.
const { sql } = realDatabase()
let county: SmallCounty

beforeAll(async () => {
  county = await smallCounty(sql)
  await yearsOn(sql, county)
})

/** A morning on which all of it still holds. */
const now = instant('2090-09-04T07:05')
type Asked = { params: Record<string, string>; form?: Record<string, string>; role?: Role }
const visit = ({ params, form = {}, role = 'transport-officer' }: Asked) =>
  aVisit(sql, { params, form, now, person: { id: county.people[role], name: 'Asha Kaur', roles: [role] } })
const send = async (page: Page, asked: Asked) => page.post?.(visit(asked))
const record = async (page: Page, asked: Asked) =>
  send(page, { ...asked, form: { ...asked.form, step: 'record' } })
const newest = async () =>
  (await sql`select revision, reason from revision order by revision desc limit 1`)[0]

const run = () => ({ runId: String(county.runs.morning) })
const cases: [what: string, page: Page, asked: () => Asked][] = [
  [
    'the route',
    endRoutePage,
    () => ({ params: { routeId: String(county.route) }, form: { 'last-day': '2097-03-01' } }),
  ],
  ['the run', endRunPage, () => ({ params: run(), form: { 'last-day': '2097-03-01' } })],
  ['its driver', runCrewPage, () => ({ params: run(), form: { off: '1', from: '2097-03-01' } })],
  ['its vehicle', runVehiclePage, () => ({ params: run(), form: { from: '2097-03-01' } })],
  [
    'the standing of its operator',
    operatorStandingPage,
    () => ({
      params: { operatorId: String(county.kestrel) },
      form: { standing: 'suspended', from: '2097-03-01' },
      role: 'commissioner' as const,
    }),
  ],
]

test.each(cases)(
  'ending %s shows by name and day whom it would strand, and is refused',
  async (_what, page, asked) => {
    expect((await page.get(visit(asked()))).reply).toBe('show')
    const before = await newest()
    for (const shown of [await send(page, asked()), await record(page, asked())]) {
      const text = textOf(shown)
      expect(text).toMatch(/\d+ pupils would be worse off/)
      expect(text).toContain('Ffion Price-Hargreaves')
      expect(text).toContain('Only a manager may accept it: Helen Marsh.')
      expect(shown).toMatchObject({ pupils: expect.arrayContaining([county.pupils.ffion]) })
    }
    expect(await newest()).toEqual(before)
  },
)

test.each(cases)(
  'of %s: what is missing from the form is asked for, and what nobody knows is not found',
  async (_what, page, asked) => {
    const { params, role } = asked()
    const again = await send(page, { params, form: {}, ...(role && { role }) })
    expect(again).toMatchObject({ reply: 'show', status: 400 })
    expect(htmlOf(again)).toContain('There is a problem')
    for (const id of ['999999', 'x']) {
      const nowhere = { params: Object.fromEntries(Object.keys(params).map((name) => [name, id])) }
      expect(await send(page, { ...nowhere, ...(role && { role }) })).toEqual({ reply: 'not-found' })
    }
  },
)

test('another checked driver or vehicle of the operator in the same change, and nobody is worse off', async () => {
  const [spare] = await sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'test', 'a spare driver and a spare car')`
    const [crew] = await tx<{ id: number }[]>`insert into crew default values returning crew_id as id`
    const [vehicle] = await tx<
      { id: number }[]
    >`insert into vehicle default values returning vehicle_id as id`
    const valid = '[2020-01-01,2099-07-23)'
    const say = (table: string, fact: object) =>
      tx`select state_fact(${table}::regclass, ${tx.json({ ...fact, valid } as never)})`
    await say('crew_particulars', {
      crew_id: crew?.id,
      operator_id: county.kestrel,
      name: 'Rosa Lind',
      post: 'driver',
    })
    for (const kind of ['dbs', 'badge', 'licence']) await say('crew_check', { crew_id: crew?.id, kind })
    await say('vehicle_particulars', {
      vehicle_id: vehicle?.id,
      operator_id: county.kestrel,
      registration: 'WQ26 NEW',
      vehicle_type: 'Minibus',
      layouts: [[8, 0]],
    })
    for (const kind of ['mot', 'insurance']) await say('vehicle_check', { vehicle_id: vehicle?.id, kind })
    return [{ crew: String(crew?.id), vehicle: String(vehicle?.id) }]
  })
  const driver = { params: run(), form: { off: '1', instead: spare?.crew ?? '', from: '2097-03-01' } }
  expect(textOf(await send(runCrewPage, driver))).toContain('Nobody’s travel gets worse')
  expect(await record(runCrewPage, driver)).toMatchObject({ reply: 'redirect' })
  expect(await newest()).toMatchObject({
    reason: 'BEA-02, to school: Rosa Lind, driver instead of Colin Farrow, driver, from 1 March 2097',
  })
  const car = { params: run(), form: { instead: spare?.vehicle ?? '', from: '2097-03-01' } }
  expect(await record(runVehiclePage, car)).toMatchObject({ reply: 'redirect' })
  const gone = await send(runCrewPage, { params: run(), form: { off: '1', from: '2098-03-01' } })
  expect(textOf(gone)).toContain('Not on the run from 1 March 2098 on')
})

test('an operator that stands so already is told so', async () => {
  const same = await send(operatorStandingPage, {
    params: { operatorId: String(county.kestrel) },
    form: { standing: 'admitted', from: '2097-03-01' },
    role: 'commissioner',
  })
  expect(textOf(same)).toContain('Kestrel Cars is admitted already from then on')
})
