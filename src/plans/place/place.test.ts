import { expect, test } from 'vitest'
import type { PupilId, RouteId, RunId } from '#ground/ids.ts'
import { everySchoolDay, patternOf } from '#ground/pattern.ts'
import { plainDate, type WallTime } from '#ground/time.ts'
import { crowFly } from '#roads'
import { planPolicyFrom } from '../policy/policy.ts'
import type { Person } from '../scenario/person.ts'
import { aPerson, oakfield, vehicles } from '../translation/testing.ts'
import { findPlaces, mendNetwork } from './find-places.ts'
import { newRunInWords, placesInWords, repairInWords } from './place.view.ts'
import type { PresentRoute, PresentRun } from './present-plan.ts'

const from = plainDate('2026-09-02')
const prices = planPolicyFrom([{ name: 'plan-vehicles', value: vehicles }])
if (!prices.ok) throw new Error('The prices are not read.')
const policy = prices.value

const doorOf = ({ pupil, homes: [home] }: Person, at: string) => ({
  place: home?.address ?? '',
  kind: 'home' as const,
  pupil,
  at: at as WallTime,
  ...(home?.place ?? {}),
})
const gate = (at: string) => ({ place: 'Oakfield School', kind: 'school' as const, at: at as WallTime })

/** A taxi that fetches these, one at 08:00 and each a minute later, for 08:45. */
function aRoute(code: string, riders: readonly Person[], but: Partial<PresentRun> = {}): PresentRoute {
  const run: PresentRun = {
    run: (riders[0]?.pupil ?? 0) as number as RunId,
    direction: 1,
    days: everySchoolDay,
    vehicleType: 'Taxi',
    layouts: [[4, 0]],
    assistantPosts: 0,
    stops: [...riders.map((one, i) => doorOf(one, `08:0${i}`)), gate('08:45')],
    riders: riders.map(({ pupil }) => pupil),
    milesLive: 6,
    milesDead: 2,
    until: null,
    ...but,
  }
  return {
    route: (riders[0]?.pupil ?? 0) as number as RouteId,
    code,
    operator: 'Kestrel Cars',
    pencePerMile: 200,
    runs: [run],
  }
}

const around = (pupil: Person, routes: readonly PresentRoute[], others: readonly Person[]) => ({
  pupil,
  people: [pupil, ...others],
  schools: [oakfield],
  routes,
  policy,
})
const placed = async (pupil: Person, routes: readonly PresentRoute[], others: readonly Person[]) => {
  const found = await findPlaces(crowFly(), around(pupil, routes, others), { from, estimated: true })
  const [morning] = found.placings
  if (!morning) throw new Error('No ride was asked for.')
  return { found, morning }
}
const people = (...ids: number[]) => ids.map((id) => aPerson(id))

test('scenario 36: one new pupil is shown the places in today’s network, each with what it does to whom', async () => {
  const [near, far] = [people(1, 2), people(80, 81)]
  const newcomer = aPerson(3)
  const routes = [aRoute('OAK-FAR', far), aRoute('OAK-NEAR', near)]
  const { found, morning } = await placed(newcomer, routes, [...near, ...far])

  expect(morning.places.map(({ route }) => route.code)).toEqual(['OAK-NEAR', 'OAK-FAR'])
  const [best] = morning.places
  expect(best?.companions.map(({ pupil }) => pupil).sort()).toEqual(near.map(({ pupil }) => pupil))
  expect(best?.variation).toBe(Math.round(((best?.further ?? 0) / 1609.344) * 200))
  expect(best?.stops.map(({ pupil }) => pupil ?? 'school').at(-1)).toBe('school')
  expect(best?.stops.filter(({ pupil }) => pupil === newcomer.pupil)).toHaveLength(1)
  expect(best?.stops.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map(({ place }) => place)).toEqual(
    best?.stops.map(({ place }) => place),
  )
  expect(placesInWords(found, new Map())).toMatch(
    /To school, Monday to Friday:\n {2}1\. OAK-NEAR, Kestrel Cars/,
  )
})

test('no other route is touched, and nobody aboard one loses their seat', async () => {
  const [near, far] = [people(1, 2), people(80, 81)]
  const { morning } = await placed(aPerson(3), [aRoute('A', near), aRoute('B', far)], [...near, ...far])
  for (const { route, companions, stops } of morning.places) {
    const theirs = route.code === 'A' ? near : far
    expect(companions.map(({ pupil }) => pupil).sort()).toEqual(theirs.map(({ pupil }) => pupil).sort())
    for (const { pupil } of theirs) expect(stops.some((stop) => stop.pupil === pupil)).toBe(true)
  }
})

test('where every seat is taken, it says no place and what a new run costs', async () => {
  const full = people(1, 2, 3, 4)
  const { morning } = await placed(aPerson(5), [aRoute('FULL', full)], full)
  expect(morning.places).toEqual([])
  expect(morning.newRun?.offer).toBe('Taxi')
  expect(newRunInWords(morning)).toMatch(/^No place in today’s network. A new run: Taxi, £\d+\.\d\d a day\.$/)
})

test('whoever must travel alone gets no place beside others', async () => {
  const some = people(1)
  const { morning } = await placed(aPerson(2, { needs: { alone: true } }), [aRoute('A', some)], some)
  expect(morning.places).toEqual([])
})

test('a route that already breaks the longest ride is held to what it is, and not to more', async () => {
  const far = people(1, 300)
  const { found, morning } = await placed(aPerson(2), [aRoute('LONG', far)], far)
  expect(found.notJudged).toEqual([])
  for (const { companions } of morning.places)
    for (const { longer, pupil } of companions)
      if (pupil === (1 as PupilId)) expect(longer).toBeLessThanOrEqual(0)
})

test('a route nothing can be said of is named with why', async () => {
  const [one, two] = people(1, 2) as [Person, Person]
  const routes = [
    aRoute('NO-STOP', [one], { stops: [gate('08:45')] }),
    aRoute('MONDAYS', [two], { days: patternOf([0, 7]) }),
    aRoute('STRANGER', [aPerson(77)]),
  ]
  const { found } = await placed(aPerson(3), routes, [one, two])
  expect(found.notJudged.map(({ route, because }) => [route.code, because])).toEqual([
    ['NO-STOP', 'rider-without-a-stop'],
    ['MONDAYS', 'runs-differ-by-day'],
    ['STRANGER', 'rider-unknown'],
  ])
})

test('a school of 200 pupils in 50 vehicles is answered in under a second', async () => {
  const all = Array.from({ length: 200 }, (_, i) => aPerson(i + 1))
  const routes = Array.from({ length: 50 }, (_, v) => aRoute(`R${v}`, all.slice(4 * v, 4 * v + 3 + (v % 2))))
  const before = process.cpuUsage()
  const { found } = await placed(aPerson(201), routes, all)
  const { user, system } = process.cpuUsage(before)
  expect(found.judged).toBe(50)
  expect((user + system) / 1000).toBeLessThan(1000)
})

const mended = (routes: readonly PresentRoute[], all: readonly Person[], lost: number) =>
  mendNetwork(
    crowFly(),
    { people: all, schools: [oakfield], routes, policy },
    { from, estimated: true, isLost: new Set([lost as RouteId]) },
  )

test('a lost vehicle: its pupils ride where there is room, and nobody else moves', async () => {
  const [few, some] = [people(1, 2), people(3, 4)]
  const all = [...few, ...some]
  const found = await mended([aRoute('A', few), aRoute('B', some)], all, 1)
  expect(found.moved).toEqual([])
  expect(found.lost.map(({ ride }) => ride.pupil).sort()).toEqual(few.map(({ pupil }) => pupil))
  expect(found.lost.map((one) => ('on' in one ? one.on.code : one))).toEqual(['B', 'B'])
  expect(repairInWords(found, new Map())).toMatch(
    /^2 pupils of lost routes; 0 other pupils would change vehicle; 0 /,
  )
})

test('where no vehicle has room, a new one is named; the lost one is never used again', async () => {
  const [four, full] = [people(1, 2, 3, 4), people(5, 6, 7, 8)]
  const found = await mended([aRoute('A', four), aRoute('B', full)], [...four, ...full], 1)
  expect(found.lost.map((one) => 'hired' in one)).toEqual([true, true, true, true])
})
