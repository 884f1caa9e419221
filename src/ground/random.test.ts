import { expect, test } from 'vitest'
import { seeded } from './random.ts'

const draws = (seed: string | number, count: number) => {
  const random = seeded(seed)
  return Array.from({ length: count }, () => random.between(0, 999_999))
}

test('a seed gives the same numbers for ever', () => {
  expect(draws('Westmarch', 4)).toMatchInlineSnapshot(`
    [
      80679,
      629255,
      223344,
      464458,
    ]
  `)
})

test('another seed gives other numbers', () => {
  expect(draws(1, 4)).not.toEqual(draws(2, 4))
})

test('ten thousand draws fill ten boxes evenly', () => {
  const random = seeded('boxes')
  const boxes = new Array<number>(10).fill(0)
  for (let i = 0; i < 10_000; i++) {
    const box = random.between(0, 9)
    boxes[box] = (boxes[box] ?? 0) + 1
  }
  expect(Math.min(...boxes)).toBeGreaterThan(900)
  expect(Math.max(...boxes)).toBeLessThan(1100)
})

test('a weight of nought is never drawn, and three to one is three to one', () => {
  const random = seeded('weights')
  const weights = { often: 3, seldom: 1, never: 0 } as const
  const drawn = { often: 0, seldom: 0, never: 0 }
  for (let i = 0; i < 4000; i++) {
    drawn[random.weighted(['often', 'seldom', 'never'] as const, (one) => weights[one])] += 1
  }
  expect(drawn.never).toBe(0)
  expect(drawn.often / drawn.seldom).toBeGreaterThan(2.7)
  expect(drawn.often / drawn.seldom).toBeLessThan(3.3)
})

test('a shuffle loses nobody', () => {
  const pupils = Array.from({ length: 100 }, (_, i) => i)
  const order = seeded(7).shuffled(pupils)
  expect(order).not.toEqual(pupils)
  expect(order.toSorted((a, b) => a - b)).toEqual(pupils)
})

test('a branch does not change what its stem draws', () => {
  const alone = seeded('stem')
  const branched = seeded('stem')
  branched.branch('twig').unit()
  expect(branched.unit()).toBe(alone.unit())
})

test('choosing from nothing is a fault that says so', () => {
  expect(() => seeded(1).oneOf([])).toThrow('Nothing to choose from: the list is empty.')
  expect(() => seeded(1).weighted(['a'], () => 0)).toThrow('the weights of 1 add up to 0')
})
