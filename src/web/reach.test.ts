import { expect, test } from 'vitest'
import { pages } from './pages.ts'
import { reachOf, withinReach } from './reach.ts'

test.each([
  ['administrator', '/pupils/7?on=2022-02-14', false],
  ['administrator', '/pupils', true],
  ['transport-officer', '/pupils/7?on=2022-02-14', true],
  ['transport-officer', '/contracts/new', false],
  ['commissioner', '/contracts/new', true],
  // A page of its own, not the pupil of that name.
  ['auditor', '/pupils/new', false],
  ['auditor', '/pupils/transfers#list', true],
  ['auditor', '/assets/firstbell.css', true],
] as const)('for the %s, a link to %s: %s', (role, href, open) => {
  expect(reachOf(pages, [role])(href)).toBe(open)
})

test('a link out of reach is empty wherever it stands in a view, gone from a list of links, and all else as it was', () => {
  const view = {
    title: 'Pupils',
    rows: [
      {
        cells: [
          { numeric: false, text: 'Ivy Lane', href: '/pupils/7' },
          { text: 3, numeric: true },
        ],
      },
    ],
    elsewhere: { href: 'https://example.org/pupils/7' },
    actions: [
      { text: 'Find a seat', href: '/pupils/7' },
      { text: 'Leaves', href: '/pupils/7/leave' },
    ],
    none: null,
  }
  expect(withinReach(view, (href) => href !== '/pupils/7')).toEqual({
    ...view,
    rows: [
      {
        cells: [
          { numeric: false, text: 'Ivy Lane', href: '' },
          { text: 3, numeric: true },
        ],
      },
    ],
    actions: [{ text: 'Leaves', href: '/pupils/7/leave' }],
  })
})
