import { expect, test } from 'vitest'
import { partsOfTable } from './whole-table.ts'

test('the whole table, of the published numbers of instances, is solved within 25 minutes', () => {
  const instances: Record<string, number> = {
    'darp-cordeau-a': 24,
    'darp-pr': 10,
    'darp-multi-depot-heterogeneous': 12,
    'sbrp-park': 26,
    'pdptw-lilim': 18,
  }
  const seconds = partsOfTable('').reduce((sum, part) => {
    return sum + part.seconds * (part.instances?.length ?? instances[part.folder] ?? Number.NaN)
  }, 0)
  // A tenth is left for reading, for proofs that the solver of programmes will not break off, and for judging.
  expect(seconds).toBeLessThan(0.9 * 25 * 60)
  expect(seconds).toBeGreaterThan(0)
})
