/** What every-page.test.ts does not come by: pages before signing in, states that an address does not tell, and files on their way in. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '#access'
import { expectNoAxeViolations, expectNoHorizontalScroll, keepPicture, realBrowser } from '#test/browser.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { type RunningServer, startServer } from '#web/server.ts'
import { importTexts } from '../src/imports/testing.ts'

const { sql } = realDatabase()
const browser = realBrowser()
let site: RunningServer

let county: SmallCounty

beforeAll(async () => {
  county = await smallCounty(sql)
  const heading = 'UPN,First name,Surname,DOB,Postcode\n'
  const nadia = 'W820000000801,Nadia,Khan,05/06/2013,WQ4 7AA\n'
  const ravi = 'W820000000802,Ravi,Sen,21/09/2013,WQ4 7AB\n'
  await importTexts(sql, { 'pupils.csv': heading + nadia + ravi }, { asOf: '2021-09-01' })
  const later = heading + nadia + nadia.replace('Nadia', 'Zara')
  await importTexts(sql, { 'pupils.csv': later }, { asOf: '2022-02-07' })
  const started = await startServer({ sql, port: 0, clock: () => thatMorning })
  if (!started.ok) throw new Error(started.refusal)
  site = started.value
})
afterAll(() => site.close())

async function enteredAs(role: Role, path: string) {
  const page = await browser.page()
  await page.goto(`${site.url}/sign-in?to=${encodeURIComponent(path)}`)
  await page.locator(`button[name="person"][value="${county.people[role]}"]`).click()
  return page
}

async function expectUsable(page: Page, name: string) {
  await keepPicture(page, `wide-${name}`)
  await expectNoAxeViolations(page)
  await expectNoHorizontalScroll(page)
  await page.setViewportSize({ width: 320, height: 640 })
  await keepPicture(page, `narrow-${name}`)
}

test.each(['/sign-in', '/nowhere'])(
  '%s can be used by somebody not signed in, at any width',
  async (path) => {
    const page = await browser.page()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(`${site.url}${path}`)
    await expectUsable(page, path.slice(1))

    expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
  },
)

test.each<[string, () => string, Role]>([
  ['a list that is empty', () => '/pupils?q=nobody&state=no-offer', 'transport-officer'],
  ['a list chosen by a figure', () => '/situation/pupils?state=without-transport', 'transport-officer'],
  ['a day that does not exist', () => '/pupils?on=2022-02-30&known-at=2022-02-11T12:00', 'transport-officer'],
  ['a pupil who is confirmed', () => `/pupils/${county.pupils.ffion}`, 'transport-officer'],
  ['an audit that was verified', () => '/audit?verify=yes', 'manager'],
  ['a question about a row held back', () => '/imports/questions/2-row-0-3', 'manager'],
])('%s can be used at any width', async (name, path, role) => {
  const page = await enteredAs(role, path())
  expect(new URL(page.url()).pathname).toBe(path().split('?')[0])
  expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toContain('not found')
  await expectUsable(page, name.replaceAll(' ', '-'))
})

test('files sent can be looked through before they are confirmed', { timeout: 60_000 }, async () => {
  const page = await enteredAs('transport-officer', '/imports')
  await expectUsable(page, 'imports')
  await page.setViewportSize({ width: 1280, height: 900 })
  const text =
    'UPN,First name,Surname,DOB,House colour\nW820000000901,Asha,Bello,03/04/2014,red\nW820000000902,Ravi,Bello,31/02/2014,blue\nW820000000903,Amara,Osei,14/05/2012,red\n'
  await page.locator('#files').setInputFiles([
    { name: 'pupils.csv', mimeType: 'text/csv', buffer: Buffer.from(text) },
    { name: 'lunches.csv', mimeType: 'text/csv', buffer: Buffer.from('Day,Dish\nMonday,Soup\n') },
  ])
  await page.getByRole('button', { name: 'Show what they would do' }).click()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('What these files would do')
  await expectUsable(page, 'import-preview')
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.getByRole('link', { name: 'pupils.csv', exact: true }).click()
  await expectUsable(page, 'import-columns')
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByRole('button', { name: /^Bring in/ }).click()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toMatch(/^Import \d+$/)
  await expectUsable(page, 'import-record')
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
