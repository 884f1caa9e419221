import { afterAll, beforeAll, expect, test } from 'vitest'
import { instant } from '#ground/time.ts'
import { expectNoAxeViolations, expectNoHorizontalScroll, realBrowser } from '#test/browser.ts'
import { realDatabase } from '#test/database.ts'
import { plannedScenario } from '#test/planned.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { paths } from '#web/paths.ts'
import { type RunningServer, startServer } from '#web/server.ts'

const { sql } = realDatabase()
const browser = realBrowser()
let county: SmallCounty
let site: RunningServer
let found: { scenario: number; plan: number }

beforeAll(async () => {
  county = await smallCounty(sql)
  found = await plannedScenario(sql, county)
  const started = await startServer({ sql, port: 0, clock: () => instant('2022-02-14T18:30') })
  if (!started.ok) throw new Error(started.refusal)
  site = started.value
})
afterAll(() => site.close())

/** A run that several pupils share. */
async function sharedRun(): Promise<string> {
  const [row] = await sql<{ run: number }[]>`
    select run_number as run from found_run where plan_id = ${found.plan} order by cardinality(pupils) desc limit 1`
  return paths.runOfPlan(found.scenario, found.plan, row?.run ?? 0)
}

test.each([{ javaScript: false, width: 320 }, { width: 1280 }])(
  'a planner splits a run, sees what it does, and keeps it: %o',
  async (screen) => {
    const page = await browser.page(screen)
    await page.goto(`${site.url}/sign-in`)
    await page.locator(`button[name="person"][value="${county.people.manager}"]`).click()
    await page.goto(`${site.url}${await sharedRun()}`)
    await page.getByRole('link', { name: 'Change this run by hand' }).click()
    await page.getByRole('link', { name: 'Split this run' }).click()
    await page.getByRole('checkbox').first().focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Show what it would do' }).press('Enter')
    await page.getByRole('heading', { name: 'What it does' }).waitFor()
    await expectNoHorizontalScroll(page)
    if (screen.javaScript !== false) await expectNoAxeViolations(page)
    await page.getByLabel('Why?').fill('They do not get on')
    await page.getByRole('button', { name: 'Keep as another plan' }).press('Enter')
    const text = await page.getByRole('main').textContent()
    expect(text).toMatch(/Helen Marsh split V\d (to|from) school: .* now on V\d \(.*“They do not get on”/)
    found = { ...found, plan: Number(page.url().split('/').at(-1)) }
  },
)
