import { expect, test } from 'vitest'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { patternOf } from '#ground/pattern.ts'
import { plainDate } from '#ground/time.ts'
import type { VehicleOffer } from '../policy/policy.ts'
import { aPerson } from '../translation/testing.ts'
import { beginsOn, taxi } from './testing.ts'
import { routesToBe } from './to-be.ts'

const [ffion, ivy, tomasz] = [3, 9, 2] as PupilId[] as [PupilId, PupilId, PupilId]
const offers: VehicleOffer[] = [
  {
    name: 'Taxi',
    layouts: [[4, 0]],
    drives: 'taxi',
    pencePerDay: 9000,
    pencePerMile: 200,
    pencePerAssistantDay: 5000,
  },
]
const beside = { leftOut: new Set<PupilId>(), people: [], schools: [], offers, beginsOn, waves: [] }
const runs = [...taxi(0, [tomasz, ffion]), ...taxi(1, [ivy])]

test('a vehicle becomes a route, each of its runs a run with its stops in order', () => {
  const [first, second, ...more] = routesToBe({ id: 12, plan: { runs } }, beside)
  expect(more).toEqual([])
  expect([first?.code, second?.code]).toEqual(['P12-1', 'P12-2'])
  expect(first?.runs.map(({ direction, stops }) => [direction, ...stops.map(({ at }) => at)])).toEqual([
    [1, '08:10', '08:11', '08:40'],
    [2, '15:25', '15:40', '15:41'],
  ])
})

test('nobody calls for a pupil who was left out, and a vehicle that would carry nobody is not hired', () => {
  const routes = routesToBe({ id: 12, plan: { runs } }, { ...beside, leftOut: new Set([tomasz, ivy]) })
  expect(routes.map(({ code }) => code)).toEqual(['P12-1'])
  expect(routes[0]?.runs[0]?.riders).toEqual([ffion])
  expect(routes[0]?.runs[0]?.stops.map(({ pupil }) => pupil)).toEqual([ffion, undefined])
})

test('whoever has an assistant of their own adds a post to those who are shared', () => {
  const people = [aPerson(3, { needs: { assistant: 'own' } }), aPerson(2)]
  const [first] = routesToBe(
    { id: 12, plan: { runs: taxi(0, [tomasz, ffion]).map((run) => ({ ...run, assistants: 1 })) } },
    { ...beside, people },
  )
  expect(first?.runs.map(({ assistantPosts }) => assistantPosts)).toEqual([2, 2])
  expect(first?.dailyRate).toBe(9000 + 2 * 5000 + 6 * 200)
})

test('a route of two days a week costs two days in five', () => {
  const days = patternOf([0, 1, 7, 8])
  const [first] = routesToBe(
    { id: 12, plan: { runs: taxi(0, [ffion]).map((run) => ({ ...run, days })) } },
    beside,
  )
  expect(first?.dailyRate).toBe((9000 + 6 * 200) * 0.4)
})

test('a route to one school is that school’s, and the stop at it says so', () => {
  const beacon = {
    school: 7 as SchoolId,
    name: 'The Beacon',
    place: { latitude: 51.1, longitude: -6.75 },
    bells: [],
  }
  const [first] = routesToBe({ id: 12, plan: { runs: taxi(0, [ffion]) } }, { ...beside, schools: [beacon] })
  expect(first?.school).toBe(7)
})

test('a vehicle begins with its wave, with the later of two, and with the plan where it is in none', () => {
  const wave = (on: string, ...of: string[]) => ({ on: plainDate(on), runs: of, pupils: [] })
  const begins = (waves: ReturnType<typeof wave>[]) =>
    routesToBe({ id: 12, plan: { runs } }, { ...beside, waves }).map(({ from }) => from)

  expect(begins([])).toEqual([beginsOn, beginsOn])
  expect(begins([wave('2022-03-07', 'V2')])).toEqual([beginsOn, '2022-03-07'])
  expect(begins([wave('2022-03-14', 'V2'), wave('2022-03-07', 'V2', 'V1')])).toEqual([
    '2022-03-07',
    '2022-03-14',
  ])
})
