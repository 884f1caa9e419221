/**
 * Kent from its registers and roads to a plan of the whole county and its impact report; and one special school carried all
 * the way to real routes. The small form of it is test/kent.test.ts.
 */
import { openDatabase } from '../src/cli/database.ts'
import { latestPlan } from '../src/plans/found/found-plan-store.ts'
import { planImpactCommand } from '../src/plans/impact/impact.command.ts'
import { routesOfPlan } from '../src/plans/real/step-store.ts'
import {
  ask,
  beginsOn,
  bringInKent,
  buildKentRoads,
  carryThrough,
  type Kent,
  kentIn,
  planKent,
  specialSchoolOf,
} from '../test/support/kent.ts'
import type { Bench, Figure, Part } from './part.ts'
import { inScratch } from './scratch.ts'
import { spreadOf } from './timing.ts'

/** How long the county, and the school, are looked for: enough to see all of it work, not to find the best there is. */
const COUNTY_SECONDS = 300
const SCHOOL_SECONDS = 30

export const kentPart: Part = {
  name: 'kent',
  about: `Kent’s 5,000 synthetic pupils and synthetic roads, with turns, in a database made for it: brought in, every pupil who must be carried planned along those roads in ${COUNTY_SECONDS} seconds of one thread, and the impact report made; then one special school planned, agreed and made real. Each is done once.`,

  async measure(bench) {
    const samples = kentIn(bench.shared)
    if (!samples) {
      bench.say(`  Skipped, because ${bench.shared} holds no Kent and its roads.`)
      return []
    }
    return await inScratch(async (folder) => {
      const database = await openDatabase({ data: folder, environment: {}, migrating: true, say: bench.say })
      try {
        const { value: kent, figure: brought } = await once(bench, 'everything brought in', () =>
          bringInKent(database.sql, samples.registers, folder),
        )
        const { figure: built } = await once(bench, 'roads built, four times of day and vehicle', () =>
          buildKentRoads(samples.roads, folder, true),
        )
        return [brought, built, ...(await county(bench, kent)), ...(await school(bench, kent))]
      } finally {
        await database.close()
      }
    })
  },
}

async function county(bench: Bench, kent: Kent): Promise<Figure[]> {
  const wanted = { name: 'Kent', scope: { county: true as const }, seconds: COUNTY_SECONDS }
  const { value: planned, figure: found } = await once(bench, 'county planned', () => planKent(kent, wanted))
  const { figure: reported } = await once(bench, 'impact report of the county', () =>
    ask(kent, planImpactCommand, { words: [planned.name] }),
  )
  const kept = await latestPlan(kent.sql, planned.scenario)
  if (!kept) throw new Error('The plan of the county is not there.')
  const { journeys, runs, cost, unplaced } = kept.plan
  const count = (what: string, unit: string, counted: number) => ({ what, unit, ...spreadOf([counted]) })
  return [
    found,
    count('pupils of the county planned', 'pupils', new Set(journeys.map(({ pupil }) => pupil)).size),
    count('rides of the county without a place', 'rides', unplaced.length),
    count('vehicles of the county', 'vehicles', new Set(runs.map(({ vehicle }) => vehicle)).size),
    count('cost of a day of the county', '£', Math.round(cost.money / 100)),
    { ...reported, atMost: 5 },
  ]
}

async function school(bench: Bench, kent: Kent): Promise<Figure[]> {
  const schools = String(await specialSchoolOf(kent, 200))
  const { figure } = await once(bench, 'a special school of about 200, to real routes', async () => {
    const planned = await planKent(kent, { name: 'School', scope: { schools }, seconds: SCHOOL_SECONDS })
    await carryThrough(kent, planned)
    const routes = await routesOfPlan(kent.sql, planned.plan, beginsOn)
    bench.say(`  ${routes.length} routes carry ${routes.reduce((sum, { pupils }) => sum + pupils, 0)} pupils`)
  })
  return [figure]
}

/** Does the work once, and times it in seconds. */
async function once<T>(
  bench: Bench,
  what: string,
  work: () => Promise<T>,
): Promise<{ value: T; figure: Figure }> {
  const before = performance.now()
  const value = await work()
  const seconds = (performance.now() - before) / 1000
  bench.say(`  ${what}: ${seconds.toPrecision(3)} s`)
  return { value, figure: { what, unit: 's', ...spreadOf([seconds]) } }
}
