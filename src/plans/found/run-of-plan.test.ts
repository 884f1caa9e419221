import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { pence } from '#ground/money.ts'
import { everyHalfDay, halfDayPatternOf } from '#ground/pattern.ts'
import { instant, type WallTime } from '#ground/time.ts'
import { check, NOWHERE } from '#optimiser'
import { crowFly } from '#roads'
import { realDatabase } from '#test/database.ts'
import { plannedScenario } from '#test/planned.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { askDrives } from '../translation/drives.ts'
import { problemOf } from '../translation/problem-of.ts'
import type { RideAsked } from '../translation/question.ts'
import { aPerson, askOf, oakfieldId, planned, terms } from '../translation/testing.ts'
import { bindingLines } from './binding.view.ts'
import { inTheWhole, partOf } from './part.ts'
import { runsOfPlan } from './plan-list-store.ts'
import { loadsOf, mostOf } from './run-load.ts'
import { runOfPlanPage } from './run-of-plan.page.ts'

const { sql } = realDatabase()
let county: SmallCounty
let found: { scenario: number; plan: number }

beforeAll(async () => {
  county = await smallCounty(sql)
  found = await plannedScenario(sql, county)
})

const visit = (params: Record<string, string>) =>
  aVisit(sql, {
    now: instant('2022-02-14T18:30'),
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
    params: { scenarioId: String(found.scenario), planId: String(found.plan), ...params },
  })

test('each run of a plan says its stops, who shares with whom, why this vehicle and what leaves no room', async () => {
  const everything = { search: '', chosen: {}, by: 'run', descending: false, page: 1, limit: 50, offset: 0 }
  const { rows } = await runsOfPlan(sql, found.plan, everything)
  expect(rows.length).toBeGreaterThan(0)
  for (const { number, name, pupils } of rows) {
    const reply = await runOfPlanPage.get(visit({ runNumber: String(number) }))
    expect(reply).toMatchObject({ reply: 'show', pupils })
    const text = textOf(reply)
    expect(text).toContain(name)
    expect(text).not.toContain('not-known')
    expect(text).toMatch(
      /gets in.*\d of \d+ seats.*Shares with.*At its fullest this run takes.*minutes? allowed|A ride of at most/s,
    )
  }
  expect(await runOfPlanPage.get(visit({ runNumber: String(rows.length + 1) }))).toEqual({
    reply: 'not-found',
  })
})

test('some vehicles of a plan, asked about by themselves, cost and keep what they do in the whole', async () => {
  const needs = fc.record({
    wheelchair: fc.boolean(),
    assistant: fc.constantFrom('none' as const, 'shared' as const, 'own' as const),
    carer: fc.constantFrom(1, 2, 3),
    days: fc.constantFrom([0, 1, 2, 3, 4, 7, 8, 9, 10, 11], [0, 1, 7, 8], [2, 3, 4]),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(needs, { minLength: 2, maxLength: 7 }), fc.boolean(), async (all, apart) => {
      const people = all.map(({ wheelchair, assistant, carer, days }, i) =>
        aPerson(i + 1, {
          carers: [carer],
          keptApartFrom: apart && i < 2 ? [(2 - i) as never] : [],
          homes: [
            {
              pattern: everyHalfDay,
              address: `${carer} Mill Lane`,
              place: { latitude: 51.24, longitude: 0.9 + i / 500 },
            },
          ],
          placements: [{ school: oakfieldId, pattern: halfDays(days) }],
          needs: {
            mobility: wheelchair ? 'wheelchair' : 'seat',
            wheelchairTravel: wheelchair ? 'ride-on' : null,
            assistant,
          } as never,
        }),
      )
      const asked = await askOf(people, { terms: { ...terms, change: pence(150) } })
      const plan = planned(asked, 30)
      for (const vehicle of plan.vehicles) {
        const part = partOf(asked.question, [vehicle])
        const problem = problemOf(part.question, await askDrives(crowFly(), part.question))
        const alone = check(problem, { vehicles: part.vehicles.map((one) => ({ ...one, was: NOWHERE })) })
        const whole = check(asked.problem, { vehicles: [vehicle] })
        expect(alone.words).toEqual([])
        expect(alone.unplaced).toEqual([])
        expect(alone.cost / problem.days).toBeCloseTo(whole.cost / asked.problem.days, 3)
        expect(inTheWhole(part, part.vehicles)).toEqual([{ fleet: vehicle.fleet, runs: vehicle.runs }])
      }
    }),
    { numRuns: 40 },
  )
})

const halfDays = (days: readonly number[]) => halfDayPatternOf(days.flatMap((day) => [2 * day, 2 * day + 1]))

test('a seat is taken by whoever sits and by every assistant, a wheelchair place by whoever stays in their wheelchair', () => {
  const rides = [
    { wheelchair: false, assistant: 'own' as const },
    { wheelchair: true, assistant: 'shared' as const },
  ]
  const rider = (pupil: number) => ({ pupil: pupil as never, ride: pupil }) as never
  const stop = (boards: number[], alights: number[]) => ({ boards, alights }) as never
  const loads = loadsOf(
    { riders: [rider(0), rider(1)], assistants: 1, stops: [stop([0], []), stop([1], []), stop([], [0, 1])] },
    rides,
  )
  expect(loads).toEqual([
    { seats: 3, wheelchairs: 0 },
    { seats: 3, wheelchairs: 1 },
    { seats: 0, wheelchairs: 0 },
  ])
  expect(mostOf(loads)).toEqual({ seats: 3, wheelchairs: 1 })
})

test('a rule is said once, where it is tightest, and a window that is nobody’s rule is not', () => {
  const binding = { days: 1, limit: 2700, requests: [0] }
  const ride = { limitFrom: 'need-form', bell: '08:50' as WallTime } as RideAsked
  const lines = bindingLines(
    [
      { ...binding, rule: 'longest-ride', slack: 60 },
      { ...binding, rule: 'pickup-closes', slack: 90 },
      { ...binding, rule: 'longest-ride', slack: 600 },
      { ...binding, rule: 'dropoff-closes', slack: 900 },
    ],
    { direction: 1, rides: [ride] },
  )
  expect(lines).toMatchObject([
    { rule: 'A ride of at most 45 minutes, by the need form', spare: '1 minute', isTight: true },
    { rule: 'At school by the bell at 8:50am', spare: '15 minutes', isTight: false },
  ])
})
