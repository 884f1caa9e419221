/**
 * Looks for a plan in a thread of its own: problem, search, bound, refereeing and reading back. Whoever began it is left
 * free to say every few seconds that it still works, and to answer pages.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { solveInThreads } from '#adapters/optimiser/solve-in-threads.ts'
import { check, type Plan, type Problem, type Solution, solutionOf, soundPart } from '#optimiser'
import type { FoundPlan } from '../found/found-plan.ts'
import { foundPlanOf } from '../found/kept-plan.view.ts'
import { type DrivesByDirection, problemOf, UNITS_IN_A_PENNY } from '../translation/problem-of.ts'
import { type Frozen, inForce, type Numbered, numberedAgain } from './frozen.ts'

export type LookedFor = {
  frozen: Frozen
  drives: DrivesByDirection
  /** The vehicles to go on from. */
  from: Numbered | null
  /** The numbers of those that are left as they are. */
  held: readonly number[]
  seed: number
  /** How long all who work on it look, how long they have, and in how many rounds. */
  seconds: number
  spent: number
  rounds: number
  /** Not nought once the best so far is enough. */
  enough: Int32Array
}

/** A better plan; at the end the best, read back. No end where there was no time for any. */
export type News = {
  vehicles: Numbered
  rounds: number
  weighedPence: number
  boundPence: number
  unplaced: number
  plan?: FoundPlan
}

/** No better plan is told sooner after another than this. */
const BETWEEN_TOLD_MS = 1000

const asked = workerData as LookedFor
const began = performance.now()
const { present, numbers } = inForce(asked.from ?? [])
const fresh = problemOf(asked.frozen.question, asked.drives)
const problem: Problem = {
  ...fresh,
  present: present.map((vehicle, i) => ({ ...vehicle, frozen: asked.held.includes(numbers[i] ?? -1) })),
}
const tell = (news: News | undefined) => parentPort?.postMessage(news)

async function look(): Promise<News | undefined> {
  const spent = () => Math.min(1, (asked.spent + (performance.now() - began) / 1000) / asked.seconds)
  let toldAt = Number.NEGATIVE_INFINITY
  // The search reckons faster than the referee, and a little differently: what is better, the referee says.
  let best = asked.from === null ? undefined : weighed(soundPart(problem))
  const solution = await solveInThreads(problem, {
    seed: asked.seed + asked.rounds,
    threads: 1,
    spent,
    // Whoever wants the best so far wants one: the first plan is waited for.
    shouldStop: () => best !== undefined && (spent() >= 1 || Atomics.load(asked.enough, 0) !== 0),
    onBetter({ rounds, bound, plan }) {
      if (performance.now() - toldAt < BETWEEN_TOLD_MS) return
      const found = weighed(plan())
      if (!best || found.weight < best.weight) {
        best = found
        tell({ ...figuresOf(found), ...standingOf(found.plan, { rounds, bound }) })
      }
      toldAt = performance.now()
    },
  })
  if (!best) return undefined
  const last = weighed(solution.plan)
  const kept = last.weight < best.weight ? solution : asSolution(best, solution)
  const standing = standingOf(kept.plan, kept)
  const read = { question: asked.frozen.question, drives: asked.drives, problem: fresh }
  return {
    ...standing,
    weighedPence: penceADay(kept.cost),
    unplaced: kept.unplaced.length,
    plan: foundPlanOf(read, { ...kept, vehicles: standing.vehicles }, asked.frozen),
  }
}

type Weighed = { plan: Plan; cost: number; unplaced: readonly number[]; weight: number }

/** A plan with what it costs and whom it leaves out, as the referee finds; its weight has the price of those left out in it. */
function weighed(plan: Plan): Weighed {
  const { cost, unplaced } = check(problem, plan)
  const price = unplaced.reduce((sum, request) => {
    const { unplacedPrice = 0, days = 0 } = problem.requests[request] ?? {}
    return sum + unplacedPrice * daysIn(days)
  }, 0)
  return { plan, cost, unplaced, weight: cost + price }
}

const asSolution = ({ plan }: Weighed, { bound, trace, rounds }: Solution): Solution =>
  solutionOf(problem, plan, { bound: { value: bound }, trace, rounds, isStopped: false })

const standingOf = (plan: Plan, { rounds, bound }: { rounds: number; bound: number }) => ({
  vehicles: numberedAgain(plan.vehicles, numbers),
  rounds: asked.rounds + rounds,
  boundPence: penceADay(bound),
})

const figuresOf = ({ cost, unplaced }: Weighed) => ({
  weighedPence: penceADay(cost),
  unplaced: unplaced.length,
})

const penceADay = (units: number): number => Math.round(units / UNITS_IN_A_PENNY / problem.days)

const daysIn = (bits: number) => bits.toString(2).replaceAll('0', '').length

// Last: what it uses must all be there.
void look().then(tell)
