/** Looks for a plan in threads of its own, keeping each better one, until its time is spent or somebody says stop. */
import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { solveInThreads } from '#adapters/optimiser/solve-in-threads.ts'
import { keepingAnswers } from '#distances/kept-answers-store'
import { isPickup, type Plan, type Problem, type Solution } from '#optimiser'
import { crowFly, type TravelTimes } from '#roads'
import type { Job } from '#worker/job.ts'
import { askDrives } from '../drives.ts'
import { keepPlan } from '../found-plan-store.ts'
import { foundPlanOf } from '../kept-plan.view.ts'
import { problemOf, UNITS_IN_A_PENNY } from '../problem-of.ts'
import type { Asked } from '../runs-of.ts'
import { NO_ROADS } from '../scenario.view.ts'
import { type Frozen, inForce, numberedAgain } from './frozen.ts'
import { questionNumbered } from './question-store.ts'
import {
  type Better,
  type Claimed,
  claimSearch,
  handOnSilent,
  keepBetter,
  letGo,
  searchFailed,
  searchIsKept,
  stillWorking,
} from './search-store.ts'

const HEARTBEAT_MS = 2000
/** No better plan is kept sooner after another than this. */
const BETWEEN_KEPT_MS = 1000

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
  const roads = frozen.question.terms.times === 'estimated' ? crowFly() : working.roads
  if (!roads || (frozen.question.terms.times === 'measured' && isStraight(roads))) {
    await searchFailed(sql, held, NO_ROADS)
    return undefined
  }
  const pulse = beating(working, held, claimed)
  try {
    const drives = await askDrives(keepingAnswers(sql, roads), frozen.question)
    const { present, numbers } = inForce(claimed.from ?? [])
    const problem = {
      ...problemOf(frozen.question, drives),
      present: present.map((vehicle) => ({ ...vehicle, frozen: false })),
    }
    const solution = await searched(problem, { working, held, claimed, numbers, pulse })
    if (!pulse.isLost() && working.isStopping()) await letGo(sql, held)
    if (!solution || pulse.isLost() || working.isStopping()) return undefined
    const vehicles = numberedAgain(solution.plan.vehicles, numbers)
    const asked = { question: frozen.question, drives, problem: { ...problem, present: [] } }
    return await kept({
      sql,
      held,
      claimed,
      frozen,
      asked,
      found: { ...solution, vehicles },
      rounds: pulse.rounds.done,
      times: roads.network,
    })
  } finally {
    pulse.stop()
  }
}

const isStraight = ({ network }: TravelTimes) => network.startsWith('crow-fly')

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
function beating({ sql }: Working, held: { search: number; worker: string }, claimed: Claimed): Pulse {
  const began = performance.now()
  const rounds = { done: claimed.rounds }
  const elapsed = () => claimed.spent + (performance.now() - began) / 1000
  let lost = false
  let stop = false
  const beat = async () => {
    const { isHeld, ...heard } = await stillWorking(sql, held, { spent: elapsed(), rounds: rounds.done })
    lost ||= !isHeld
    stop ||= heard.stop
  }
  // Out of reach of the database, a search is lost here: whoever is handed it goes on from the last better plan.
  const lose = () => {
    lost = true
  }
  const timer = setInterval(() => void beat().catch(lose), HEARTBEAT_MS)
  return {
    elapsed,
    rounds,
    isLost: () => lost,
    lose,
    toldToStop: () => stop,
    stop: () => clearInterval(timer),
  }
}

type Figures = Pick<Better, 'weighedPence' | 'unplaced'> & { boundPence: number }

type Searching = {
  working: Working
  held: { search: number; worker: string }
  claimed: Claimed
  numbers: readonly number[]
  pulse: Pulse
}

/** The best that is found; each better plan is kept on the way, and the last at the end. Nothing before there was any. */
async function searched(
  problem: Problem,
  { working, held, claimed, numbers, pulse }: Searching,
): Promise<Solution | undefined> {
  const spent = () => Math.min(1, pulse.elapsed() / claimed.seconds)
  let keptAt = Number.NEGATIVE_INFINITY
  let keeping = Promise.resolve()
  const keep = (found: Plan, { boundPence, ...figures }: Figures) => {
    const better = { spent: pulse.elapsed(), rounds: pulse.rounds.done, ...figures }
    const vehicles = numberedAgain(found.vehicles, numbers)
    keeping = keeping.then(() =>
      keepBetter(working.sql, held, { ...better, vehicles, boundPence }).catch(pulse.lose),
    )
    keptAt = performance.now()
    working.tell?.(better)
  }
  const hasPlan = () => claimed.from !== null || keptAt > Number.NEGATIVE_INFINITY
  const solution = await solveInThreads(problem, {
    seed: claimed.seed + claimed.rounds,
    threads: 1,
    spent,
    // Whoever wants the best so far wants one: the first plan is waited for.
    shouldStop: () =>
      pulse.isLost() ||
      working.isStopping() ||
      (hasPlan() && (spent() >= 1 || pulse.toldToStop() || working.isEnough?.() === true)),
    onBetter({ rounds, cost, bound, plan }) {
      pulse.rounds.done = claimed.rounds + rounds
      if (performance.now() - keptAt < BETWEEN_KEPT_MS) return
      const found = plan()
      keep(found, { ...figuresOf(problem, found, cost), boundPence: penceADay(problem, bound) })
    },
  })
  pulse.rounds.done = claimed.rounds + solution.rounds
  const { plan, cost, bound, unplaced } = solution
  if (hasPlan())
    keep(plan, {
      weighedPence: penceADay(problem, cost),
      unplaced: unplaced.length,
      boundPence: penceADay(problem, bound),
    })
  await keeping
  return hasPlan() ? solution : undefined
}

const penceADay = ({ days }: Problem, units: number): number => Math.round(units / UNITS_IN_A_PENNY / days)

/** What a plan counts on an average day and how many rides it leaves out, whose price is no part of that. */
function figuresOf(problem: Problem, plan: Plan, cost: number) {
  const carried = new Set(
    plan.vehicles.flatMap(({ runs }) =>
      runs
        .flat()
        .filter(isPickup)
        .map((call) => call >> 1),
    ),
  )
  const left = problem.requests.filter((_, request) => !carried.has(request))
  const price = left.reduce((sum, { unplacedPrice, days }) => sum + unplacedPrice * daysIn(days), 0)
  return { weighedPence: penceADay(problem, cost - price), unplaced: left.length }
}

const daysIn = (bits: number) => bits.toString(2).replaceAll('0', '').length

type Keeping = {
  sql: Sql
  held: { search: number; worker: string }
  claimed: Claimed
  frozen: Frozen
  asked: Asked
  found: Parameters<typeof foundPlanOf>[1]
  rounds: number
  times: string
}

/** Referees the plan, reads it back and keeps it together with the end of the search: both or neither. */
async function kept({ sql, held, claimed, frozen, asked, found, rounds, times }: Keeping): Promise<number> {
  const { question, scenario, cut, askedBy, seconds, seed } = claimed
  return await keepPlan(sql, {
    scenario,
    cut,
    plan: foundPlanOf(asked, found, frozen),
    how: { seed, seconds, rounds, times },
    calls: { question, vehicles: found.vehicles },
    author: { by: askedBy, reason: `Plan found by search ${held.search}` },
    together: (tx, plan) => searchIsKept(tx, held, plan),
  })
}
