import { expect, test } from 'vitest'
import { solveInThreads } from '#adapters/optimiser/solve-in-threads.ts'
import { check } from './check.ts'
import { aProblem, aRoadOfHomes } from './testing.ts'

const aRoad = () => aRoadOfHomes(40)

const never = () => false

test('two threads and so many rounds give the same clean plan each time', async () => {
  const problem = aRoad()
  const options = { seed: 3, threads: 2, rounds: 1000, shouldStop: never }
  const [once, again] = [await solveInThreads(problem, options), await solveInThreads(problem, options)]

  expect(once.rounds).toBe(2000)
  expect(again).toEqual(once)
  expect(check(problem, once.plan)).toMatchObject({ words: [], unplaced: [], cost: once.cost })
})

test('what the threads exchange makes the plan no worse from one exchange to the next', async () => {
  const costs: number[] = []
  const { trace, cost } = await solveInThreads(aRoad(), {
    seed: 1,
    threads: 2,
    rounds: 1200,
    shouldStop: never,
    onBetter: ({ cost: now }) => costs.push(now),
  })

  expect(costs).toEqual(trace.map((step) => step.cost))
  expect(costs).toEqual(costs.toSorted((a, b) => b - a))
  expect(costs.at(-1)).toBe(cost)
})

// On a machine that does something else as well, a moment may be longer once.
test('told to stop, the threads stop within 50 ms', { retry: 3 }, async () => {
  let stop = false
  let stoppedAt = 0
  const soon = () =>
    setTimeout(() => {
      stop = true
      stoppedAt = performance.now()
    }, 100)
  const { plan } = await solveInThreads(aRoad(), {
    seed: 1,
    threads: 2,
    shouldStop: () => stop,
    onBetter: soon,
  })

  expect(performance.now() - stoppedAt).toBeLessThan(50)
  expect(check(aRoad(), plan)).toMatchObject({ words: [], unplaced: [] })
})

test('told to stop before there is any plan, they leave everybody unplaced', async () => {
  const { plan, unplaced } = await solveInThreads(aRoad(), { seed: 1, threads: 2, shouldStop: () => true })

  expect(plan).toEqual({ vehicles: [] })
  expect(unplaced).toHaveLength(40)
})

test('nobody at all is an empty plan', async () => {
  const { plan } = await solveInThreads(aProblem([0], []), { seed: 1, threads: 2, shouldStop: never })

  expect(plan).toEqual({ vehicles: [] })
})
