import { beforeAll, expect, test } from 'vitest'
import type { Role } from '#access'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { rollPage } from './roll.page.ts'
import { viewQuery } from './saved-view.ts'
import { savedViewsOf } from './saved-view-store.ts'
import { savedViewsPage } from './saved-views.page.ts'

const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
})

type Asked = { query?: Record<string, string>; form?: Record<string, string>; role?: Role }
const visit = ({ query = {}, form = {}, role = 'transport-officer' }: Asked = {}) =>
  aVisit(sql, {
    query,
    form,
    now: thatMorning,
    person: { id: county.people[role], name: 'Asha Kaur', roles: [role] },
  })
const send = (form: Record<string, string>, role: Role = 'transport-officer') =>
  savedViewsPage.post?.(visit({ form, role }))

test('a view is saved by a name, stands above the list of whoever saved it alone, and is deleted', async () => {
  const query = viewQuery('?state=no-offer&school=1&page=3&on=2022-02-11')
  expect(query).toBe('state=no-offer&school=1')
  expect(await send({ name: 'My Beacon gaps', query })).toMatchObject({
    reply: 'redirect',
    to: '/pupils?state=no-offer&school=1',
  })
  expect(textOf(await rollPage.get(visit()))).toContain('My Beacon gaps')
  expect(textOf(await savedViewsPage.get(visit()))).toContain('My Beacon gaps')
  expect(textOf(await rollPage.get(visit({ role: 'manager' })))).not.toContain('My Beacon gaps')

  const [mine] = await savedViewsOf(sql, county.people['transport-officer'])
  await send({ delete: String(mine?.view) }, 'manager')
  expect(textOf(await rollPage.get(visit()))).toContain('My Beacon gaps')
  await send({ delete: String(mine?.view) })
  expect(textOf(await rollPage.get(visit()))).not.toContain('My Beacon gaps')
})

test('a name is asked for, is kept short, and is used once by one person', async () => {
  const query = 'state=no-offer'
  expect(textOf(await send({ name: ' ', query }))).toContain('Enter a name for the view')
  expect(textOf(await send({ name: 'x'.repeat(61), query }))).toContain('Shorten it to 60 or fewer')
  await send({ name: 'Gaps', query })
  expect(textOf(await send({ name: 'Gaps', query }))).toContain('You have a view called “Gaps”')
  expect(await send({ name: 'Gaps', query }, 'manager')).toMatchObject({ reply: 'redirect' })
})

test('the list offers to save what is asked for, and not the whole of it', async () => {
  expect(textOf(await rollPage.get(visit({ query: { state: 'no-offer' } })))).toContain('Save this view')
  expect(textOf(await rollPage.get(visit()))).not.toContain('Save this view')
  expect(textOf(await rollPage.get(visit({ query: { state: 'no-offer' }, role: 'auditor' })))).not.toContain(
    'Save this view',
  )
})
