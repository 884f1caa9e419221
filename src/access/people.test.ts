import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonId } from '#ground/ids.ts'
import { dayOf, type Instant, instant } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { buildServer } from '#web/server.ts'
import { browserOf } from '#web/testing.ts'
import {
  accountCloseCommand,
  accountLinkCommand,
  accountListCommand,
  accountOpenCommand,
} from './account.command.ts'
import { councilCommand } from './council.command.ts'
import { invitedBy, makeLink, useLink } from './invitation-store.ts'
import { anybodyCanEnter, colleaguesOn } from './people-store.ts'

const { sql, inTransaction } = realDatabase()
let clock: Instant = instant('2026-09-02T07:05')
let server: FastifyInstance
let lena: ReturnType<typeof browserOf>

/** A command of the command line, with its words and options. */
async function told(command: typeof councilCommand, words: string[], options: Record<string, string> = {}) {
  const asked = { words, options, sql, now: clock, today: dayOf(clock), say: () => undefined }
  const answer = await command.run(asked)
  return answer.answer === 'report' ? answer.text : `REFUSED ${answer.sentence}`
}
const linkIn = (text: string) => /\/welcome\/[\w-]+/.exec(text)?.[0] ?? ''
const people = () => colleaguesOn(sql, { today: dayOf(clock), now: clock })
const personCalled = async (name: string) => (await people()).find((one) => one.name === name)

/** Follows a link and chooses a password, as a browser does. */
async function chooses(link: string, chosen: string) {
  const browser = browserOf(server)
  await browser.open(link)
  return { browser, answer: await browser.send(link, { chosen }) }
}
const isDead = async (link: string) =>
  (await browserOf(server).open(link)).body.includes('This link no longer works')
async function signsIn(email: string, password: string) {
  const browser = browserOf(server)
  await browser.open('/sign-in')
  return { browser, answer: await browser.send('/sign-in', { email, password }) }
}
/** Sends a form, and then what it shows a second time, for good. */
async function records(path: string, fields: Record<string, string>) {
  await lena.open(path)
  const shown = await lena.send(path, fields)
  if (shown.statusCode !== 200) return shown
  return lena.send(path, { ...fields, step: 'record' })
}

beforeAll(async () => {
  expect(await anybodyCanEnter(sql)).toBe(false)
  expect(await told(councilCommand, ['Westmarch County Council'])).toBe(
    'This is the database of Westmarch County Council.',
  )
  const opened = await told(
    accountOpenCommand,
    ['Lena.Ortiz@council.example', 'Lena Ortiz', 'administrator'],
    { at: 'https://firstbell.example/' },
  )
  expect(opened).toContain('https://firstbell.example/welcome/')
  server = await buildServer({ sql, clock: () => clock })
  const { browser, answer } = await chooses(linkIn(opened), 'three blue kettles')
  expect(answer).toMatchObject({ statusCode: 303, headers: { location: '/' } })
  lena = browser
})
afterAll(() => server.close())

test('the first administrator enters by the link of the command line, and a demonstration has no council', async () => {
  const page = await lena.open('/people')
  expect(page.statusCode).toBe(200)
  expect(page.body).toContain('lena.ortiz@council.example')
  expect(page.body).toContain('Westmarch County Council')
  expect(await anybodyCanEnter(sql)).toBe(true)
  expect(await told(councilCommand, [' '])).toContain('REFUSED The name is empty')

  await sql`update installation set kind = 'demonstration'`
  expect(await told(councilCommand, ['Kent County Council'])).toContain(
    'REFUSED This database is the demonstration of Westmarch County Council',
  )
  await sql`update installation set kind = 'live'`
})

test('an administrator opens an account, hands over a link, and its owner chooses a password', async () => {
  const opening = {
    name: 'Asha Kaur',
    email: 'asha.kaur@council.example',
    roles: 'transport-officer',
    from: '2026-09-02',
  }
  const recorded = await records('/people/new', opening)
  const asha = await personCalled('Asha Kaur')
  expect(recorded.headers.location).toBe(`/people/${asha?.person}`)
  expect(asha).toMatchObject({ roles: ['transport-officer'], canEnter: false, closedAt: null })

  const page = `/people/${asha?.person}`
  expect((await lena.open(page)).body).toContain('Cannot enter: needs a link')
  const made = await lena.send(page, {})
  expect(made.body).toContain('http://localhost')
  const link = linkIn(made.body)
  expect((await lena.open(page)).body).not.toContain(link)

  const short = await chooses(link, 'short')
  expect(short.answer.statusCode).toBe(400)
  expect(short.answer.body).toContain('12 characters or more')
  const { browser, answer } = await chooses(link, 'four green kettles')
  expect(answer.statusCode).toBe(303)
  expect((await browser.open('/account')).body).toContain('Asha Kaur')
  expect(await isDead(link)).toBe(true)
  expect((await signsIn('asha.kaur@council.example', 'four green kettles')).answer.statusCode).toBe(303)
  // What was opened is not opened twice, and an officer keeps nobody's account.
  expect((await records('/people/new', opening)).body).toContain('somebody’s address here already')
  expect((await browser.open('/people')).statusCode).toBe(403)
  expect((await browser.open(page)).statusCode).toBe(404)
})

test.each([
  [{ name: '' }, 'Enter their name'],
  [{ email: 'asha at council' }, 'is not an email address'],
  [{ roles: '' }, 'Choose at least one'],
  [{ roles: 'emperor' }, 'Choose at least one'],
  [{ from: '2026-02-30' }, 'is not a day'],
])('an account asked for with %o is not opened: %s', async (but, says) => {
  const form = {
    name: 'Bruno Dale',
    email: 'bruno@council.example',
    roles: 'auditor',
    from: '2026-09-02',
    ...but,
  }
  expect((await records('/people/new', form)).body).toContain(says)
  expect(await personCalled('Bruno Dale')).toBeUndefined()
})

test('what somebody may be changes from a day on, and what they were before stays', async () => {
  const asha = await personCalled('Asha Kaur')
  const roles = `/people/${asha?.person}/roles`
  await records(roles, { roles: 'manager', from: '2026-10-01' })
  expect((await personCalled('Asha Kaur'))?.roles).toEqual(['transport-officer'])
  const was = clock
  clock = instant('2026-10-01T07:00')
  expect((await personCalled('Asha Kaur'))?.roles).toEqual(['manager'])
  clock = was
  const page = await lena.open(`/people/${asha?.person}`)
  expect(page.body).toContain('30 September 2026')
})

test('nobody may take away the last administrator, from the web or the command line', async () => {
  const own = await personCalled('Lena Ortiz')
  const refusal = 'Nobody would be left who can let anybody in'
  expect((await records(`/people/${own?.person}/roles`, { from: '2026-09-02' })).body).toContain(refusal)
  expect((await records(`/people/${own?.person}/close`, { leaves: 'yes' })).body).toContain(refusal)
  expect(await told(accountCloseCommand, ['lena.ortiz@council.example'])).toContain(
    'REFUSED Lena Ortiz is the last',
  )
  expect((await personCalled('Lena Ortiz'))?.roles).toEqual(['administrator'])

  // One who has never chosen a password cannot let anybody in either.
  await told(accountOpenCommand, ['omar@council.example', 'Omar Yusuf', 'administrator,manager'])
  expect((await records(`/people/${own?.person}/close`, { leaves: 'yes' })).body).toContain(refusal)
})

test('a closed account is out at once, its links are dead, and it may be opened again', async () => {
  const email = 'ravi@council.example'
  const { browser } = await chooses(
    linkIn(await told(accountOpenCommand, [email, 'Ravi Shah', 'auditor'])),
    'six white kettles',
  )
  const link = linkIn(await told(accountLinkCommand, [email]))
  expect((await browser.open('/account')).statusCode).toBe(200)
  const ravi = await personCalled('Ravi Shah')
  expect((await records(`/people/${ravi?.person}/close`, {})).body).toContain(
    'Tick that the account is to be closed',
  )
  expect((await records(`/people/${ravi?.person}/close`, { leaves: 'yes' })).statusCode).toBe(303)

  expect((await browser.open('/account')).statusCode).toBe(303)
  expect((await signsIn(email, 'six white kettles')).answer.statusCode).toBe(400)
  expect(await isDead(link)).toBe(true)
  expect(await told(accountLinkCommand, [email])).toContain('REFUSED The account of Ravi Shah is closed')
  expect(await told(accountListCommand, [])).toContain('Ravi Shah <ravi@council.example>: closed on')

  await records(`/people/former/${ravi?.person}`, { roles: 'auditor' })
  expect(await personCalled('Ravi Shah')).toMatchObject({ closedAt: null, roles: ['auditor'] })
  expect((await browser.open('/account')).statusCode).toBe(303)
  expect(await isDead(link)).toBe(true)
  expect((await signsIn(email, 'six white kettles')).answer.statusCode).toBe(303)
})

test('a link works for three days, until the next is made, and for one of two who use it at once', async () => {
  const person = (await personCalled('Omar Yusuf'))?.person as PersonId
  const make = () => inTransaction((tx) => makeLink(tx, { person, by: person, now: clock }))
  const use = (token: string, now = clock) => useLink(sql, { token, password: 'eight odd kettles', now })

  const first = await make()
  const second = await make()
  expect(await invitedBy(sql, first, clock)).toBeUndefined()
  expect(await invitedBy(sql, second, instant('2026-09-05T07:04'))).toMatchObject({ name: 'Omar Yusuf' })
  expect(await invitedBy(sql, second, instant('2026-09-05T07:06'))).toBeUndefined()
  expect(await use(second, instant('2026-09-05T07:06'))).toBeUndefined()
  expect(await use(first)).toBeUndefined()
  const both = await Promise.all([use(second), use(second)])
  expect(both.filter((one) => one === person)).toHaveLength(1)
  const kept = await sql<{ all: string }[]>`select string_agg(invitation::text, '') as all from invitation`
  expect(kept[0]?.all).not.toContain(Buffer.from(second).toString('hex'))
  expect(kept[0]?.all).not.toContain(second)
})

test('a role that does not exist, an address that is none and one that is taken are refused by name', async () => {
  expect(await told(accountOpenCommand, ['x@council.example', 'X', 'emperor'])).toBe(
    'REFUSED "emperor" is not a role. Choose among: transport-officer, eligibility-officer, commissioner, manager, auditor, administrator.',
  )
  expect(await told(accountOpenCommand, ['nobody', 'X', 'auditor'])).toContain(
    'REFUSED "nobody" is not an email',
  )
  expect(await told(accountOpenCommand, ['lena.ortiz@council.example', 'X', 'auditor'])).toContain(
    'REFUSED lena.ortiz@council.example has an account already',
  )
  expect(await told(accountLinkCommand, ['who@council.example'])).toContain(
    'Nobody has an account with the address',
  )
})
