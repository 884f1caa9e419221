import { beforeAll, expect, test } from 'vitest'
import type { PersonId } from '#ground/ids.ts'
import { instant, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { castOf, changePassword, checkPassword, recordRole } from './account-store.ts'
import { looksAt, recordLook } from './look-store.ts'
import { endSession, leaveNotice, sessionOf, startSession } from './session-store.ts'
import { aPerson } from './testing.ts'

const { sql, inTransaction } = realDatabase()
const at = (time: string) => instant(`2026-09-02T${time}`)
const office = '10.0.0.7'
let asha: PersonId
let bruno: PersonId

beforeAll(async () => {
  asha = await inTransaction((tx) =>
    aPerson(tx, { name: 'Asha Kaur', roles: ['transport-officer'], password: 'three blue kettles' }),
  )
  bruno = await inTransaction((tx) => aPerson(tx, { name: 'Bruno Dale', roles: ['auditor', 'manager'] }))
})

const guess = (password: string, but = {}) =>
  checkPassword(sql, {
    email: 'asha.kaur@westmarch.example',
    password,
    address: office,
    now: at('07:00'),
    ...but,
  })

test('the right password names the person, however the address is spelt', async () => {
  expect(await guess('three blue kettles')).toEqual({ ok: true, value: asha })
  expect(await guess('three blue kettles', { email: ' ASHA.KAUR@Westmarch.example ' })).toEqual({
    ok: true,
    value: asha,
  })
})

test('a wrong password, a person without one and nobody at all are refused alike', async () => {
  const refused = { ok: false, refusal: 'wrong' }
  const now = at('05:00')

  expect(await guess('three blue kettle', { now })).toEqual(refused)
  expect(await guess('', { email: 'bruno.dale@westmarch.example', now })).toEqual(refused)
  expect(await guess('anything', { email: 'nobody@westmarch.example', now })).toEqual(refused)
})

test('an account takes ten wrong guesses in five minutes, and then not even the right one', async () => {
  for (let i = 0; i < 10; i++) await guess('wrong', { address: `10.0.1.${i}`, now: at('08:00') })

  expect(await guess('three blue kettles', { now: at('08:04') })).toEqual({
    ok: false,
    refusal: 'locked-out',
  })
  expect(await guess('three blue kettles', { now: at('08:06') })).toEqual({ ok: true, value: asha })
})

test('an address takes ten wrong guesses, whosever account it tries', async () => {
  const elsewhere = '192.0.2.1'
  for (let i = 0; i < 10; i++)
    await guess('wrong', { email: `p${i}@x.example`, address: elsewhere, now: at('09:00') })

  expect(await guess('three blue kettles', { address: elsewhere, now: at('09:01') })).toMatchObject({
    refusal: 'locked-out',
  })
  expect(await guess('three blue kettles', { now: at('09:01') })).toMatchObject({ ok: true })
})

test('forty guesses at once are counted like forty one after another', async () => {
  const burst = Array.from({ length: 40 }, () => guess('wrong', { address: '10.9.9.9', now: at('11:00') }))
  const answers = await Promise.all(burst)

  expect(answers.filter((answer) => !answer.ok && answer.refusal === 'wrong')).toHaveLength(10)
})

test('a session lasts half an hour from the last page, and twelve hours at most', async () => {
  const token = await startSession(sql, { person: asha, address: office, now: at('06:00') })
  const seenAt = async (time: string) =>
    (await sessionOf(sql, token, { now: at(time), takeNotice: false })) !== undefined

  expect(await seenAt('06:29')).toBe(true)
  expect(await seenAt('06:58')).toBe(true)
  expect(await seenAt('07:28')).toBe(false)

  const long = await startSession(sql, { person: asha, address: office, now: at('06:00') })
  const pages = Array.from({ length: 47 }, (_, i) => 15 * (i + 1))
  for (const minute of pages) await sessionOf(sql, long, { now: minutesAfterSix(minute), takeNotice: false })
  expect(await sessionOf(sql, long, { now: minutesAfterSix(11 * 60 + 59), takeNotice: false })).toBeDefined()
  expect(await sessionOf(sql, long, { now: minutesAfterSix(12 * 60), takeNotice: false })).toBeUndefined()
})

test('signing out ends the session here, whatever the browser keeps', async () => {
  const token = await startSession(sql, { person: asha, address: office, now: at('06:00') })
  await endSession(sql, token, at('06:01'))

  expect(await sessionOf(sql, token, { now: at('06:02'), takeNotice: false })).toBeUndefined()
})

test('the database keeps no token that would let anybody in', async () => {
  const token = await startSession(sql, { person: asha, address: office, now: at('06:00') })
  const kept = await sql<
    { everything: string }[]
  >`select string_agg(session::text, '') as everything from session`

  expect(kept[0]?.everything).not.toContain(token)
  expect(kept[0]?.everything).not.toContain(Buffer.from(token).toString('hex'))
})

test('a notice is told once, on the next page', async () => {
  const token = await startSession(sql, { person: asha, address: office, now: at('06:00') })
  await leaveNotice(sql, token, 'Saved')
  const next = () => sessionOf(sql, token, { now: at('06:00'), takeNotice: true })

  expect((await next())?.notice).toBe('Saved')
  expect((await next())?.notice).toBeNull()
})

test('a role held from a later day is not held today', async () => {
  await inTransaction(async (tx) => {
    await tx`select begin_revision(1, 'test', 'Promotion')`
    await recordRole(tx, { person: asha, role: 'manager', from: plainDate('2026-10-01') })
  })
  const token = await startSession(sql, { person: asha, address: office, now: at('06:00') })
  const later = await startSession(sql, { person: asha, address: office, now: instant('2026-10-01T08:00') })

  const rolesOf = async (of: string, now = at('06:00')) =>
    (await sessionOf(sql, of, { now, takeNotice: false }))?.person.roles
  expect(await rolesOf(token)).toEqual(['transport-officer'])
  expect(await rolesOf(later, instant('2026-10-01T08:01'))).toEqual(['manager', 'transport-officer'])
})

test('a new password works and the old one does not', async () => {
  const change = (from: string) =>
    inTransaction((tx) => changePassword(tx, { person: asha, from, to: 'four green kettles' }))

  expect(await change('not it')).toEqual({ ok: false, refusal: 'wrong' })
  expect(await change('three blue kettles')).toMatchObject({ ok: true })
  expect(await guess('four green kettles', { now: at('15:00') })).toEqual({ ok: true, value: asha })
  expect(await guess('three blue kettles', { now: at('15:00') })).toMatchObject({ ok: false })
})

test('a live county has no cast, even if somebody says so in the accounts', async () => {
  const today = plainDate('2026-09-02')
  await sql`insert into installation (kind, name) values ('live', 'Westmarch')`
  expect(await castOf(sql, today)).toEqual([])

  await sql`update installation set kind = 'demonstration'`
  expect(await castOf(sql, today)).toEqual([{ id: bruno, name: 'Bruno Dale', roles: ['auditor', 'manager'] }])
})

test('who looked at a child is answered, the latest first, and cannot be taken back', async () => {
  const child = 41 as Parameters<typeof looksAt>[1]
  await recordLook(sql, { person: asha, page: '/pupils/41', pupils: [child], now: at('07:00') })
  await recordLook(sql, { person: bruno, page: '/pupils', pupils: [child, child], now: at('07:30') })

  expect(await looksAt(sql, child, { atMost: 10, before: at('08:00') })).toEqual([
    { at: '2026-09-02T06:30:00Z', name: 'Bruno Dale', page: '/pupils' },
    { at: '2026-09-02T06:00:00Z', name: 'Asha Kaur', page: '/pupils/41' },
  ])
  await expect(sql`delete from look`).rejects.toThrow('added, never changed')
})

const minutesAfterSix = (minutes: number) =>
  Temporal.Instant.from(at('06:00')).add({ minutes }).toString() as ReturnType<typeof instant>
