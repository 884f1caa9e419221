/** Looks for a plan in threads of its own, keeping each better one, until its time is spent or somebody says stop. */
import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { Sql } from 'postgres'
import { inShared } from '#adapters/optimiser/solve-in-threads.ts'
import { keepingAnswers } from '#distances/kept-answers-store'
import { crowFly, type TravelTimes } from '#roads'
import type { Job } from '#worker/job.ts'
import type { FoundPlan } from '../found/found-plan.ts'
import { keepPlan } from '../found/found-plan-store.ts'
import { NO_ROADS } from '../scenario/scenario.view.ts'
import { askDrives } from '../translation/drives.ts'
import type { Drives, DrivesByDirection } from '../translation/problem-of.ts'
import { handOnSilentAreas } from './area-store.ts'
import type { Frozen } from './frozen.ts'
import type { LookedFor, News } from './look-for-plan.thread.ts'
import { questionNumbered } from './question-store.ts'
import {
  type Better,
  type Claimed,
  claimSearch,
  type Held,
  handOnSilent,
  keepBetter,
  letGo,
  searchFailed,
  searchIsKept,
  stillWorking,
} from './search-store.ts'

const HEARTBEAT_MS = 2000
/** How soon a search hears that it is to stop. */
const LISTEN_EVERY_MS = 50

export const lookForPlanJob: Job = {
  name: 'look-for-plan',
  isLong: true,

  async run({ payload, sql, roads, isStopping = () => false }) {
    const { search } = payload as { search: number }
    const now = await roads()
    try {
      await workOnSearch({ sql, search, roads: now?.roads, isStopping })
    } finally {
      await now?.close()
    }
  },
}

export const carryOnSearchesJob: Job = {
  name: 'carry-on-searches',
  every: '* * * * *',
  tries: 1,

  async run({ sql }) {
    await handOnSilent(sql)
    await handOnSilentAreas(sql)
  },
}

export type Working = {
  sql: Sql
  search: number
  /** The roads there are; a search by straight lines needs none. */
  roads: TravelTimes | undefined
  /** Whether this worker is to let go of it. */
  isStopping: () => boolean
  /** Whether whoever asked wants the best so far kept now. */
  isEnough?: () => boolean
  /** Hears of each better plan. */
  tell?: (better: Better) => void
}

/** Works on a search that nobody else works on, to its end. Gives the plan that was kept, if one was. */
export async function workOnSearch(working: Working): Promise<number | undefined> {
  const { sql, search } = working
  const worker = randomUUID()
  const claimed = await claimSearch(sql, search, worker)
  if (!claimed) return undefined
  const held = { search, worker }
  const frozen = await questionNumbered(sql, claimed.question)
  const roads = roadsOf(frozen, working.roads)
  if (!roads) {
    await searchFailed(sql, held, NO_ROADS)
    return undefined
  }
  const found = await lookFor({ frozen, roads }, working, {
    claimed,
    stillWorking: (soFar) => stillWorking(sql, held, soFar),
    keepBetter: (better) => keepBetter(sql, held, better),
    letGo: () => letGo(sql, held),
  })
  if (!found?.plan) return undefined
  return await keepFound(working, { ...found, plan: found.plan }, { held, claimed, times: roads.network })
}

/** The roads by which a question is answered: a straight line where it says so; nothing where there are none for it. */
export function roadsOf({ question }: Frozen, roads: TravelTimes | undefined): TravelTimes | undefined {
  if (question.terms.times === 'estimated') return crowFly()
  return roads?.network.startsWith('crow-fly') ? undefined : roads
}

type SoFar = { spent: number; rounds: number }

/** What a worker holds, a search or an area of one: whence it goes on, and how to say how far it has come. */
export type Holding = {
  claimed: Pick<Claimed, 'from' | 'held' | 'seed' | 'seconds' | 'spent' | 'rounds'>
  stillWorking: (soFar: SoFar) => Promise<{ isHeld: boolean; stop: boolean }>
  keepBetter: (better: Omit<News, 'plan'> & SoFar) => Promise<void>
  letGo: () => Promise<void>
}

type Ears = Pick<Working, 'sql' | 'isStopping' | 'isEnough' | 'tell'>

/** Looks until the time is spent or somebody says stop. Gives nothing where another has it now or is to carry it on. */
export async function lookFor(
  { frozen, roads }: { frozen: Frozen; roads: TravelTimes },
  ears: Ears,
  holding: Holding,
): Promise<(News & { spent: number }) | undefined> {
  const pulse = beating(holding)
  try {
    const drives = await askDrives(keepingAnswers(ears.sql, roads), frozen.question)
    const found = await lookedFor({ frozen, drives }, { ears, holding, pulse })
    if (!pulse.isLost() && ears.isStopping()) await holding.letGo()
    if (!found?.plan || pulse.isLost() || ears.isStopping()) return undefined
    return { ...found, spent: pulse.elapsed() }
  } finally {
    pulse.stop()
  }
}

type Pulse = {
  elapsed: () => number
  rounds: { done: number }
  /** Whether another has the search now, or the database has not been reached for too long. */
  isLost: () => boolean
  lose: () => void
  toldToStop: () => boolean
  stop: () => void
}

/** Says every few seconds that this worker still works, and hears whether it is to stop. */
function beating({ claimed, stillWorking }: Holding): Pulse {
  const began = performance.now()
  const rounds = { done: claimed.rounds }
  const elapsed = () => claimed.spent + (performance.now() - began) / 1000
  let lost = false
  let stop = false
  const beat = async () => {
    const { isHeld, ...heard } = await stillWorking({ spent: elapsed(), rounds: rounds.done })
    lost ||= !isHeld
    stop ||= heard.stop
  }
  // Out of reach of the database, a search is lost here: whoever is handed it goes on from the last better plan.
  const lose = () => {
    lost = true
  }
  const timer = setInterval(() => void beat().catch(lose), HEARTBEAT_MS)
  void beat().catch(lose)
  return {
    elapsed,
    rounds,
    isLost: () => lost,
    lose,
    toldToStop: () => stop,
    stop: () => clearInterval(timer),
  }
}

type Looking = { ears: Ears; holding: Holding; pulse: Pulse }
type Asked = { frozen: Frozen; drives: DrivesByDirection }

/** The best that is found, each better plan kept on the way; nothing where there was no time for any, or it was let go. */
async function lookedFor(asked: Asked, looking: Looking): Promise<News | undefined> {
  const { ears, holding, pulse } = looking
  let keeping = Promise.resolve()
  const found = await newsOf(asked, looking, ({ plan: _, ...news }) => {
    const better = { ...news, spent: pulse.elapsed() }
    pulse.rounds.done = news.rounds
    keeping = keeping.then(() => holding.keepBetter(better).catch(pulse.lose))
    ears.tell?.(better)
  })
  await keeping
  return found
}

/** Hears the thread out; ends it where the search is lost or to be let go of. */
async function newsOf(
  { frozen, drives }: Asked,
  { ears, holding: { claimed }, pulse }: Looking,
  better: (news: News) => void,
): Promise<News | undefined> {
  const { from, held, seed, seconds, spent, rounds } = claimed
  const enough = new Int32Array(new SharedArrayBuffer(4))
  const [there, back] = drives
  const workerData: LookedFor = {
    frozen,
    drives: [sharedOf(there), sharedOf(back)],
    from,
    held,
    seed,
    seconds,
    spent,
    rounds,
    enough,
  }
  const thread = new Worker(new URL('./look-for-plan.thread.ts', import.meta.url), { workerData })
  const { promise, resolve, reject } = Promise.withResolvers<News | undefined>()
  const listen = setInterval(() => {
    if (pulse.isLost() || ears.isStopping()) resolve(undefined)
    if (pulse.toldToStop() || ears.isEnough?.() === true) Atomics.store(enough, 0, 1)
  }, LISTEN_EVERY_MS)
  thread.on('error', reject).on('message', (news: News | undefined) => {
    if (news) better(news)
    if (!news || news.plan) resolve(news)
  })
  try {
    return await promise
  } finally {
    clearInterval(listen)
    await thread.terminate()
  }
}

const sharedOf = ({ seconds, metres }: Drives): Drives => ({
  seconds: inShared(seconds),
  metres: inShared(metres),
})

/** Keeps the plan together with the end of the search: both or neither. */
async function keepFound(
  { sql }: Working,
  { plan, vehicles, rounds }: News & { plan: FoundPlan },
  { held, claimed, times }: { held: Held; claimed: Claimed; times: string },
): Promise<number> {
  const { question, scenario, cut, askedBy, seconds, seed } = claimed
  return await keepPlan(sql, {
    scenario,
    cut,
    plan,
    how: { seed, seconds, rounds, times },
    calls: { question, vehicles },
    author: { by: askedBy, reason: `Plan found by search ${held.search}` },
    together: (tx, kept) => searchIsKept(tx, held, kept),
  })
}
