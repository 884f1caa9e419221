import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mapFileIn } from '#adapters/files/map-file.ts'
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { markUnsafe } from '#distances/unsafe-way-store'
import type { PersonId, PupilId, SchoolId } from '#ground/ids.ts'
import { dayOf, now, plainDate } from '#ground/time.ts'
import { beginRevision } from '#knowledge/store'
import { recordHome, recordPlacement, registerPupil } from '#pupils/write-store'
import { openRoads } from '#roads'
import { recordEntrance, recordSchool } from '#schools/write-store'
import { expectNoAxeViolations, expectNoHorizontalScroll, keepPicture, realBrowser } from '#test/browser.ts'
import { realDatabase } from '#test/database.ts'
import { pointsOn } from '#test/map-points.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { type RunningServer, startServer } from '#web/server.ts'
import { surveyWestmarch } from '#westmarch/survey-store'
import { measurePupils } from '../src/distances/measure-store.ts'

const { sql, inTransaction } = realDatabase()
const browser = realBrowser()
const folder = mkdtempSync(join(tmpdir(), 'firstbell-maps-'))
const today = dayOf(now())
const since = plainDate('2020-09-01')
let site: RunningServer
let county: SmallCounty
let school: SchoolId
let nadia: PupilId

// Three homes around a school in the middle of Marchester; the road to Ostlow Park is unsafe where it begins.
const marchester = { latitude: 51.1, longitude: -6.75 }
const homes = {
  Nadia: { latitude: 51.1198, longitude: -6.7986 },
  Otis: { latitude: 51.1052, longitude: -6.7405 },
  Pia: { latitude: 51.07212, longitude: -6.7128 },
}

beforeAll(async () => {
  county = await smallCounty(sql)
  await surveyWestmarch(folder)
  await inTransaction(async (tx) => {
    await beginRevision(tx, { by: 1 as PersonId, reason: 'A school and its pupils' })
    school = await recordSchool(tx, { name: 'Cloister School', kind: 'special', from: since })
    await recordEntrance(tx, school, { point: marchester, from: since })
    for (const [givenName, point] of Object.entries(homes)) {
      const born = { givenName, familyName: 'Reed', bornOn: plainDate('2014-05-14') }
      const pupil = await registerPupil(tx, born, { from: since })
      await recordHome(tx, pupil, { address: '1 Lark Rise', point, from: since })
      await recordPlacement(tx, pupil, { school, from: since })
      if (givenName === 'Nadia') nadia = pupil
    }
  })
  await somethingUnsafe()
  const started = await startServer({
    sql,
    port: 0,
    clock: now,
    mapFile: mapFileIn(folder),
    roadsFile: roadsFileIn(folder),
    folder,
  })
  if (!started.ok) throw new Error(started.refusal)
  site = started.value
}, 60_000)
afterAll(async () => {
  await site.close()
  rmSync(folder, { recursive: true })
})

/** Everybody is measured, the first way of Nadia’s shortest walk that has a name is marked, and she is measured again. */
async function somethingUnsafe(): Promise<void> {
  const roads = await openRoads(roadsFileIn(folder))
  const walk = await roads.walk(homes.Nadia, marchester, {})
  await measurePupils(sql, roads, { today })
  const way = walk.ok ? walk.value.ways.find(({ name, metres }) => name !== '' && metres > 300) : undefined
  if (!way) throw new Error('There is no walk to mark a way of.')
  await inTransaction(async (tx) => {
    await beginRevision(tx, { by: 1 as PersonId, reason: 'No footway' })
    await markUnsafe(tx, { way: way.way, name: way.name, reason: 'No footway', from: today })
  })
  await measurePupils(sql, roads, { today })
  await roads.close()
}

type Looking = { width?: number; javaScript?: boolean }

/** The page as an officer sees it, with what its scripts complained of and whom they asked. */
async function opened(path: string, looking: Looking = {}) {
  const page = await browser.page(looking)
  const complaints: string[] = []
  const asked: string[] = []
  page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()))
  page.on('pageerror', (fault) => complaints.push(fault.message))
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${site.url}/sign-in?to=${encodeURIComponent(path)}`)
  await page.locator(`button[name="person"][value="${county.people['transport-officer']}"]`).click()
  return { page, complaints, asked }
}

const drawn = (page: Page) => page.waitForSelector('[data-drawn="yes"]', { timeout: 30_000 })

type Case = {
  what: string
  path: () => string
  /** What the theme draws there, beside the paper. */
  colours: readonly string[]
  /** What stands on its pins, in the order of the table. */
  pins: readonly string[]
  table: string
  /** What the table says of what is drawn. */
  says: RegExp
}

const cases: readonly Case[] = [
  {
    what: 'the walk of a pupil to school',
    path: () => `/pupils/${nadia}`,
    colours: ['--midnight-soft'],
    pins: ['H', 'S'],
    table: '#walk-1',
    says: /From home to Cloister School on foot.*Along.*Metres.*miles/,
  },
  {
    what: 'where the pupils of a school live',
    path: () => `/schools/${school}/catchment`,
    colours: ['--brass'],
    pins: ['1', '2', '3', 'S'],
    table: '#homes',
    says: /1\s*Otis Reed.*miles.*2\s*Nadia Reed.*miles.*3\s*Pia Reed/,
  },
  {
    what: 'the roads marked unsafe',
    path: () => '/roads/unsafe',
    colours: ['--stop'],
    pins: ['S'],
    table: '#marked',
    says: /Marked unsafe to walk along.*No footway.*[ap]m1 $/,
  },
]

const textIn = async (page: Page, place: string) =>
  ((await page.locator(place).textContent()) ?? '').replace(/\s+/g, ' ')

describe.each(cases)('the map of $what', ({ what, path, colours, pins, table, says }) => {
  const name = what.replaceAll(' ', '-')

  test('is drawn from this server alone, under its content rules, and its table says the same', async () => {
    const { page, complaints, asked } = await opened(path())
    await drawn(page)

    const points = await pointsOn(page, ['--paper', ...colours])
    expect(Math.min(...points), `points of each: ${points}`).toBeGreaterThan(50)
    expect(await page.locator('.fb-pin').allTextContents()).toEqual(pins)
    expect(await textIn(page, table)).toMatch(says)
    expect(complaints).toEqual([])
    expect(asked.filter((url) => !url.startsWith(`${site.url}/`))).toEqual([])
    expect(asked.some((url) => url.includes('/map.pmtiles'))).toBe(true)
    await keepPicture(page, `wide-${name}`)
  })

  test('can be used at 320 pixels, and skipped for the table', async () => {
    const { page } = await opened(path(), { width: 320 })
    await drawn(page)

    await expectNoAxeViolations(page)
    await expectNoHorizontalScroll(page)
    await keepPicture(page, `narrow-${name}`)
    await page.getByRole('link', { name: /^Skip the map/ }).press('Enter')
    expect(new URL(page.url()).hash).toBe(table)
  })

  test('is not there without JavaScript, and the table says it alone', async () => {
    const { page } = await opened(path(), { javaScript: false })

    expect(await page.locator('.fb-map').isVisible()).toBe(false)
    expect(await page.locator(table).isVisible()).toBe(true)
    expect(await textIn(page, table)).toMatch(says)
  })
})
