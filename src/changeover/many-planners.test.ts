import { beforeAll, expect, test } from 'vitest'
import type { RunId } from '#ground/ids.ts'
import { type Result, refuse } from '#ground/result.ts'
import { plainDate } from '#ground/time.ts'
import { overtakenSince } from '#knowledge/store'
import { type PlanRefused, planRun, type Stop } from '#routes/write-store'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { recordChange } from './store.ts'

const { sql } = realDatabase()
let county: SmallCounty
const monday = plainDate('2022-02-14')
const tuesday = plainDate('2022-02-15')

beforeAll(async () => {
  county = await smallCounty(sql)
})

test('scenario 77: twenty planners at one school’s run; nobody’s work is lost', {
  timeout: 60_000,
}, async () => {
  const run: RunId = county.runs.morning
  const subjects = [{ table: 'run_plan', key: { run_id: run } }]
  const planner = async (name: string): Promise<number> => {
    for (let tries = 1; ; tries++) {
      const [seen] = await sql<{ revision: number; stops: Stop[] }[]>`
        select (select revision from knowledge_clock) as revision, stops
          from run_plan where run_id = ${run} and upper_inf(known) and valid @> ${tuesday}::date`
      const stop: Stop = { place: name, kind: 'pick-up-point', at: '07:55' as never }
      const saved = await recordChange(
        sql,
        { by: county.people['transport-officer'], reason: name },
        async (tx): Promise<Result<null, PlanRefused | { because: 'changed-meanwhile' }>> => {
          const overtaken = await overtakenSince(tx, seen?.revision ?? 0, subjects)
          if (overtaken) return refuse({ because: 'changed-meanwhile', ...overtaken })
          const [first, ...rest] = seen?.stops ?? []
          const stops = first ? [first, ...rest.slice(0, -1), stop, ...rest.slice(-1)] : [stop]
          return await planRun(tx, { run, vehicleType: 'Minibus', layouts: [[8, 0]], stops, from: monday })
        },
      )
      if (saved.ok) return tries
      expect(saved.refusal.because).toBe('changed-meanwhile')
    }
  }
  const names = Array.from({ length: 20 }, (_, i) => `Lay-by ${i + 1}`)
  const tries = await Promise.all(names.map(planner))
  const [plan] = await sql<{ stops: Stop[] }[]>`
    select stops from run_plan where run_id = ${run} and upper_inf(known) and valid @> ${tuesday}::date`
  const places = plan?.stops.map(({ place }) => place) ?? []
  expect(places.filter((place) => place.startsWith('Lay-by')).sort()).toEqual([...names].sort())
  expect(Math.max(...tries)).toBeGreaterThan(1)
})
