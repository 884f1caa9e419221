import { afterAll, beforeAll, expect, test } from 'vitest'
import { roles } from '#access'
import { instant } from '#ground/time.ts'
import { expectNoAxeViolations, expectNoHorizontalScroll, keepPicture, realBrowser } from '#test/browser.ts'
import { realDatabase } from '#test/database.ts'
import { type RunningServer, startServer } from '#web/server.ts'
import { aPerson } from '../src/access/testing.ts'

const { sql, inTransaction } = realDatabase()
const browser = realBrowser()
let site: RunningServer

beforeAll(async () => {
  await sql`insert into installation (kind, name) values ('demonstration', 'Westmarch')`
  for (const [i, role] of roles.entries()) {
    const name = ['Asha Kaur', 'Priya Nair', 'Tom Reeve', 'Helen Marsh', 'David Okafor', 'Wen Li'][i] ?? role
    await inTransaction((tx) => aPerson(tx, { name, roles: [role] }))
  }
  const started = await startServer({ sql, port: 0, clock: () => instant('2026-09-02T07:05') })
  if (!started.ok) throw new Error(started.refusal)
  site = started.value
})
afterAll(() => site.close())

test.each(['/sign-in', '/design', '/nowhere'])('%s can be used by everyone, at any width', async (path) => {
  const page = await browser.page()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(`${site.url}${path}`)
  await keepPicture(page, `wide${path.replaceAll('/', '-')}`)
  await expectNoAxeViolations(page)
  await expectNoHorizontalScroll(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await keepPicture(page, `narrow${path.replaceAll('/', '-')}`)

  expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
})

test('one click is enough to come in, without JavaScript too', async () => {
  const page = await browser.page({ javaScript: false })
  await page.goto(`${site.url}/sign-in?to=/account`)
  await page.getByRole('button', { name: /Transport officer/ }).click()

  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Your account')
  await keepPicture(page, 'account')
  await page.getByRole('button', { name: 'Sign out' }).click()
  expect(new URL(page.url()).pathname).toBe('/sign-in')
})

test('no typeface, crest or crown of GOV.UK is asked for or named', async () => {
  const page = await browser.page()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${site.url}/sign-in`)
  const sheet = asked.find((url) => url.endsWith('.css')) ?? ''
  const css = await (await page.request.get(sheet)).text()

  expect(asked.filter((url) => /font|woff|crown|crest|govuk-icon/.test(url))).toEqual([])
  expect(css.match(/GDS Transport|@font-face|url\([^)]*\)/g)).toBeNull()
})
