import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planOf } from './adopt.ts'
import { check } from './check.ts'
import { type Draft, NONE } from './draft.ts'
import { Insertion } from './insertion.ts'
import { Model } from './model.ts'
import type { Problem } from './problem.ts'
import { settle } from './refit.ts'
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

/** Takes the request off its vehicle and puts it where that adds least; undefined where nobody else is on the vehicle. */
function putBack(problem: Problem, draft: Draft, request: number) {
  const tour = draft.tourOf[request]
  const vehicle = Math.floor(tour / problem.sessions)
  if (tour === NONE) return undefined
  draft.unplace(request)
  if (!settle(draft, vehicle) || draft.fleetOf[vehicle] === NONE) return undefined
  const before = check(problem, planOf(draft)).cost
  const insertion = new Insertion(draft)
  const foretold = insertion.into(request, tour, 2 * draft.model.unplacedPrice[request])
  if (foretold === Number.POSITIVE_INFINITY) return undefined
  const { after, dropAfter, fleet } = insertion.best
  draft.setFleet(vehicle, fleet)
  draft.place(request, tour, after, dropAfter)
  expect(settle(draft, vehicle)).toBe(true)
  const { cost, words } = check(problem, planOf(draft))
  expect(words).toEqual([])
  const isExchanged = draft.fleetOf[vehicle] !== fleet
  return { foretold, change: cost - before - draft.model.ownCost[request], isExchanged }
}

test('a place adds what was foretold, or less where another vehicle then does the same for less', () => {
  let places = 0
  let exchanged = 0
  fc.assert(
    fc.property(anyRichProblem({ days: 1 }), fc.nat(), fc.nat({ max: 6 }), (rich, seed, which) => {
      const problem = { ...rich, together: [] }
      const search = new Search(new Model(problem), seed)
      search.construct(() => false)
      const put = putBack(problem, search.draft, which % problem.requests.length)
      if (!put) return
      if (put.isExchanged) expect(put.change).toBeLessThan(put.foretold)
      else expect(put.change).toBe(put.foretold)
      places++
      if (put.isExchanged) exchanged++
    }),
    { numRuns: 1500 },
  )
  expect(places).toBeGreaterThan(300)
  expect(exchanged).toBeGreaterThan(0)
})
