import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planOf } from './adopt.ts'
import { check } from './check.ts'
import { Model } from './model.ts'
import { Search } from './search.ts'
import { anyRichProblem } from './testing.ts'

test('what the search thinks a plan costs is what the referee finds, after every round, and no rule is broken', () => {
  fc.assert(
    fc.property(anyRichProblem({ days: 1 }), fc.nat(), (problem, seed) => {
      const search = new Search(new Model(problem), seed)
      search.construct(() => false)
      for (let round = 0; round < 12; round++) {
        const verdict = check(problem, planOf(search.draft))
        expect(verdict.words).toEqual([])
        expect(search.draft.total).toBe(verdict.cost + verdict.unplacedPrice)
        search.improve(500)
      }
    }),
    { numRuns: 500 },
  )
})
