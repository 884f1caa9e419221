import { expect, test } from 'vitest'
import type { Role } from '#access'
import { navigationFor } from './navigation.ts'
import { pages } from './pages.ts'

const standing = (path: string, role: Role = 'manager', query = {}) => {
  const { items, within } = navigationFor({ roles: [role] }, pages, { path, query })
  return {
    parts: items.map(({ text }) => text),
    part: items.filter(({ active }) => active).map(({ text }) => text),
    rooms: within.map(({ text }) => text),
    room: within.filter(({ active }) => active).map(({ text }) => text),
    links: within.map(({ href }) => href),
  }
}

test.each([
  ['/', ['Today'], ['Situation']],
  ['/situation/pupils', ['Today'], ['Situation']],
  ['/situation/by/school', ['Today'], ['Full report']],
  ['/situation/cohorts/3', ['Today'], ['Cohorts']],
  ['/situation/publish', ['Today'], ['Published']],
  ['/acceptances/7', ['Exceptions'], ['Accepted gaps']],
  ['/pupils/7/leave', ['Pupils'], []],
  ['/runs/7/crew', ['Routes'], []],
  ['/roads/build', ['Roads'], ['Network']],
  ['/roads/unsafe/7/mark', ['Roads'], ['Unsafe roads']],
  ['/roads/speeds/trunk', ['Roads'], ['Speeds']],
  ['/imports/uploads/7', ['Records'], ['Imports']],
  ['/imports/export', ['Records'], ['Export']],
  ['/audit/7', ['Records'], ['Audit']],
  ['/account', [], []],
])('somebody at %s stands in %j, in its room %j', (path, part, room) => {
  expect(standing(path)).toMatchObject({ part, room })
})

test('rooms of one part keep the day and moment that is looked at, and nothing else', () => {
  const query = { on: ['2022-02-14'], 'known-at': ['2022-02-14T07:00'], state: ['no-offer'] }
  expect(standing('/', 'manager', query).links[1]).toBe(
    '/situation/report?on=2022-02-14&known-at=2022-02-14T07:00',
  )
})

test('a part of which a person may enter nothing is not shown, and one with a single room has no second line', () => {
  expect(standing('/', 'eligibility-officer').parts).not.toContain('Records')
  expect(standing('/audit', 'auditor')).toMatchObject({ part: ['Records'] })
  expect(standing('/pupils', 'auditor').rooms).toEqual([])
})
