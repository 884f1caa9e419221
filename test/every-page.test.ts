import type { Page as BrowserPage } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '#access'
import { makeLink } from '#access/invitation-store'
import { closeAccount, openAccount } from '#access/people-store'
import { acceptGaps, recordChange } from '#changeover/store'
import type { PersonId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { dayOf, instant, plainDate } from '#ground/time.ts'
import { freezeCohort, planCohort } from '#sitrep/cohort-store'
import { publishReport } from '#sitrep/published-store'
import { cutAt } from '#sitrep/store'
import {
  expectAWholePage,
  expectNoAxeViolations,
  expectNoHorizontalScroll,
  realBrowser,
} from '#test/browser.ts'
import { realDatabase } from '#test/database.ts'
import { plannedScenario, reviewTokenOf } from '#test/planned.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { unsafeQuayStreet } from '#test/unsafe-way.ts'
import { everyRole, type OpenPage, type Page } from '#web/page.ts'
import { pages } from '#web/pages.ts'
import { type RunningServer, startServer } from '#web/server.ts'
import { transferYear } from '../src/changeover/transfer-store.ts'

const whenAllIsRecorded = instant('2022-02-14T07:30')
const { sql } = realDatabase()
const browser = realBrowser()
let county: SmallCounty
let site: RunningServer
let cohort: number
let transfer: number
let planned: { scenario: number; plan: number }
let brought: { upload: string; import: string; question: string }
let former: PersonId
let roads: Awaited<ReturnType<typeof unsafeQuayStreet>>
const people = new Map<string, Promise<BrowserPage>>()

beforeAll(async () => {
  county = await smallCounty(sql)
  await somethingAccepted()
  cohort = await somethingPublished()
  transfer = await somebodyTransferred()
  planned = await plannedScenario(sql, county)
  roads = await unsafeQuayStreet(sql, county)
  const started = await startServer({ sql, port: 0, clock: () => whenAllIsRecorded, ...roads.files })
  if (!started.ok) throw new Error(started.refusal)
  site = started.value
  brought = await somethingBroughtIn()
  former = await somebodyWhoLeft()
})
afterAll(() => site.close().then(roads.forget))

async function somethingAccepted(): Promise<void> {
  const risk = { by: county.people.manager, reason: 'The minibus is off the road' }
  await recordChange(sql, { ...risk, at: thatMorning }, async (tx) => {
    const gap = { pupil: county.pupils.amara, direction: 1, firstDay: dayOf(thatMorning), after: 'no-offer' }
    await acceptGaps(tx, [{ ...gap, direction: 1 }], {
      ...risk,
      change: 'BEA-02 suspended',
      until: plainDate('2022-03-11'),
    })
    return ok(null)
  })
}

async function somebodyWhoLeft(): Promise<PersonId> {
  const [today, now] = [dayOf(thatMorning), thatMorning]
  const author = { by: county.people.administrator, reason: 'Came and went', at: thatMorning }
  const account = { name: 'Jo Reed', email: 'jo.reed@westmarch.example', roles: ['auditor'] as const }
  const left = await recordChange(sql, author, async (tx) => {
    const opened = await openAccount(tx, { ...account, from: today, now })
    if (opened.ok) await closeAccount(tx, { person: opened.value, today, now })
    return opened
  })
  if (!left.ok) throw new Error('Jo Reed was not recorded.')
  return left.value
}

/** A report, and a cohort with a plan. Gives the cohort. */
async function somethingPublished(): Promise<number> {
  const author = { by: county.people.manager, reason: 'published', at: thatMorning }
  const asAt = { on: dayOf(thatMorning), knownAt: thatMorning }
  const cut = await cutAt(sql, asAt)
  const frozen = await freezeCohort(sql, { name: 'Promised by half-term', cut, author })
  if (!frozen.ok) throw new Error(frozen.refusal)
  const plan = { beginsOn: plainDate('2022-02-28'), points: [{ on: asAt.on, percent: 80 }] }
  await planCohort(sql, frozen.value.id, { plan, from: asAt.on, author })
  await publishReport(sql, { asAt, title: 'For the board', commentary: 'Spot hire is sought.', author })
  return frozen.value.id
}

/** One pupil of a year group, moved up a year. Gives the number of the transfer. */
async function somebodyTransferred(): Promise<number> {
  const author = { by: county.people.manager, reason: 'Year 7 moves up', at: thatMorning }
  const ivy = { pupil: county.pupils.ivy, name: 'Ivy Lane', does: 'stays' } as const
  const moving = { yearGroup: '7', from: plainDate('2022-09-01'), decisions: [ivy] }
  const done = await recordChange(sql, author, (tx) => transferYear(tx, moving))
  if (!done.ok) throw new Error('Ivy was not moved up.')
  return done.value.revision
}

/** An import that is recorded, a question it left open, and files that wait to be confirmed. */
async function somethingBroughtIn(): Promise<typeof brought> {
  const page = await enteredAs('transport-officer')
  const standing = () => new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const send = async (...rows: string[]) => {
    await page.goto(`${site.url}/imports`)
    const text = ['UPN,First name,Surname,DOB,House colour', ...rows, ''].join('\n')
    const file = { name: 'pupils.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
    await page.locator('#files').setInputFiles([file])
    await page.getByRole('button', { name: 'Show what they would do' }).click()
    return standing()
  }
  const bringIn = async (...rows: string[]) => {
    await send(...rows)
    await page.getByRole('button', { name: /^Bring in/ }).click()
    return standing()
  }
  const asha = 'W820000000901,Asha,Bello,03/04/2014,red'
  const refused = 'W820000000902,Ravi,Bello,31/02/2014,blue'
  await bringIn(asha, 'W820000000903,Mina,Hall,25/12/2014,red')
  const recorded = await bringIn(asha, 'W820000000905,Omar,Yusuf,11/11/2012,red', refused)
  await page.goto(`${site.url}/imports/questions`)
  const asked = await page.locator('main a[href^="/imports/questions/"]').first().getAttribute('href')
  return { import: recorded, question: asked?.split('/').at(-1) ?? '', upload: await send(refused) }
}

/** Something of each kind that an address may name, in the small county. */
const named: Readonly<Record<string, () => string | number | Promise<string>>> = {
  pupilId: () => county.pupils.amara,
  carerId: async () => {
    const [row] = await sql`select carer_id from pupil_carer where pupil_id = ${county.pupils.amara} limit 1`
    return String(row?.['carer_id'])
  },
  schoolId: () => county.oakfield,
  operatorId: () => county.kestrel,
  contractId: () => county.running,
  routeId: () => county.route,
  runId: () => county.runs.morning,
  revision: () => 1,
  formerId: () => former,
  personId: () => county.people['transport-officer'],
  token: () => {
    const { auditor: person, administrator: by } = county.people
    return sql.begin((tx) => makeLink(tx, { person, by, now: whenAllIsRecorded }))
  },
  reviewToken: () => reviewTokenOf(sql, county, planned),
  kind: () => 'school',
  cohortId: () => cohort,
  scenarioId: () => planned.scenario,
  planId: () => planned.plan,
  anomalyId: () => 1,
  runNumber: async () => {
    const [row] = await sql`
      select min(run_number) as first from found_run where plan_id = ${planned.plan} and ${county.pupils.amara} = any(pupils)`
    return String(row?.['first'])
  },
  policy: () => 'plan-limits',
  searchId: () => 1,
  questionKey: () => brought.question,
  reportId: () => 1,
  importId: () => brought.import,
  uploadId: () => brought.upload,
  transfer: () => transfer,
  row: () => 'trunk',
  way: () => roads.way,
  acceptance: async () => {
    const [row] = await sql`select min(fact_id) as first from accepted_gap`
    return String(row?.['first'])
  },
}

/** A browser shows no file: their own tests open these. */
const files: readonly string[] = [
  '/exceptions.csv',
  '/imports/:importId/refused',
  '/imports/export/:file',
  '/imports/templates/:file',
  '/imports/uploads/:uploadId/refused',
  '/plans/:scenarioId/found/:planId/impact/:file',
  '/runs/:runId/sheet.pdf',
  '/situation/published/:reportId/:kind',
  '/situation/report/:kind',
]

async function addressOf(path: string): Promise<string> {
  const parts = path.split('/').map(async (part) => {
    if (!part.startsWith(':')) return part
    const one = named[part.slice(1)]
    if (!one) throw new Error(`${path}: nothing in the county is called ${part}. Add one to this test.`)
    return String(await one())
  })
  return (await Promise.all(parts)).join('/')
}

function enteredAs(role: Role, { javaScript = true } = {}): Promise<BrowserPage> {
  const key = `${role} ${javaScript}`
  const there = people.get(key) ?? signIn(role, javaScript)
  people.set(key, there)
  return there
}

async function signIn(role: Role, javaScript: boolean): Promise<BrowserPage> {
  const page = await browser.page({ javaScript })
  await page.goto(`${site.url}/sign-in`)
  await page.locator(`button[name="person"][value="${county.people[role]}"]`).click()
  return page
}

const asked: Readonly<Record<string, string>> = {
  '/imports/uploads/:uploadId/columns': '?sheet=pupils.csv',
  '/plans/:scenarioId/found/:planId/runs/:runNumber/change': '?kind=move',
  '/pupils/transfers/year': '?year=7&from=2022-09-01',
}

const mayOpen = ({ allow }: Page | OpenPage): readonly Role[] =>
  allow === 'anyone' ? everyRole : everyRole.filter((role) => allow.includes(role))
const shown = pages.filter(
  (page) => page.get !== undefined && page.path !== '/sign-in' && !files.includes(page.path),
)

/** What of axe a narrow screen may change: the rest was asked of the same page wide. */
const layoutRules = [
  'color-contrast',
  'target-size',
  'scrollable-region-focusable',
  'td-headers-attr',
  'list',
  'dlitem',
]

/** What a page must not do behind its visitor’s back: write errors, or ask anybody else for anything. */
function overhear(page: BrowserPage): string[] {
  const heard: string[] = []
  page.on('console', (message) => message.type() === 'error' && heard.push(message.text()))
  page.on('pageerror', (error) => heard.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url) && !/^(data|blob):/.test(request.url()))
      heard.push(`asks ${request.url()}`)
  })
  return heard
}

test.concurrent.each(shown.map((page) => [page.path, page] as const))(
  '%s: axe finds nothing, nothing goes wrong, wide, at 320 pixels, and without JavaScript, for all who may see it',
  async (path, page) => {
    const [role = 'auditor', ...others] = mayOpen(page)
    const address = `${site.url}${await addressOf(path)}${asked[path] ?? ''}`
    await expectGoodInABrowser(await enteredAs(role), address)
    await expectWholeWithoutScript(await enteredAs(role, { javaScript: false }), address)
    for (const other of others) {
      const answer = await (await enteredAs(other)).request.get(address)
      expect(answer.status(), `${other} at ${address}`).toBe(200)
      const text = await answer.text()
      expect(text).toMatch(/<h1\b/)
      expect(text, `${other} at ${address}`).not.toContain('href=""')
    }
  },
  60_000, // five pages are open at once, and a busy machine is slow
)

async function expectGoodInABrowser(person: BrowserPage, address: string): Promise<void> {
  const page = await person.context().newPage()
  const heard = overhear(page)
  const answer = await page.goto(address)
  expect(answer?.status(), address).toBe(200)
  await expectAWholePage(page)
  await expectNoAxeViolations(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoHorizontalScroll(page)
  await expectNoAxeViolations(page, layoutRules)
  expect(heard, address).toEqual([])
  await page.close()
}

async function expectWholeWithoutScript(person: BrowserPage, address: string): Promise<void> {
  const page = await person.context().newPage()
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(address)
  await expectAWholePage(page)
  await expectNoHorizontalScroll(page)
  await page.close()
}

test('every file left out here is a page there is', () => {
  expect(files.filter((path) => !pages.some((page) => page.path === path))).toEqual([])
})
