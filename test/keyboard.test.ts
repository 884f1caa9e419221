/** An officer's errand without a mouse: WCAG 2.2, 2.1.1 (keyboard), 2.4.7 (focus visible) and 2.4.11 (focus not obscured). */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { realBrowser } from '#test/browser.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { type RunningServer, startServer } from '#web/server.ts'

const { sql } = realDatabase()
const browser = realBrowser()
let county: SmallCounty
let site: RunningServer

beforeAll(async () => {
  county = await smallCounty(sql)
  const started = await startServer({ sql, port: 0, clock: () => thatMorning })
  if (!started.ok) throw new Error(started.refusal)
  site = started.value
})
afterAll(() => site.close())

type Stop = { wanted: boolean; what: string; seen: boolean }

/**
 * Where the focus stands: whether it is what was wanted, and whether an eye finds it, marked and uncovered. On the
 * calendar button inside a field for a day the field is not `:focus`: that mark is the browser's own.
 */
const focused = async (page: Page, wanted: string): Promise<Stop> =>
  await page.evaluate<Stop>(`(() => {
    const one = document.activeElement
    const { left, top, width, height } = one.getBoundingClientRect()
    const painted = [one, one.nextElementSibling, one.labels?.[0]].filter(Boolean).some((part) =>
      ['', '::before'].some((pseudo) => {
        const style = getComputedStyle(part, pseudo)
        return style.boxShadow !== 'none' || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      }))
    const over = document.elementFromPoint(left + width / 2, top + height / 2)
    const uncovered = over !== null && (one.contains(over) || over.contains(one) || [...(one.labels ?? [])].some((label) => label.contains(over)))
    return { wanted: one.matches(${JSON.stringify(wanted)}), what: one.outerHTML.slice(0, 160), seen: (painted || !one.matches(':focus')) && uncovered }
  })()`)

const FAR = 120

/** Presses Tab until the focus stands on what is wanted; every stop on the way must be seen. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let presses = 0; presses < FAR; presses++) {
    await page.keyboard.press('Tab')
    const stop = await focused(page, wanted)
    expect(stop.seen, `${page.url()}: the focus cannot be seen on ${stop.what}`).toBe(true)
    if (stop.wanted) return
  }
  throw new Error(`${page.url()}: ${FAR} presses of Tab never came to ${wanted}.`)
}

/** Presses Enter and waits for the page it leads to. */
async function enter(page: Page): Promise<void> {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
}

test('an officer signs in, finds a pupil and records an absence without a mouse, and always sees where they are', async () => {
  const page = await browser.page()
  await page.goto(`${site.url}/sign-in`)
  await tabTo(page, `button[name="person"][value="${county.people['transport-officer']}"]`)
  await enter(page)

  await tabTo(page, 'a[href="/pupils"]')
  await enter(page)
  await tabTo(page, 'main input[name="q"]')
  await page.keyboard.type('Amara')
  await enter(page)
  await tabTo(page, `main a[href^="/pupils/${county.pupils.amara}"]`)
  await enter(page)

  await tabTo(page, 'a[href$="/absence"]')
  await enter(page)
  await tabTo(page, 'main input[name="notified-by"]')
  await page.keyboard.type('Mother, by telephone')
  await tabTo(page, 'main [name="why"]')
  await page.keyboard.type('A cold')
  await tabTo(page, 'main form button')
  await enter(page)
  await tabTo(page, 'main form button[type="submit"]')
  await enter(page)

  expect(new URL(page.url()).pathname).toBe(`/pupils/${county.pupils.amara}`)
  const absences = await sql`
    select valid::text, notified_by, reason from pupil_absence where pupil_id = ${county.pupils.amara} and upper_inf(known)`
  expect(absences).toEqual([
    { valid: '[2022-02-14,2022-02-15)', notified_by: 'Mother, by telephone', reason: 'A cold' },
  ])
})
