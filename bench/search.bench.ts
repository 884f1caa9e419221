/**
 * Looking for plans: a special school of about 200 by one worker, and a part of Kent cut into areas by 1, 2 and 4 worker
 * processes on one database. Times between places are by straight lines, so that no roads need be built first.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { now } from '#ground/time.ts'
import { openDatabase } from '../src/cli/database.ts'
import { standingOf } from '../src/plans/scenario/standing-store.ts'
import { areasOfSearch } from '../src/plans/search/area-store.ts'
import { askToPlan } from '../src/plans/search/ask-store.ts'
import { type Better, betterPlans, searchesOf } from '../src/plans/search/search-store.ts'
import {
  beginKent,
  bringInKent,
  type Kent,
  kentIn,
  schoolsOfKent,
  specialSchoolOf,
  today,
} from '../test/support/kent.ts'
import type { Bench, Figure, Part } from './part.ts'
import { inScratch } from './scratch.ts'
import { spreadOf } from './timing.ts'

const SCHOOL_SECONDS = 120
const COUNTY_PUPILS = 1500
const PUPILS_IN_AN_AREA = 150
const COUNTY_SECONDS = 60
const WORKERS = [1, 2, 4]
/** A worker is ready to take a job within so many milliseconds of its start. */
const READY_MS = 4000
/** From when on no plan found is cheaper by more than this share, a search has settled. */
const SETTLED = 0.01

export const searchPart: Part = {
  name: 'search',
  about: `Looking for plans of Kent’s synthetic pupils, times by straight lines. A special school of about 200 is looked for ${SCHOOL_SECONDS} seconds by one worker process: a plan is usable when it leaves out no more than the last one found, and settled when none found later is cheaper by more than a hundredth. Then schools of about ${COUNTY_PUPILS} pupils together, in areas of at most ${PUPILS_IN_AN_AREA} where a school has no more, with ${COUNTY_SECONDS} seconds of work to be shared by 1, 2 and 4 worker processes. The seconds are of the clock: on a machine of fewer cores than workers each does less in them, which the cost shows.`,

  async measure(bench) {
    const samples = kentIn(bench.shared)
    if (!samples) {
      bench.say(`  Skipped, because ${bench.shared} holds no Kent.`)
      return []
    }
    return await inScratch(async (folder) => {
      const database = await openDatabase({ data: folder, environment: {}, migrating: true, say: bench.say })
      try {
        const kent = await bringInKent(database.sql, samples.registers, folder)
        const measuring = { bench, kent, url: database.url }
        return [...(await aSchool(measuring)), ...(await aCounty(measuring))]
      } finally {
        await database.close()
      }
    })
  },
}

type Measuring = { bench: Bench; kent: Kent; url: string }

async function aSchool(measuring: Measuring): Promise<Figure[]> {
  const { kent } = measuring
  const schools = String(await specialSchoolOf(kent, 200))
  const scenario = await beginKent(kent, { name: 'A special school', scope: { schools } })
  const { better, usable, pupils } = await looked(measuring, {
    scenario,
    workers: 1,
    seconds: SCHOOL_SECONDS,
  })
  return [
    figure('special school: pupils', 'pupils', pupils),
    figure('special school: rides without a place', 'rides', better.at(-1)?.unplaced ?? Number.NaN),
    { ...figure('special school: a usable plan, from asking', 's', usable), atMost: 10 },
    { ...figure('special school: settled', 's', settledAt(better)), atMost: 120 },
    figure('special school: cost of a day', '£', (better.at(-1)?.weighedPence ?? Number.NaN) / 100),
  ]
}

async function aCounty(measuring: Measuring): Promise<Figure[]> {
  const { kent } = measuring
  const schools = (await schoolsOfKent(kent, COUNTY_PUPILS)).join(',')
  const scenario = await beginKent(kent, { name: 'A small county', scope: { schools } })
  const figures: Figure[] = []
  for (const workers of WORKERS) {
    const { elapsed, better, pupils, areas } = await looked(measuring, {
      scenario,
      workers,
      seconds: COUNTY_SECONDS,
    })
    const by = `${pupils} pupils in ${areas} areas by ${workers} worker ${workers === 1 ? 'process' : 'processes'}`
    figures.push(
      figure(`${by}: from asking to a plan that is kept`, 's', elapsed),
      figure(`${by}: cost of a day`, '£', (better.at(-1)?.weighedPence ?? Number.NaN) / 100),
    )
  }
  return figures
}

const figure = (what: string, unit: string, measured: number): Figure => ({
  what,
  unit,
  ...spreadOf([measured]),
})

type Looking = { scenario: number; workers: number; seconds: number }

/** Has so many worker processes look for a plan of a scenario; gives seconds by the clock. */
async function looked({ bench, kent, url }: Measuring, { scenario, workers, seconds }: Looking) {
  const children = Array.from({ length: workers }, () =>
    spawn(process.execPath, ['test/support/worker-elsewhere.ts'], {
      cwd: resolve(import.meta.dirname, '..'),
      env: { ...process.env, WORK_ON: url },
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  )
  try {
    await sleep(READY_MS)
    const began = performance.now()
    const elapsed = () => (performance.now() - began) / 1000
    const search = await asked(kent, { scenario, seconds })
    const { usable } = await watched(kent, { scenario, search, elapsed })
    const took = elapsed()
    const areas = (await areasOfSearch(kent.sql, search)).length
    bench.say(`  search ${search} by ${workers}: ${took.toPrecision(3)} s, ${areas} areas`)
    const standing = await standingOf(kent.sql, scenario, now())
    const pupils = standing?.population.planned.length ?? 0
    return { elapsed: took, usable, better: await betterPlans(kent.sql, search), pupils, areas }
  } finally {
    for (const child of children) {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
  }
}

async function asked({ sql, manager }: Kent, { scenario, seconds }: Omit<Looking, 'workers'>) {
  const standing = await standingOf(sql, scenario, now())
  if (!standing) throw new Error('The scenario is not there.')
  const search = await askToPlan(sql, standing, {
    estimated: true,
    hasRoads: false,
    queued: true,
    pupilsInAnArea: PUPILS_IN_AN_AREA,
    seconds,
    seed: 1,
    today,
    now: now(),
    author: { by: manager, reason: 'To be measured' },
  })
  if (!search.ok) throw new Error(JSON.stringify(search.refusal))
  return search.value
}

type Watching = { scenario: number; search: number; elapsed: () => number }

/** Waits for the plan that is kept; gives when the first was there that leaves out no more than the last. */
async function watched({ sql }: Kent, { scenario, search, elapsed }: Watching): Promise<{ usable: number }> {
  const seen: { at: number; unplaced: number }[] = []
  while (!(await isKept(sql, scenario, search))) {
    const latest = (await betterPlans(sql, search)).at(-1)
    if (latest) seen.push({ at: elapsed(), unplaced: latest.unplaced })
    await sleep(100)
  }
  const fewest = seen.at(-1)?.unplaced ?? Number.NaN
  return { usable: seen.find(({ unplaced }) => unplaced <= fewest)?.at ?? elapsed() }
}

async function isKept(sql: Kent['sql'], scenario: number, search: number): Promise<boolean> {
  const [now] = await searchesOf(sql, scenario, search)
  if (now?.isSilent) throw new Error(`The worker of search ${search} has died.`)
  if (now?.state === 'failed') throw new Error(now.failure ?? 'The search failed.')
  return now?.state === 'kept'
}

/** After how many seconds of search no later plan is cheaper by more than a hundredth. */
function settledAt(better: readonly Better[]): number {
  const { unplaced: fewest = Number.NaN, weighedPence = Number.NaN } = better.at(-1) ?? {}
  const settled = better.find(
    (one) => one.unplaced <= fewest && one.weighedPence <= weighedPence * (1 + SETTLED),
  )
  return settled?.spent ?? Number.NaN
}
