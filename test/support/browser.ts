/** A real browser for tests: the Chromium on the machine, and what every page must bear in it. */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { chromiumPath } from './chromium.ts'

/** A browser for one test file. `page` opens a fresh visitor, 1280 wide unless told. */
export function realBrowser() {
  let browser: Browser | undefined

  beforeAll(async () => {
    const executablePath = chromiumPath()
    if (!executablePath)
      throw new Error('No Chromium on this machine. `npm test` installs one, or set CHROMIUM to its path.')
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--enable-unsafe-swiftshader'] })
  })
  afterAll(() => browser?.close())

  return {
    page: async ({ width = 1280, javaScript = true } = {}): Promise<Page> => {
      if (!browser)
        throw new Error('The browser of a test file is there once its first test runs, not before.')
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        javaScriptEnabled: javaScript,
        locale: 'en-GB',
        timezoneId: 'Europe/London',
      })
      return context.newPage()
    },
  }
}

/** A heading that names the page, a title that begins with it, no question asked twice, a button on every form. */
export async function expectAWholePage(page: Page): Promise<void> {
  const found = await page.evaluate<{
    headings: string[]
    title: string
    twice: string[]
    stuck: string[]
  }>(`({
    headings: [...document.querySelectorAll('h1')].map((one) => one.firstChild.textContent.trim()),
    title: document.title,
    twice: [...document.querySelectorAll('main form')].flatMap((form) => {
      const labels = [...form.querySelectorAll('label, legend')].map((one) => one.textContent.trim())
      return labels.filter((one, i) => labels.indexOf(one) !== i)
    }),
    stuck: [...document.querySelectorAll('main form')]
      .filter((form) => ![...form.querySelectorAll('button:not([type=button])')].some((one) => !one.closest('[hidden]')))
      .map((form) => form.outerHTML.slice(0, 200)),
  })`)
  expect(found, page.url()).toMatchObject({ headings: [expect.stringMatching(/./)], twice: [], stuck: [] })
  expect(found.title).toContain(found.headings[0])
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** axe finds nothing against WCAG 2.2 A and AA or its best practices, or against the rules named. */
export async function expectNoAxeViolations(page: Page, rules?: readonly string[]): Promise<void> {
  const asked = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }
  // Brought in past the page's own policy, which rightly lets no such script in.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axeSource())
  const violations = await page.evaluate<string[]>(`
    axe.run(document, ${JSON.stringify(asked)}).then(({ violations }) =>
      violations.map(({ id, help, nodes }) => [id + ': ' + help, ...nodes.map(({ html }) => html)].join('\\n    ')))
  `)
  expect(violations, page.url()).toEqual([])
}

let source: string | undefined
function axeSource(): string {
  source ??= readFileSync(axeFile, 'utf8')
  return source
}

/** Nothing sticks out at 320 CSS pixels, which is also 1280 at 400% zoom (WCAG 2.2, 1.4.10). axe does not see this. */
export async function expectNoHorizontalScroll(page: Page): Promise<void> {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 640 })
  const found = await page.evaluate<{ wide: number; sticking: string[] }>(`({
    wide: document.documentElement.scrollWidth,
    sticking: [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .filter((one) => !one.parentElement.closest('[role="region"][tabindex="0"]'))
      .map((one) => one.tagName.toLowerCase() + '.' + (one.getAttribute('class') ?? ''))
      .slice(0, 5),
  })`)
  if (before) await page.setViewportSize(before)
  expect(found, `${page.url()} at 320 pixels`).toEqual({ wide: 320, sticking: [] })
}

/** Keeps a picture of the page, for a person to look at. Gives the file. */
export async function keepPicture(page: Page, name: string): Promise<string> {
  const folder = '.firstbell/pictures'
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, fullPage: true })
  return path
}
