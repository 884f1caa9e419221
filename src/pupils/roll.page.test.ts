import { beforeAll, expect, test } from 'vitest'
import { instant } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { rollPage } from './roll.page.ts'

const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
})

const roll = (query: Record<string, string> = {}, now = thatMorning) =>
  rollPage.get(aVisit(sql, { query, now, path: '/pupils' }))
const named = (html: string) =>
  [...html.matchAll(/<th scope="row"[^>]*><a[^>]*>([^<]+)</g)].map((match) => match[1])

test('everyone on the register is listed once, by family name, with where they stand both ways', async () => {
  const html = htmlOf(await roll())

  expect(named(html)).toEqual([
    'Bello, Musa',
    'Bright, Jack',
    'Hart, Zoë',
    'Lane, Ivy',
    'O’Brien, Niamh',
    'Osei, Amara',
    'Price-Hargreaves, Ffion',
    'Zieliński, Tomasz',
    '李, 小龍',
  ])
  expect(textOf(await roll({ q: 'osei' }))).toContain(
    'No transport Their run does not run on this day No transport Nothing has been arranged',
  )
})

test.each([
  ['part of a name', { q: 'price ffi' }, ['Price-Hargreaves, Ffion']],
  ['a name in another script', { q: '小龍' }, ['李, 小龍']],
  [
    'without transport: three states together',
    { state: 'without-transport' },
    ['Bello, Musa', 'Osei, Amara', '李, 小龍'],
  ],
  ['one state', { state: 'temporary' }, ['Hart, Zoë']],
  ['a missing step', { missing: 'family-told' }, ['Zieliński, Tomasz']],
  ['an area nobody lives in', { area: 'Nowhere' }, []],
  ['a per cent sign is a letter like any other', { q: '%' }, []],
])('found by %s', async (_by, query, found) => {
  expect(named(htmlOf(await roll(query)))).toEqual(found)
})

test('the worst stand first when sorted by how they travel', async () => {
  expect(named(htmlOf(await roll({ sort: 'state' }))).slice(0, 3)).toEqual([
    'Bello, Musa',
    'Osei, Amara',
    '李, 小龍',
  ])
})

test('a pupil is found by a number typed with spaces', async () => {
  const upn = `W${820_000_000_000 + county.pupils.zoe}`
  expect(named(htmlOf(await roll({ q: `${upn.slice(0, 4)} ${upn.slice(4).toLowerCase()}` })))).toEqual([
    'Hart, Zoë',
  ])
})

test('the Friday before, Amara still had her seat', async () => {
  expect(textOf(await roll({ on: '2022-02-11', q: 'osei' }))).toContain('Not yet confirmed')
})

test('before anything was known, nobody was', async () => {
  expect(textOf(await roll({ 'known-at': '2022-01-01T09:00' }))).toContain('No pupil matches')
})

test('a day that does not exist is said to be none, and today is shown', async () => {
  const html = htmlOf(await roll({ on: '2022-02-30' }))

  expect(html).toContain('There is a problem')
  expect(html).toContain('&quot;2022-02-30&quot; is not a day')
})

test('the day is kept by every link from the list', async () => {
  expect(htmlOf(await roll({ on: '2022-02-11' }))).toContain(
    `href="/pupils/${county.pupils.amara}?on=2022-02-11"`,
  )
})

test('every child on the list is on the record of looks', async () => {
  expect(await roll({ q: 'osei' }, instant('2022-02-14T07:30'))).toMatchObject({
    pupils: [county.pupils.amara],
  })
})
