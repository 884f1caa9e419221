import type { Page as BrowserPage } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoAxeViolations, expectNoHorizontalScroll, realBrowser } from '#test/browser.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { everyRole, type Page } from '#web/page.ts'
import { pages } from '#web/pages.ts'
import { type RunningServer, startServer } from '#web/server.ts'

const { sql } = realDatabase()
const browser = realBrowser()
let county: SmallCounty
let site: RunningServer
const somebody = new Map<string, BrowserPage>()

beforeAll(async () => {
  county = await smallCounty(sql)
  const started = await startServer({ sql, port: 0, clock: () => thatMorning })
  if (!started.ok) throw new Error(started.refusal)
  site = started.value
})
afterAll(() => site.close())

/** Something of each kind that a URL may name, in the small county. */
const named: Readonly<Record<string, () => string | Promise<string>>> = {
  pupilId: () => String(county.pupils.amara),
  carerId: async () => {
    const [row] = await sql`select carer_id from pupil_carer where pupil_id = ${county.pupils.amara} limit 1`
    return String(row?.['carer_id'])
  },
  schoolId: () => String(county.oakfield),
  operatorId: () => String(county.kestrel),
  contractId: () => String(county.running),
  routeId: () => String(county.route),
  runId: () => String(county.runs.morning),
  revision: () => '1',
}

async function addressOf({ path }: Page): Promise<string> {
  const parts = path.split('/').map(async (part) => {
    if (!part.startsWith(':')) return part
    return (await named[part.slice(1)]?.()) ?? part
  })
  return (await Promise.all(parts)).join('/')
}

async function enteredAs(role: keyof SmallCounty['people']): Promise<BrowserPage> {
  const there = somebody.get(role)
  if (there) return there
  const page = await browser.page()
  await page.goto(`${site.url}/sign-in`)
  await page.locator(`button[name="person"][value="${county.people[role]}"]`).click()
  somebody.set(role, page)
  return page
}

const shown = pages.filter(
  (page): page is Page => page.allow !== 'anyone' && !/\.(csv|pdf|xlsx|json)$/.test(page.path),
)
const onDisk = /^(?:application|text)\/(?!html)/

test.each(shown.map((page) => [page.path, page] as const))(
  '%s: axe finds nothing and nothing sticks out, wide or at 320 pixels',
  async (path, page) => {
    const role = everyRole.find((one) => one !== 'auditor' && page.allow.includes(one)) ?? 'auditor'
    const there = await enteredAs(role)
    const address = await addressOf(page)
    if (address.includes(':'))
      return expect(Object.keys(parametersOnlyTheirOwnTestsKnow), path).toContain(path)

    const answer = await there.goto(`${site.url}${address}`).catch((cause: Error) => cause)
    // The browser saves a file instead of showing it.
    if (answer instanceof Error) return expect(answer.message).toContain('Download is starting')
    expect(answer?.status(), address).toBe(200)
    if (onDisk.test(answer?.headers()['content-type'] ?? '')) return
    await there.setViewportSize({ width: 1280, height: 900 })
    await expectNoAxeViolations(there)
    await expectNoHorizontalScroll(there)
    await there.setViewportSize({ width: 320, height: 640 })
    await expectNoAxeViolations(there)
  },
)

/** Pages about something the small county has none of, each with why. */
const parametersOnlyTheirOwnTestsKnow: Readonly<Record<string, string>> = {}
