import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonId } from '#ground/ids.ts'
import { type Instant, instant } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { aPerson } from '../access/testing.ts'
import { everyRole, notFound, type Page, redirect, show } from './page.ts'
import { pages } from './pages.ts'
import { buildServer } from './server.ts'
import { browserOf } from './testing.ts'

const { sql, inTransaction } = realDatabase()
let server: FastifyInstance
let asha: PersonId
let clock: Instant = instant('2026-09-02T07:05')

const record: Page = {
  path: '/try/:pupilId',
  allow: ['transport-officer', 'auditor'],
  change: ['transport-officer'],
  get: async ({ params }) =>
    params['pupilId'] === '7' ? show('problem.njk', { title: 'Seven', says: [], reference: '' }) : notFound,
  post: async ({ form }) => redirect('/account', `Saved ${form['word']}`),
}
const section: Page = { ...record, path: '/try', allow: ['auditor'] }
const broken: Page = {
  path: '/broken',
  allow: everyRole,
  get: async () => {
    throw new Error('The wheel came off')
  },
}
const away: Page = {
  path: '/away',
  allow: everyRole,
  get: async () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  },
}

beforeAll(async () => {
  await sql`insert into installation (kind, name) values ('demonstration', 'Westmarch')`
  asha = await inTransaction((tx) => aPerson(tx, { name: 'Asha Kaur', roles: ['transport-officer'] }))
  server = await buildServer({ sql, clock: () => clock, pages: [...pages, record, section, broken, away] })
})
afterAll(() => server.close())

async function asAsha() {
  const browser = browserOf(server)
  await browser.open('/sign-in')
  await browser.send('/sign-in/as', { person: String(asha), to: '/account' })
  return browser
}

test('nobody is sent to the sign-in page, and then to where they were going', async () => {
  const browser = browserOf(server)
  const turned = await browser.open('/try/7?on=2022-02-14')
  expect(turned).toMatchObject({
    statusCode: 303,
    headers: { location: '/sign-in?to=%2Ftry%2F7%3Fon%3D2022-02-14' },
  })

  await browser.open('/sign-in?to=%2Ftry%2F7')
  const entered = await browser.send('/sign-in/as', { person: String(asha), to: '/try/7' })
  expect(entered.headers['location']).toBe('/try/7')
  expect((await browser.open('/try/7')).statusCode).toBe(200)
})

test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'signing in does not lead off the site: %s',
  async (to) => {
    const browser = browserOf(server)
    await browser.open('/sign-in')
    const entered = await browser.send('/sign-in/as', { person: String(asha), to })
    expect(entered.headers['location']).toBe('/')
  },
)

test('a record that is not there and one that may not be seen are answered alike', async () => {
  const browser = await asAsha()
  const missing = await browser.open('/try/8')
  const refused = await buildRefused()

  expect(missing.statusCode).toBe(404)
  expect(refused.statusCode).toBe(404)
  expect(mainOf(refused.body)).toBe(mainOf(missing.body))
  expect(mainOf((await browser.open('/nowhere')).body)).toBe(mainOf(missing.body))
})

async function buildRefused() {
  const only = await buildServer({
    sql,
    clock: () => clock,
    pages: [...pages, { ...record, allow: ['auditor'] }],
  })
  const browser = browserOf(only)
  await browser.open('/sign-in')
  await browser.send('/sign-in/as', { person: String(asha) })
  const answer = await browser.open('/try/7')
  await only.close()
  return answer
}

test('a section that a role does not have says so', async () => {
  const answer = await (await asAsha()).open('/try')

  expect(answer.statusCode).toBe(403)
  expect(answer.body).toContain('Your role does not include this page')
})

test('a form without its token changes nothing, and a form of another session neither', async () => {
  const browser = await asAsha()
  const bare = await browser.send('/try/7', { word: 'x' }, { token: '' })
  expect(bare.statusCode).toBe(403)
  expect(bare.body).toContain('The form was open too long')

  const other = await asAsha()
  await other.open('/account')
  expect((await browser.send('/try/7', { word: 'x' }, { token: other.token() })).statusCode).toBe(403)
})

test('a change is followed by a page that says it once', async () => {
  const browser = await asAsha()
  await browser.open('/account')
  const sent = await browser.send('/try/7', { word: 'bells' })

  expect(sent).toMatchObject({ statusCode: 303, headers: { location: '/account' } })
  expect((await browser.open('/account')).body).toContain('Saved bells')
  expect((await browser.open('/account')).body).not.toContain('Saved bells')
})

test('signing in gives a new token, and signing out kills it on the server', async () => {
  const browser = await asAsha()
  const token = browser.cookie('firstbell')
  await browser.open('/account')
  await browser.send('/sign-in/as', { person: String(asha) })
  expect(browser.cookie('firstbell')).not.toBe(token)

  const kept = browser.cookie('firstbell') ?? ''
  await browser.open('/account')
  await browser.send('/sign-out', {})
  const thief = browserOf(server, { firstbell: kept })
  expect((await thief.open('/try/7')).statusCode).toBe(303)
})

test('a fault shows a reference and none of its workings', async () => {
  const answer = await (await asAsha()).open('/broken')

  expect(answer.statusCode).toBe(500)
  expect(answer.body).toMatch(/Reference: <strong[^>]*>[2-9A-Z]{4}-[2-9A-Z]{4}</)
  expect(answer.body).not.toContain('wheel')
})

test('a database that is away is said to be away', async () => {
  const answer = await (await asAsha()).open('/away')

  expect(answer.statusCode).toBe(503)
  expect(answer.body).toContain('printed run sheets')
})

test('scripts and styles come from here or not at all, and no page is kept or framed', async () => {
  const { headers } = await browserOf(server).open('/sign-in')
  const policy = String(headers['content-security-policy'])

  expect(policy).toContain("default-src 'none'")
  expect(policy).toMatch(/script-src 'self' 'nonce-[0-9a-f]{32}'/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
  expect(headers['cache-control']).toBe('no-store')
})

test('opening a child’s page is on record before it is answered', async () => {
  const browser = await asAsha()
  await browser.open('/try/7')

  expect(await sql`select page, pupils from look order by looked_at desc limit 1`).toEqual([
    { page: '/try/7', pupils: [7] },
  ])
})

test('half an hour without a page signs a person out', async () => {
  const browser = await asAsha()
  clock = instant('2026-09-02T07:36')
  expect((await browser.open('/try/7')).statusCode).toBe(303)
  clock = instant('2026-09-02T07:05')
})

test('a style sheet is kept for ever, compressed, under a name made of its contents', async () => {
  const page = await browserOf(server).open('/sign-in')
  const [, sheet = ''] = /href="(\/assets\/firstbell\.[0-9a-f]{12}\.css)"/.exec(page.body) ?? []
  const answer = await server.inject({ url: sheet, headers: { 'accept-encoding': 'gzip, br' } })

  expect(answer.headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect((await server.inject('/assets/other.css')).statusCode).toBe(404)
})

const mainOf = (html: string) => /<main[\s\S]*<\/main>/.exec(html)?.[0]
