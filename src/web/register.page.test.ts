import { beforeAll, expect, test } from 'vitest'
import type { Role } from '#access'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { contractPage, contractsPage } from '../contracts/contracts.page.ts'
import { endContractPage, extendContractPage } from '../contracts/last-day.page.ts'
import { operatorPage, operatorsPage } from '../operators/operators.page.ts'
import { routePage, routesPage } from '../routes/routes.page.ts'
import { runSheetPage, runSheetPdfPage } from '../routes/run-sheet.page.ts'
import { schoolPage, schoolsPage } from '../schools/schools.page.ts'
import type { Page } from './page.ts'
import { aVisit, textOf } from './testing.ts'

const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
})

type Asked = {
  params?: Record<string, string>
  query?: Record<string, string>
  form?: Record<string, string>
  role?: Role
}
const visit = ({ params = {}, query = {}, form = {}, role = 'manager' }: Asked) =>
  aVisit(sql, {
    params,
    query,
    form,
    now: thatMorning,
    person: { id: county.people[role], name: 'Helen Marsh', roles: [role] },
  })
const read = async (page: Page, asked: Asked = {}) => textOf(await page.get(visit(asked)))

test('routes: which run, for whom, under what; a route whose contract ended stands out', async () => {
  const all = await read(routesPage)
  expect(all).toMatch(
    /BEA-02 Saltmouth and Quay The Beacon Kestrel Cars Minibus C-0902 Last day 22 July 2023 3/,
  )
  expect(all).toMatch(/OAK-07 .*Not in force: ended 11 February 2022 1/)
  expect(await read(routesPage, { query: { aboard: 'stranded' } })).not.toContain('BEA-02')
  expect(await read(routesPage, { query: { q: 'kestrel', aboard: 'nobody' } })).toContain('No route matches')
})

test('one route: what is missing first, then stops, crew and pupils each way', async () => {
  const text = await read(routePage, { params: { routeId: String(county.route) } })
  expect(text).toContain('The family has not been told')
  expect(text).toMatch(/7:50am 3 Quay Street/)
  expect(text).toContain('Colin Farrow, driver')
  expect(text).toMatch(/Ffion Price-Hargreaves .*Yes .*Tomasz Zieliński .*Not yet/)
})

test('a driver whose licence has run out is named with it', async () => {
  expect(
    await read(routePage, { params: { routeId: String(county.route) }, query: { on: '2022-03-08' } }),
  ).toContain('Colin Farrow, driver: licence not valid on this day')
  expect(
    await read(operatorPage, { params: { operatorId: String(county.kestrel) }, query: { on: '2022-03-08' } }),
  ).toContain('A check has run out: Colin Farrow')
  expect(await read(operatorPage, { params: { operatorId: String(county.kestrel) } })).toContain(
    'A check runs out within 20 days: Colin Farrow',
  )
})

test('a run sheet says who is at each stop and what the crew must know; the PDF is a PDF', async () => {
  const params = { runId: String(county.runs.morning) }
  expect(await read(runSheetPage, { params })).toContain(
    'Aboard, and no stop is planned for: Ivy Lane, Ffion Price-Hargreaves, Tomasz Zieliński.',
  )
  for (const query of [{}, { large: 'yes' }]) {
    const paper = await runSheetPdfPage.get(visit({ params, query }))
    if (paper.reply !== 'download') throw new Error('Expected a file.')
    expect(paper).toMatchObject({ filename: 'BEA-02-to-school-2022-02-14.pdf', type: 'application/pdf' })
    expect(Buffer.from(paper.body).subarray(0, 5).toString()).toBe('%PDF-')
  }
})

test('a run sheet can be had for any day, and says when nothing is driven on it', async () => {
  const sheet = (on: string) =>
    read(runSheetPage, { params: { runId: String(county.runs.morning) }, query: { on } })
  expect(await sheet('2022-02-15')).not.toContain('not made on this day')
  expect(await sheet('2022-02-19')).toContain(
    'This run is not made on this day. It is made on: Monday to Friday.',
  )
  expect(await sheet('2019-02-15')).toContain('No stop is planned for this day There is nothing to drive by.')
})

test('contracts: those in force, the first to end on top; the ended one when asked for', async () => {
  expect(await read(contractsPage)).toMatch(/C-0902 Kestrel Cars 22 July 2023 £188.00 1 3/)
  expect(await read(contractsPage)).not.toContain('C-0881')
  expect(await read(contractsPage, { query: { standing: 'ended' } })).toContain('C-0881')
})

test('a contract that ended over somebody’s head says so, and what to do', async () => {
  const text = await read(contractPage, { params: { contractId: String(county.ended) } })
  expect(text).toContain('sit on runs of a contract that is not in force')
  expect(text).toContain('Let it run on')
})

test('scenario 43 on the page: ending a contract shows who would be stranded, extending it is free', async () => {
  const params = { contractId: String(county.running) }
  const early = await extendContractPage.post?.(visit({ params, form: { 'last-day': '2023-01-01' } }))
  expect(textOf(early)).toContain('Its last day is 22 July 2023. Choose a later one')
  const later = await extendContractPage.post?.(
    visit({ params, form: { 'last-day': '2099-07-22', step: 'record' } }),
  )
  expect(later).toMatchObject({ reply: 'redirect' })
  const never = await endContractPage.post?.(visit({ params, form: { 'last-day': '2100-01-01' } }))
  expect(textOf(never)).toContain('It already ends on 22 July 2099')
})

test('operators and schools: lists and one of each', async () => {
  expect(await read(operatorsPage)).toMatch(/Kestrel Cars 01632 960201 Admitted 1 3/)
  expect(await read(schoolsPage)).toMatch(/Oakfield School Special Harrow Vale 6 3/)
  const text = await read(schoolPage, { params: { schoolId: String(county.beacon) } })
  expect(text).toContain('Nobody is without transport')
  expect(text).toContain('Staff training 18 February 2022')
  expect(text).toContain('8:50am to 3:20pm')
})

test.each([
  [routePage, 'routeId'],
  [contractPage, 'contractId'],
  [operatorPage, 'operatorId'],
  [schoolPage, 'schoolId'],
  [runSheetPage, 'runId'],
] as const)('what nobody knows is not found', async (page, name) => {
  for (const id of ['99999', '0', 'x', '1;drop']) {
    expect((await page.get(visit({ params: { [name]: id } }))).reply).toBe('not-found')
  }
})
