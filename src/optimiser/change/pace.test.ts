import { expect, test } from 'vitest'
import { solve } from '../solve.ts'
import { aCounty } from '../testing.ts'
import { insert } from './insert.ts'
import { remove } from './remove.ts'

const processorTime = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

test('in a county of two thousand pupils, one more finds the ways to a place in 50 ms', { retry: 2 }, () => {
  const problem = aCounty(2000)
  let rounds = 10
  const { plan } = solve(problem, { seed: 1, shouldStop: () => rounds-- <= -2000 })
  const took = Array.from({ length: 21 }, (_, i) => {
    const without = remove(problem, plan, 95 * i).plan
    const before = processorTime()
    expect(insert(problem, without, 95 * i).cheapest).not.toEqual([])
    return processorTime() - before
  })

  expect(took.toSorted((a, b) => a - b)[10]).toBeLessThan(50)
})
