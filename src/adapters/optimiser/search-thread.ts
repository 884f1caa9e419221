/** One of several threads that search the same problem. It works one stint after another, as it is told. */
import { parentPort, workerData } from 'node:worker_threads'
import { type Plan, type Problem, Stints } from '#optimiser'

/** A stint: how many rounds, how far cooled, and a better plan to go on from, if another thread has found one. */
export type Stint = { rounds: number; cooled: { from: number; to: number }; plan?: Plan }
export type Found = { cost: number; plan: Plan }

const { problem, seed } = workerData as { problem: Problem; seed: number }
const stints = new Stints(problem, seed)
const tell = (found: Found) => parentPort?.postMessage(found)

tell({ cost: stints.cost, plan: stints.plan() })
parentPort?.on('message', ({ rounds, cooled, plan }: Stint) => {
  if (plan) stints.takeOver(plan)
  stints.work(rounds, cooled)
  tell({ cost: stints.cost, plan: stints.plan() })
})
