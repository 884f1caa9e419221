import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { check, dropoffOf, type Plan, type PlannedVehicle, pickupOf, requestOf, solve } from '#optimiser'
import { evaluateCounty } from './evaluate-county.ts'
import { readCounty } from './read-county.ts'
import { countyPlan, countyProblem, PRICES_IN_A_POUND } from './translate-county.ts'

const folder = resolve(process.env['FIRSTBELL_SHARED'] ?? '../shared', 'benchmarks/county')
const isThere = existsSync(`${folder}/evaluate.cjs`)
/** The published generator and referee: programs of another hand. */
const published = (file: string) => createRequire(import.meta.url)(`${folder}/${file}`)

type Verdict = {
  cost: number
  violations: Record<string, number>
  pupilsOnTimeInfeasibleRoutes: number
}

/** A county of sixty pupils and three schools, and a plan for it. */
function aPlannedCounty() {
  const county = readCounty(JSON.stringify(published('generate.cjs').gen(60, 3, 11)), 'sixty')
  const problem = countyProblem(county)
  let rounds = 800
  const { plan } = solve(problem, { seed: 1, shouldStop: () => rounds-- <= 0 })
  const judge = (other: Plan): Verdict =>
    published('evaluate.cjs').evaluate(county, countyPlan(county, other))
  return { county, problem, plan, judge }
}

const breaches = ({ violations }: Verdict) => Object.values(violations).reduce((sum, many) => sum + many, 0)

/** The plan with two calls of a run exchanged, each pair once. */
function exchanged({ vehicles }: Plan): Plan[] {
  return vehicles.flatMap(({ runs: [calls = []] }, v) =>
    calls.slice(1).flatMap((later, i) => {
      const sooner = calls[i] ?? 0
      if (requestOf(sooner) === requestOf(later)) return []
      return [withRun(vehicles, v, calls.toSpliced(i, 2, later, sooner))]
    }),
  )
}

/** The plan with the first pupil of a run moved to the next vehicle: boarding anywhere, alighting last. */
function moved({ vehicles }: Plan): Plan[] {
  return vehicles.flatMap(({ runs: [calls = []] }, v) => {
    const request = requestOf(calls[0] ?? 0)
    const left = calls.filter((call) => requestOf(call) !== request)
    const other = (v + 1) % vehicles.length
    const onto = vehicles[other]?.runs[0] ?? []
    return Array.from({ length: onto.length + 1 }, (_, at) => {
      const joined = [...onto.toSpliced(at, 0, pickupOf(request)), dropoffOf(request)]
      return withRun(withRun(vehicles, v, left).vehicles, other, joined)
    })
  })
}

function withRun(vehicles: readonly PlannedVehicle[], v: number, run: readonly number[]): Plan {
  return { vehicles: vehicles.map((vehicle, i) => (i === v ? { ...vehicle, runs: [run] } : vehicle)) }
}

test.skipIf(!isThere)(
  'a plan is clean to the published referee of counties if and only if it is clean to ours',
  () => {
    const { county, problem, plan, judge } = aPlannedCounty()
    const clean = [plan, ...exchanged(plan), ...moved(plan)].map((other) => {
      const isClean = check(problem, other).broken.length === 0
      expect(breaches(judge(other)) === 0).toBe(isClean)
      expect(evaluateCounty(county, countyPlan(county, other)).broken.length === 0).toBe(isClean)
      return isClean
    })

    expect(clean[0]).toBe(true)
    expect(clean.filter((isClean) => isClean).length).toBeGreaterThan(20)
    expect(clean.filter((isClean) => !isClean).length).toBeGreaterThan(20)
  },
)

test.skipIf(!isThere)('a county’s plan costs what the published referee says, to the penny a run', () => {
  const { problem, plan, judge } = aPlannedCounty()

  expect(Math.abs(judge(plan).cost - check(problem, plan).cost / PRICES_IN_A_POUND)).toBeLessThan(
    plan.vehicles.length / 100,
  )
})
