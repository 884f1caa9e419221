import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mapFileIn } from '#adapters/files/map-file.ts'
import { keepRoads, roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { expectNoAxeViolations, expectNoHorizontalScroll, keepPicture, realBrowser } from '#test/browser.ts'
import { realDatabase } from '#test/database.ts'
import { pointsOn } from '#test/map-points.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { type RunningServer, startServer } from '#web/server.ts'
import { surveyWestmarch } from '#westmarch/survey-store'

const { sql } = realDatabase()
const browser = realBrowser()
const folder = mkdtempSync(join(tmpdir(), 'firstbell-map-'))
let site: RunningServer
let county: SmallCounty

beforeAll(async () => {
  county = await smallCounty(sql)
  await surveyWestmarch(folder)
  const started = await startServer({
    sql,
    port: 0,
    clock: () => thatMorning,
    mapFile: mapFileIn(folder),
    roadsFile: roadsFileIn(folder),
  })
  if (!started.ok) throw new Error(started.refusal)
  site = started.value
})
afterAll(async () => {
  await site.close()
  rmSync(folder, { recursive: true })
})

/** The page as an officer sees it, with what its scripts complained of and whom they asked. */
async function opened(path: string, before?: (page: Page) => Promise<unknown>) {
  const page = await browser.page()
  const complaints: string[] = []
  const asked: string[] = []
  page.on('console', (said) => said.type() === 'error' && complaints.push(said.text()))
  page.on('pageerror', (fault) => complaints.push(fault.message))
  page.on('request', (request) => asked.push(request.url()))
  await before?.(page)
  await page.goto(`${site.url}/sign-in?to=${encodeURIComponent(path)}`)
  await page.locator(`button[name="person"][value="${county.people['transport-officer']}"]`).click()
  return { page, complaints, asked }
}

const drawn = (page: Page) => page.waitForSelector('[data-drawn]', { timeout: 30_000 })

test('a run is drawn on the county’s map, and no browser asks anybody else for anything', async () => {
  const { page, complaints, asked } = await opened(`/runs/${county.runs.morning}/sheet`)
  await drawn(page)

  // The paper, a main road and the line of the run, each in its colour of the theme.
  const points = await pointsOn(page, ['--paper', '--brass', '--midnight-soft'])
  expect(Math.min(...points), `points of each: ${points}`).toBeGreaterThan(200)
  expect(await page.locator('.fb-pin').allTextContents()).toEqual(['1', '2'])
  expect(await page.locator('#stops tbody tr').nth(1).textContent()).toMatch(
    /The Beacon3\.37 miles, 11 minutes, on the right of the road/,
  )
  expect(await page.locator('.fb-map__says').textContent()).toContain(
    'The line is the quickest way by minibus in the school morning, measured: 3.37 miles, 11 minutes without stops.',
  )
  expect(complaints).toEqual([])
  expect(asked.filter((url) => !url.startsWith(`${site.url}/`))).toEqual([])
  expect(asked.filter((url) => url.includes('/map.pmtiles')).length).toBeGreaterThan(0)
  await keepPicture(page, 'wide-run-map')
})

test('a map can be used at any width, and skipped', async () => {
  const { page } = await opened(`/runs/${county.runs.morning}/sheet`, (fresh) =>
    fresh.setViewportSize({ width: 320, height: 640 }),
  )
  await drawn(page)

  await expectNoAxeViolations(page)
  await expectNoHorizontalScroll(page)
  await page.getByRole('link', { name: /^Skip the map/ }).press('Enter')
  expect(new URL(page.url()).hash).toBe('#stops')
  await keepPicture(page, 'narrow-run-map')
})

test('a browser without graphics shows the table alone', async () => {
  const { page, complaints } = await opened(`/runs/${county.runs.morning}/sheet`, (fresh) =>
    fresh.addInitScript('HTMLCanvasElement.prototype.getContext = () => null'),
  )
  await page.waitForSelector('[data-drawn="no"]', { state: 'attached' })

  expect(await page.locator('.fb-map').isVisible()).toBe(false)
  expect(await page.locator('#stops tbody tr').count()).toBe(2)
  expect(complaints).toEqual([])
})

const marchester = { latitude: 51.1, longitude: -6.75 }
const ostlowPark = { latitude: 51.1198, longitude: -6.7986 }
const tamblebridge = { latitude: 51.07212, longitude: -6.7128 }
const stMorwen = { latitude: 50.915, longitude: -7.2777 }
const byMinibus = { vehicle: 'minibus', at: 'school-morning' } as const

// Looked at on the map once; whoever changes the roads, or how they are measured, sees here what became of them.
const trips = [
  {
    trip: 'to Ostlow Park, by the road there',
    from: marchester,
    to: ostlowPark,
    far: 5425,
    by: 'Ostlow Park Road',
  },
  { trip: 'back the same way', from: ostlowPark, to: marchester, far: 5425, by: 'Ostlow Park Road' },
  {
    trip: 'over the Tamble by a bridge',
    from: marchester,
    to: tamblebridge,
    far: 10_926,
    by: 'Marchester High Bridge',
  },
  {
    trip: 'back by other streets',
    from: tamblebridge,
    to: marchester,
    far: 10_627,
    by: 'Marchester High Bridge',
  },
]

test.each(trips)('a trip through Westmarch: $trip', async ({ from, to, far, by }) => {
  const roads = keepRoads(roadsFileIn(folder), () => {})
  const path = await (await roads.ask())?.path(from, to, byMinibus)
  await roads.close()

  expect(path).toMatchObject({ ok: true, value: { metres: far, how: 'measured' } })
  if (!path?.ok) return
  expect(path.value.roads.map(({ name }) => name)).toContain(by)
  const sum = path.value.roads.reduce((metres, road) => metres + road.metres, 0)
  expect(Math.abs(sum - far)).toBeLessThanOrEqual(path.value.roads.length)
})

test('St Morwen has a ferry on foot: no vehicle is told of a way there', async () => {
  const roads = keepRoads(roadsFileIn(folder), () => {})
  const path = await (await roads.ask())?.path(marchester, stMorwen, byMinibus)
  await roads.close()

  expect(path).toMatchObject({ ok: false, refusal: { because: 'too-far-from-any-road', place: stMorwen } })
})
