import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mapFileIn } from '#adapters/files/map-file.ts'
import { expectNoAxeViolations, expectNoHorizontalScroll, keepPicture, realBrowser } from '#test/browser.ts'
import { realDatabase } from '#test/database.ts'
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
  const started = await startServer({ sql, port: 0, clock: () => thatMorning, mapFile: mapFileIn(folder) })
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

/** How many points of the map are of each of these colours of the theme. */
const pointsOn = (page: Page, names: readonly string[]) =>
  page.evaluate<number[]>(`(() => {
    const canvas = document.querySelector('.maplibregl-canvas')
    const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height })
    const pen = copy.getContext('2d')
    pen.drawImage(canvas, 0, 0)
    const { data } = pen.getImageData(0, 0, copy.width, copy.height)
    const hex = (i) => '#' + [0, 1, 2].map((n) => data[i + n].toString(16).padStart(2, '0')).join('')
    const counts = {}
    for (let i = 0; i < data.length; i += 4) counts[hex(i)] = (counts[hex(i)] ?? 0) + 1
    const style = getComputedStyle(canvas)
    return ${JSON.stringify(names)}.map((name) => counts[style.getPropertyValue(name).trim()] ?? 0)
  })()`)

const drawn = (page: Page) => page.waitForSelector('[data-drawn]', { timeout: 30_000 })

test('a run is drawn on the county’s map, and no browser asks anybody else for anything', async () => {
  const { page, complaints, asked } = await opened(`/runs/${county.runs.morning}/sheet`)
  await drawn(page)

  // The paper, a main road and the line of the run, each in its colour of the theme.
  const points = await pointsOn(page, ['--paper', '--brass', '--midnight-soft'])
  expect(Math.min(...points), `points of each: ${points}`).toBeGreaterThan(200)
  expect(await page.locator('.fb-pin').allTextContents()).toEqual(['1', '2'])
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
