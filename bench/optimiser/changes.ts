/** How long the small changes to a plan in force take: pupils taken off one by one and put back on. */
import { insert, type Plan, type Problem, remove } from '#optimiser'
import { spreadOf } from '../timing.ts'

/** Takes so many pupils, spread over the plan, off and finds the ways to put each back on; in words, with milliseconds. */
export function timeChanges(problem: Problem, plan: Plan, times: number): string {
  const carried = plan.vehicles.flatMap(({ runs }) => runs.flat().filter((call) => call % 2 === 0))
  const chosen = Array.from(
    { length: times },
    (_, i) => (carried[Math.floor((i * carried.length) / times)] ?? 0) / 2,
  )
  const took = { insert: [] as number[], remove: [] as number[] }
  let ways = 0
  for (const request of chosen) {
    const started = performance.now()
    const removal = remove(problem, plan, request)
    const between = performance.now()
    ways += insert(problem, removal.plan, request).cheapest.length
    took.remove.push(between - started)
    took.insert.push(performance.now() - between)
  }
  const inWords = (what: keyof typeof took) => {
    const { median, highest } = spreadOf(took[what])
    return `${what} ${median.toFixed(1)} ms, slowest ${highest.toFixed(1)}`
  }
  return `${problem.requests.length} requests, ${times} times: ${inWords('insert')}, ${(ways / times).toFixed(1)} ways told; ${inWords('remove')}`
}
