import { describe, expect, test } from 'vitest'
import { minutes } from '#ground/duration.ts'
import { patternOf } from '#ground/pattern.ts'
import { plainDate } from '#ground/time.ts'
import type { Journey } from '../baseline/journey.ts'
import { aJourney, amara, aPupil, dave, ffion, guide, noJourney, sunita, tomasz, wall } from '../testing.ts'
import { type Affected, impact, isPrimary } from './impact.ts'

const september = plainDate('2026-09-02')
const aged9 = { bornOn: plainDate('2017-05-14') }

const told = (before: Journey[], after: Journey[], people = [aPupil(amara)]) =>
  impact(before, after, { people, limits: guide, on: september })

describe('scenario 32: before and after, for every pupil', () => {
  test('minutes, miles, crew and companions are told side by side', () => {
    const before = aJourney(amara)
    const after = aJourney(amara, { ridden: minutes(31), crew: [sunita], companions: [tomasz] })

    const [one] = told([before], [after]).comparisons

    expect(one?.before).toEqual(before.ride)
    expect(one?.after).toEqual(after.ride)
    expect(one?.change).toEqual({
      longer: minutes(11),
      further: 0,
      vehicle: false,
      crew: true,
      joinedBy: [tomasz],
      leftBy: [],
    })
  })

  test.each<[string, Parameters<typeof aJourney>[1], Partial<Affected>]>([
    ['aged 14, a minute over 45', { ridden: minutes(46) }, { 'over-guide-after': [] }],
    ['aged 14, a minute over 45', { ridden: minutes(46) }, { 'over-primary-after': [amara] }],
    ['aged 14, a minute over 75', { ridden: minutes(76) }, { 'over-secondary-after': [amara] }],
    ['fifteen minutes longer', { ridden: minutes(35) }, { 'much-longer': [] }],
    ['sixteen minutes longer', { ridden: minutes(36) }, { 'much-longer': [amara] }],
    ['fetched at seven', { startsAt: wall('07:00') }, { 'very-early-after': [] }],
    ['fetched at one minute to seven', { startsAt: wall('06:59') }, { 'very-early-after': [amara] }],
    ['in a minibus now', { vehicleType: 'minibus' }, { 'changes-vehicle': [amara] }],
    ['with a crew nobody has named', { crew: [] }, { 'changes-crew': [amara] }],
    ['with the same driver and one more', { crew: [dave, sunita] }, { 'changes-crew': [] }],
    ['beside somebody', { companions: [tomasz] }, { 'newly-shares': [amara] }],
  ])('%s', (_who, after, expected) => {
    const { affected } = told([aJourney(amara)], [aJourney(amara, after)])

    expect(affected).toMatchObject(expected)
  })

  test.each([
    ['45 minutes exactly', 45, []],
    ['a minute over 45', 46, [amara]],
  ])('aged 9, the guide is 45 minutes: %s', (_who, ridden, expected) => {
    const after = aJourney(amara, { ridden: minutes(ridden) })

    expect(told([aJourney(amara)], [after], [aPupil(amara, aged9)]).affected['over-guide-after']).toEqual(
      expected,
    )
  })

  test('somebody who shared before is not newly sharing beside another', () => {
    const before = aJourney(amara, { companions: [tomasz] })

    expect(told([before], [aJourney(amara, { companions: [ffion] })]).affected['newly-shares']).toEqual([])
  })

  test('a pupil counts once, though both journeys are longer', () => {
    const home = (ridden: number): Journey => ({
      ...aJourney(amara, { ridden: minutes(ridden) }),
      direction: 2,
    })

    const { affected } = told(
      [aJourney(amara), home(20)],
      [aJourney(amara, { ridden: minutes(50) }), home(50)],
    )

    expect(affected['much-longer']).toEqual([amara])
  })

  test('who lives at two homes is compared week by week', () => {
    const [weekA, weekB] = [patternOf([0, 1, 2, 3, 4]), patternOf([7, 8, 9, 10, 11])]
    const on = (days: typeof weekA, ridden: number): Journey => ({
      ...aJourney(amara, { ridden: minutes(ridden) }),
      days,
    })

    const { comparisons } = told([on(weekA, 10), on(weekB, 40)], [on(weekB, 41), on(weekA, 11)])

    expect(comparisons.map(({ change }) => change?.longer)).toEqual([minutes(1), minutes(1)])
  })

  test('journeys of pupils the plan is not for are not looked at', () => {
    expect(told([aJourney(tomasz)], [aJourney(tomasz)]).comparisons).toEqual([])
  })
})

describe('scenario 33: no baseline is said, and is never nought', () => {
  test.each(['nothing-arranged', 'no-seat', 'stop-not-planned'] as const)('%s', (because) => {
    const { comparisons, affected } = told([noJourney(amara, because)], [aJourney(amara)])

    expect(comparisons[0]?.change).toBeNull()
    expect(affected['no-baseline']).toEqual([amara])
    expect(affected['much-longer']).toEqual([])
  })

  test('a pupil of whom nothing was frozen', () => {
    expect(told([], [aJourney(amara)]).affected['no-baseline']).toEqual([amara])
  })

  test('a pupil for whom the plan has no place is counted, and so is one it forgot', () => {
    const none = told([aJourney(amara)], [noJourney(amara, 'no-place-found')])
    const forgotten = told([aJourney(amara)], [])

    expect(none.affected['no-place']).toEqual([amara])
    expect(forgotten.affected['no-place']).toEqual([amara])
  })

  test('where today’s crew is not known, nobody is said to keep it or to lose it', () => {
    const { affected } = told([aJourney(amara, { crew: [] })], [aJourney(amara)])

    expect(affected['changes-crew']).toEqual([])
    expect(affected['crew-not-known']).toEqual([amara])
  })
})

test.each([
  ['eleven on the first of September', '2015-09-01', false],
  ['eleven on the second', '2015-09-02', true],
])('primary age ends with the school year: %s', (_who, born, primary) => {
  expect(isPrimary(plainDate(born), september)).toBe(primary)
  expect(isPrimary(plainDate(born), plainDate('2027-07-01'))).toBe(primary)
})
