import { globSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { roles } from '#access'
import type { PersonId } from '#ground/ids.ts'
import { realDatabase } from '#test/database.ts'
import { aPerson } from '../access/testing.ts'
import { pages } from './pages.ts'
import { buildServer } from './server.ts'
import { browserOf } from './testing.ts'

const { sql, inTransaction } = realDatabase()
const people = new Map<string, PersonId>()
let server: FastifyInstance

beforeAll(async () => {
  await sql`insert into installation (kind, name) values ('demonstration', 'Westmarch')`
  for (const role of roles) {
    people.set(role, await inTransaction((tx) => aPerson(tx, { name: role, roles: [role] })))
  }
  server = await buildServer({ sql, pages })
})
afterAll(() => server.close())

const urlOf = (path: string) => path.replaceAll(/:\w+/g, '1')
const guarded = pages.flatMap((page) => (page.allow === 'anyone' ? [] : [page]))

async function enteredAs(role: string) {
  const browser = browserOf(server)
  await browser.open('/sign-in')
  await browser.send('/sign-in/as', { person: String(people.get(role)) })
  await browser.open('/account')
  return browser
}

test('every page in the source is mounted', async () => {
  const files = globSync('src/**/*.page.ts')
  const written = await Promise.all(files.map((file) => import(/* @vite-ignore */ `../../${file}`)))
  const found = written
    .flatMap((module) => Object.values<{ path?: string }>(module))
    .filter((page) => page.path)

  expect(found.length).toBeGreaterThan(0)
  expect(found.filter((page) => !pages.includes(page as never)).map(({ path }) => path)).toEqual([])
})

test('no two pages stand at one address', () => {
  const paths = pages.map(({ path }) => path)
  expect(paths).toEqual([...new Set(paths)])
})

test('these pages are for anyone, and no others', () => {
  expect(pages.filter(({ allow }) => allow === 'anyone').map(({ path }) => path)).toMatchInlineSnapshot(`
    [
      "/reviews/:reviewToken",
      "/account",
      "/design",
      "/sign-in/as",
      "/sign-in",
      "/sign-out",
      "/welcome/:token",
    ]
  `)
})

test('an auditor may change nothing, anywhere', () => {
  const changeable = guarded.filter(({ change }) =>
    (change as readonly string[] | undefined)?.includes('auditor'),
  )
  expect(changeable).toEqual([])
})

test('whoever may change a page may see it', () => {
  const blind = guarded.filter(({ allow, change = [] }) => change.some((role) => !allow.includes(role)))
  expect(blind.map(({ path }) => path)).toEqual([])
})

describe('every route turns away whoever it does not allow', () => {
  test('somebody who has not signed in', async () => {
    for (const page of guarded) {
      const stranger = browserOf(server)
      expect(await stranger.open(urlOf(page.path)), page.path).toMatchObject({ statusCode: 303 })
      if (page.post)
        expect(await stranger.send(urlOf(page.path), {}), page.path).toMatchObject({ statusCode: 303 })
    }
  })

  test.each(roles)('a person who is only: %s', async (role) => {
    const browser = await enteredAs(role)
    for (const page of guarded) {
      const url = urlOf(page.path)
      const seen = await browser.open(url)
      if (!page.allow.includes(role)) expect([403, 404], `GET ${page.path}`).toContain(seen.statusCode)
      else expect([200, 303, 400, 404], `GET ${page.path}`).toContain(seen.statusCode)

      const may = (page.change as readonly string[] | undefined)?.includes(role) === true
      if (page.post && !may)
        expect([403, 404], `POST ${page.path}`).toContain((await browser.send(url, {})).statusCode)
    }
  })

  test('a route that is on no list', () => {
    const drawn = addressesIn(server.printRoutes({ commonPrefix: false }))
    const listed = pages.map(({ path }) => path)

    expect(listed.filter((path) => !drawn.includes(path))).toEqual([])
    expect(drawn.filter((path) => ![...listed, '/assets/:file', '/favicon.ico'].includes(path))).toEqual([])
  })
})

/** Addresses in the router's own drawing of its routes. */
function addressesIn(drawing: string): string[] {
  const stack: string[] = []
  const addresses: string[] = []
  for (const line of drawing.split('\n')) {
    const [, indent = '', text = ''] = /^([\s│]*)(?:├── |└── )(.*)$/.exec(line) ?? []
    if (text === '') continue
    const depth = indent.length / 4
    const [segment = ''] = text.split(' (')
    stack.length = depth
    stack.push(segment)
    if (text.includes(' (')) addresses.push(stack.join(''))
  }
  return addresses
}
