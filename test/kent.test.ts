import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import {
  ask,
  beginsOn,
  bringInKent,
  buildKentRoads,
  carryThrough,
  type Kent,
  kentIn,
  type Planned,
  planKent,
  specialSchoolOf,
  standsAt,
} from '#test/kent.ts'
import { planImpactCommand } from '../src/plans/impact/impact.command.ts'
import { routesOfPlan } from '../src/plans/real/step-store.ts'

const shared = process.env['FIRSTBELL_SHARED'] ?? join(process.cwd(), '../shared')
const samples = kentIn(shared)

// The whole county takes a quarter of an hour: `npm run bench -- kent`.
describe.skipIf(!samples)('a special school of Kent, from its registers and roads to real routes', () => {
  const { sql } = realDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'firstbell-kent-'))
  let kent: Kent
  let planned: Planned

  beforeAll(async () => {
    if (!samples) return
    kent = await bringInKent(sql, samples.registers, folder)
    await buildKentRoads(samples.roads, folder, false)
    const school = await specialSchoolOf(kent, 40)
    planned = await planKent(kent, { name: 'One school', scope: { schools: String(school) }, seconds: 5 })
  }, 600_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('it is planned along its roads, and everybody asked for has a place or a reason', async () => {
    const { kept } = await standsAt(kent, planned)

    expect(kept.times).toMatch(/^[0-9a-f]{16}$/)
    expect(kept.plan.journeys.length).toBeGreaterThan(40)
    const without = kept.plan.journeys.filter(({ ride }) => ride === null)
    expect(without.length).toBe(kept.plan.unplaced.length)
    for (const { reasons } of kept.plan.unplaced) expect(reasons.length).toBeGreaterThan(0)
  })

  test('its impact report says that nobody has a journey of today to compare with', async () => {
    const { text, json } = await ask<{ affected: Record<string, number[]>; howFound: object }>(
      kent,
      planImpactCommand,
      { words: [planned.name] },
    )
    const { kept } = await standsAt(kent, planned)

    expect(new Set(json.affected['no-baseline']).size).toBe(
      new Set(kept.plan.journeys.map((one) => one.pupil)).size,
    )
    expect(json.howFound).toEqual({ today: 'no-rides', plan: 'measured' })
    expect(text).toMatch(/The plan, a day: £/)
  })

  test('agreed by its school, it becomes routes: everybody planned has one seat there and one home', async () => {
    await carryThrough(kent, planned)

    const { kept, standing, leftOut } = await standsAt(kent, planned)
    expect(standing).toBe('real')
    const routes = await routesOfPlan(sql, planned.plan, beginsOn)
    expect(routes.length).toBe(new Set(kept.plan.runs.map(({ vehicle }) => vehicle)).size)
    const riders = kept.plan.journeys
      .filter(({ pupil, ride }) => ride && !leftOut.has(pupil))
      .map(({ pupil, direction }) => `${pupil} ${direction}`)
    const seats = await sql<{ seat: string; monday: number }[]>`
      select a.pupil_id || ' ' || a.direction as seat, count(*) filter (where a.days @> 0)::integer as monday
        from travel_arrangement a
       where a.kind = 'seat' and upper_inf(a.known) and a.valid @> ${beginsOn}::date
       group by a.pupil_id, a.direction`
    expect(seats.map(({ seat }) => seat).sort()).toEqual([...new Set(riders)].sort())
    expect(seats.every(({ monday }) => monday <= 1)).toBe(true)
  })
})
