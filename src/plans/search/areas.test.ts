/** A county cut into areas: who stays together, that nobody is lost, and workers that are killed on the way. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeAll, expect, test } from 'vitest'
import type { PersonId, SchoolId } from '#ground/ids.ts'
import { everySchoolHalfDay } from '#ground/pattern.ts'
import { realDatabase } from '#test/database.ts'
import { wholeWestmarch } from '#test/planned.ts'
import { aVisit, textOf } from '#web/testing.ts'
import type { SchoolDay } from '../scenario/person.ts'
import { standingOf } from '../scenario/standing-store.ts'
import { aPerson, askOf, oakfield } from '../translation/testing.ts'
import { areaIsFound, areasOfSearch, claimArea, handOnSilentAreas } from './area-store.ts'
import { areasOf, askedOfArea, asOnePlan } from './areas.ts'
import { askToPlan } from './ask-store.ts'
import { workOnArea } from './look-for-area.job.ts'
import { searchPage } from './search.page.ts'
import { askToStop, betterPlans, searchesOf } from './search-store.ts'

const { sql, url } = realDatabase()
const manager = 1 as PersonId
let county: Awaited<ReturnType<typeof wholeWestmarch>>
const children: ChildProcess[] = []

beforeAll(async () => {
  county = await wholeWestmarch(sql)
}, 120_000)
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
})

const schoolAt = (number: number, latitude: number, longitude: number): SchoolDay => ({
  ...oakfield,
  school: number as SchoolId,
  name: `School ${number}`,
  place: { latitude, longitude },
})

test('every ride is of one area, a pupil and a school stay together, and limited vehicles are all shared out', async () => {
  const at = fc.tuple(
    fc.double({ min: 51, max: 51.5, noNaN: true }),
    fc.double({ min: 0.5, max: 1.4, noNaN: true }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        points: fc.array(at, { minLength: 1, maxLength: 8 }),
        goTo: fc.array(fc.nat(), { minLength: 1, maxLength: 60 }),
        most: fc.integer({ min: 1, max: 20 }),
        available: fc.nat(30),
      }),
      async ({ points, goTo, most, available }) => {
        const schools = points.map(([latitude, longitude], i) => schoolAt(i + 1, latitude, longitude))
        const people = goTo.map((to, i) =>
          aPerson(i + 1, {
            placements: [{ school: ((to % schools.length) + 1) as SchoolId, pattern: everySchoolHalfDay }],
          }),
        )
        const asked = await askOf(people, { schools })
        const [first, ...others] = asked.question.policy.vehicles
        const offers = [{ ...(first as NonNullable<typeof first>), available }, ...others]
        const question = { ...asked.question, policy: { ...asked.question.policy, vehicles: offers } }
        const areas = areasOf(question, most)
        if (people.length <= 2 * most) {
          expect(areas).toEqual([])
          return
        }

        expect(areas.flatMap(({ rides }) => rides).sort((a, b) => a - b)).toEqual([...question.rides.keys()])
        const areaOf = (ride: number) => areas.findIndex(({ rides }) => rides.includes(ride))
        for (const by of ['pupil', 'gate'] as const) {
          const groups = Map.groupBy(question.rides.keys(), (ride) => question.rides[ride]?.[by])
          for (const group of groups.values()) expect(new Set(group.map(areaOf)).size).toBe(1)
        }
        for (const { pupils, rides } of areas) {
          const gates = new Set(rides.map((ride) => question.rides[ride]?.gate))
          expect(pupils <= most || gates.size === 1).toBe(true)
        }
        expect(areas.reduce((sum, { atMost }) => sum + (atMost[0] ?? 0), 0)).toBe(available)
        expect(areas.every(({ atMost }) => atMost[1] === null)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('an area asks of its own pupils only, with its share of the vehicles, and is read back as part of the whole', async () => {
  const schools = [schoolAt(1, 51, 0.5), schoolAt(2, 51.4, 1.3)]
  const people = [1, 2, 3, 4].map((pupil) =>
    aPerson(pupil, {
      placements: [{ school: (1 + (pupil % 2)) as SchoolId, pattern: everySchoolHalfDay }],
      keptApartFrom: pupil === 1 ? [3, 2].map((other) => other as never) : [],
    }),
  )
  const { question } = await askOf(people, { schools })
  const areas = areasOf(question, 1)
  expect(areas.map(({ pupils }) => pupils)).toEqual([2, 2])

  const frozen = { question, known: [], oddness: {} as never, onKeptRoutes: [], notAsked: [] }
  const [, odd] = areas.map((area) => askedOfArea(frozen, { ...area, atMost: [1, null] }).question)
  expect(odd?.rides.map(({ pupil }) => pupil)).toEqual([1, 1, 3, 3])
  expect(odd?.apart).toEqual([[1, 3]])
  expect(odd?.policy.vehicles.map(({ available }) => available)).toEqual([1, undefined])

  const rides = areas[1]?.rides ?? []
  const [there] = rides
  const idle = { fleet: 0, runs: [[], []] }
  expect(asOnePlan([{ rides, vehicles: [idle, { fleet: 1, runs: [[0, 1], []] }] }])).toEqual([
    { fleet: 1, runs: [[2 * (there ?? 0), 2 * (there ?? 0) + 1], []] },
  ])
})

async function asked(seconds: number): Promise<number> {
  const { scenario, today, now } = county
  const standing = await standingOf(sql, scenario, now)
  if (!standing) throw new Error('There is no scenario.')
  const search = await askToPlan(sql, standing, {
    estimated: true,
    hasRoads: false,
    queued: true,
    pupilsInAnArea: 40,
    seconds,
    seed: 1,
    today,
    now,
    author: { by: manager, reason: 'A county in areas' },
  })
  if (!search.ok) throw new Error(JSON.stringify(search.refusal))
  return search.value
}

function workerElsewhere(): ChildProcess {
  const child = spawn(process.execPath, ['test/support/worker-elsewhere.ts'], {
    env: { ...process.env, WORK_ON: url() },
    stdio: 'inherit',
  })
  children.push(child)
  return child
}

async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 1200; tries++) {
    const seen = await look()
    if (seen) return seen
    await sleep(50)
  }
  throw new Error('It did not come so far within a minute.')
}

const searchNow = async (search: number) => (await searchesOf(sql, county.scenario, search))[0]
const isKept = async (search: number) => {
  const now = await searchNow(search)
  return now?.state === 'kept' && now
}

const pageOf = async (search: number) => {
  const params = { scenarioId: String(county.scenario), searchId: String(search) }
  return textOf(await searchPage.get(aVisit(sql, { now: county.now, params })))
}

test('the worker of an area is killed: two others go on from its best plan, and find all areas and the whole', {
  timeout: 120_000,
}, async () => {
  const search = await asked(20)
  const first = workerElsewhere()
  const begun = await until(async () =>
    (await areasOfSearch(sql, search)).find(
      ({ state, weighedPence }) => state === 'searching' && weighedPence,
    ),
  )
  first.kill('SIGKILL')
  await once(first, 'exit')
  const left = (await areasOfSearch(sql, search)).find(({ area }) => area === begun.area)
  expect(left).toMatchObject({ state: 'searching', isSilent: false })
  expect((await searchNow(search))?.state).toBe('waiting')

  await sql`update plan_search_area set heard_at = heard_at - interval '1 minute'
             where search_id = ${search} and state = 'searching'`
  expect(await handOnSilentAreas(sql)).toEqual([{ search, area: begun.area }])
  const others = [workerElsewhere(), workerElsewhere()]
  const atOnce = await until(async () => {
    const [row] = await sql<{ workers: number }[]>`
      select count(distinct worker)::integer as workers from plan_search_area
       where search_id = ${search} and state = 'searching'`
    return (row?.workers ?? 0) > 1 && row?.workers
  })
  expect(atOnce).toBe(others.length)
  expect(await pageOf(search)).toMatch(/\d of \d+ areas found Looking at 2 at once.*Area 1 .*Looking/)

  const kept = await until(() => isKept(search))
  const areas = await areasOfSearch(sql, search)
  expect(areas.length).toBeGreaterThan(3)
  expect(areas.every(({ state }) => state === 'found')).toBe(true)
  const carriedOn = areas.find(({ area }) => area === begun.area)
  expect(carriedOn?.weighedPence).toBeLessThanOrEqual(left?.weighedPence ?? 0)
  expect(carriedOn?.spent).toBeGreaterThan(left?.spent ?? Number.POSITIVE_INFINITY)

  const [plan] = await sql<{ weighed: number; unplaced: number }[]>`
    select weighed_pence::integer as weighed, jsonb_array_length(convert_from(bytes, 'utf8')::jsonb -> 'unplaced') as unplaced
      from found_plan_summary join found_plan_bytes using (plan_id) where plan_id = ${kept.plan}`
  const together = areas.reduce((sum, { weighedPence }) => sum + (weighedPence ?? 0), 0)
  expect(plan?.unplaced).toBe(0)
  expect(plan?.weighed).toBeLessThanOrEqual(together + areas.length)
  expect((await betterPlans(sql, search)).length).toBeGreaterThan(0)
})

test('a worker that lets go of an area, or loses it, leaves its best plan to the next', async () => {
  const search = await asked(600)
  let stopping = false
  await workOnArea({
    sql,
    search,
    area: 1,
    roads: undefined,
    isStopping: () => stopping,
    tell: () => {
      stopping = true
    },
  })
  const another = { search, area: 1, worker: 'another' }
  const claimed = await claimArea(sql, another)
  expect(claimed?.from?.length).toBeGreaterThan(0)
  expect(claimed?.spent).toBeGreaterThan(0)
  expect(await claimArea(sql, { ...another, worker: 'too late' })).toBeUndefined()

  const best = { spent: 600, rounds: 1, vehicles: [], weighedPence: 0, unplaced: 0 }
  await areaIsFound(sql, { ...another, worker: 'too late' }, best)
  expect((await areasOfSearch(sql, search))[0]).toMatchObject({ state: 'searching' })
  await sql`delete from plan_search_area where search_id = ${search}`
})

test('told to stop, every area keeps its best and the whole is kept at once', {
  timeout: 60_000,
}, async () => {
  const search = await asked(3000)
  await askToStop(sql, search, manager)
  workerElsewhere()
  const kept = await until(() => isKept(search))
  expect(kept.spent).toBeLessThan(60)
})
