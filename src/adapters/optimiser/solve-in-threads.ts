/**
 * Searches one problem in several threads. Each searches by a seed of its own; after every so many rounds all go on from
 * the best plan that any has found. Threads wait for one another there, so a number of rounds gives one answer, however
 * busy the machine. The matrices are shared, not copied.
 */
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import {
  Bound,
  cooledAfter,
  type Problem,
  ROUNDS_BEFORE_PROOF,
  refereed,
  type Solution,
  type SolveOptions,
  solutionOf,
  soundPart,
  standing,
} from '#optimiser'
import type { Found, Stint } from './search-thread.ts'

/** Rounds of each thread between exchanges: enough that waiting for the slowest is little of it. */
const ROUNDS_A_STINT = 400
/** How often, in milliseconds, the caller is asked whether to stop while the threads work. */
const ASK_EVERY = 10
/** Steps taken towards the bound each time: a millisecond or two. */
const BOUND_STEPS = 200

export type ThreadsOptions = SolveOptions & {
  readonly threads: number
  /** How many rounds each thread does at the most: with it the same seed gives the same plan. */
  readonly rounds?: number
}

/** As `solve`; stops within a moment of being told, with the best plan of the last exchange. */
export async function solveInThreads(problem: Problem, options: ThreadsOptions): Promise<Solution> {
  const shared = { ...problem, seconds: inShared(problem.seconds), metres: inShared(problem.metres) }
  const team = new Team(shared, options)
  try {
    return await exchange(problem, team, options)
  } finally {
    team.dismiss()
  }
}

async function exchange(problem: Problem, team: Team, options: ThreadsOptions): Promise<Solution> {
  const { rounds: most = Number.POSITIVE_INFINITY, threads, spent, onBetter } = options
  const trace: Solution['trace'][number][] = []
  let done = 0
  let best: Found[] = []
  const tell = ({ cost, plan }: Found) => {
    const now = { ...standing(cost, team.bound.value), rounds: done * threads }
    trace.push({ rounds: now.rounds, cost })
    onBetter?.({ ...now, plan: () => refereed(problem, plan).plan })
  }
  for (let found = await team.first(); found; ) {
    const now = bestOf([...best, ...found])
    if (now !== best[0]) tell(now)
    best = [now]
    if (done >= ROUNDS_BEFORE_PROOF) team.bound.prove(now.plan, now.cost)
    const rounds = Math.min(ROUNDS_A_STINT, most - done)
    if (rounds <= 0 || now.cost <= team.bound.value) break
    const cooled = coolingOf({ done, rounds, most, spent })
    found = await team.work(stintsFrom(now, found, { rounds, cooled }))
    if (found) done += rounds
  }
  if (Number.isFinite(most)) await team.finishBound()
  return answer(problem, best[0], { bound: team.bound, trace, rounds: done * threads })
}

/** The best found; what keeps every rule of the plan in force, where there was no time to find any. */
function answer(
  problem: Problem,
  best: Found | undefined,
  how: Pick<Solution, 'trace' | 'rounds'> & { bound: Bound },
): Solution {
  return solutionOf(problem, best?.plan ?? soundPart(problem), { ...how, isStopped: best === undefined })
}

/** For each thread its next stint, which begins from the best plan where the thread's own is worse. */
function stintsFrom({ cost, plan }: Found, found: readonly Found[], stint: Omit<Stint, 'plan'>): Stint[] {
  return found.map((each) => ({ ...stint, ...(each.cost > cost && { plan }) }))
}

type Cooling = { done: number; rounds: number; most: number; spent: SolveOptions['spent'] }

function coolingOf({ done, rounds, most, spent }: Cooling): { from: number; to: number } {
  if (Number.isFinite(most)) return { from: done / most, to: (done + rounds) / most }
  const now = spent ? spent() : cooledAfter(done)
  return { from: now, to: now }
}

/** The cheapest; of several as cheap, that of the first thread. */
function bestOf(found: readonly Found[]): Found {
  return found.reduce((best, other) => (other.cost < best.cost ? other : best))
}

/** The same table in memory that threads share, so that none copies it. */
export function inShared(table: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(table.byteLength))
  copy.set(table)
  return copy
}

/** The threads, and the bound, worked out here while they search. What they find is undefined once the caller wants to stop. */
class Team {
  readonly bound: Bound
  readonly #workers: readonly Worker[]
  readonly #shouldStop: () => boolean
  readonly #begun: Promise<Found[]>

  constructor(problem: Problem, { threads, seed, shouldStop, solveProgramme }: ThreadsOptions) {
    const file = new URL('./search-thread.ts', import.meta.url)
    this.bound = new Bound(problem, { solveProgramme, shouldStop })
    this.#shouldStop = shouldStop
    this.#workers = Array.from(
      { length: threads },
      (_, i) => new Worker(file, { workerData: { problem, seed: seed + i } }),
    )
    this.#begun = this.#answers()
  }

  /** The first plan of each. */
  first(): Promise<Found[] | undefined> {
    return this.#unlessStopped(this.#begun)
  }

  /** Has each do its stint. */
  work(stints: readonly Stint[]): Promise<Found[] | undefined> {
    const answers = this.#answers()
    for (const [i, stint] of stints.entries()) this.#workers[i]?.postMessage(stint)
    return this.#unlessStopped(answers)
  }

  /** Works the bound out to its end, or until the caller wants to stop. */
  async finishBound(): Promise<void> {
    while (!this.#shouldStop() && this.bound.work(BOUND_STEPS)) await setImmediate()
  }

  /** Ends the threads, wherever they are; nobody waits for it. */
  dismiss(): void {
    for (const worker of this.#workers) void worker.terminate()
  }

  #answers(): Promise<Found[]> {
    return Promise.all(this.#workers.map(answerOf))
  }

  async #unlessStopped(answers: Promise<Found[]>): Promise<Found[] | undefined> {
    let timer: NodeJS.Timeout | undefined
    const stopped = new Promise<undefined>((resolve) => {
      if (this.#shouldStop()) resolve(undefined)
      timer = setInterval(() => {
        if (this.#shouldStop()) resolve(undefined)
        else this.bound.work(BOUND_STEPS)
      }, ASK_EVERY)
    })
    try {
      return await Promise.race([answers, stopped])
    } finally {
      clearInterval(timer)
    }
  }
}

function answerOf(worker: Worker): Promise<Found> {
  return new Promise((resolve, reject) => {
    const forget = () => worker.off('message', tell).off('error', fail)
    const tell = (found: Found) => {
      forget()
      resolve(found)
    }
    const fail = (cause: Error) => {
      forget()
      reject(cause)
    }
    worker.on('message', tell).on('error', fail)
  })
}
