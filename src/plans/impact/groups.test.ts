import { expect, test } from 'vitest'
import { minutes } from '#ground/duration.ts'
import { plainDate } from '#ground/time.ts'
import { aJourney, amara, aPupil, ffion, guide, tomasz } from '../testing.ts'
import { dimensions, groupsBy } from './groups.ts'
import { impact } from './impact.ts'

const people = [
  aPupil(amara, { bornOn: plainDate('2017-05-14'), wheelchair: true, deprivation: '1' }),
  aPupil(tomasz, { sex: null, need: null }),
  aPupil(ffion, { bornOn: plainDate('2008-03-30'), sex: 'male' }),
]
const before = people.map(({ pupil }) => aJourney(pupil))
const after = people.map(({ pupil }) => aJourney(pupil, { ridden: minutes(pupil === tomasz ? 20 : 50) }))
const found = impact(before, after, { people, limits: guide, on: plainDate('2026-09-02') })

const told = (dimension: (typeof dimensions)[number]) =>
  groupsBy(dimension, found, people).map(({ name, pupils, affected }) => ({
    name,
    pupils,
    longer: affected['much-longer'],
  }))

test('a plan falls on wheelchair users and on others, told apart', () => {
  expect(told('wheelchair')).toEqual([
    { name: 'does not use a wheelchair', pupils: [tomasz, ffion], longer: [ffion] },
    { name: 'uses a wheelchair', pupils: [amara], longer: [amara] },
  ])
})

test('ages come in order', () => {
  expect(told('age').map(({ name }) => name)).toEqual(['5 to 10', '11 to 15', '16 and over'])
})

test('what is not held of a pupil is a group of its own, the last', () => {
  expect(told('sex').map(({ name, pupils }) => [name, pupils])).toEqual([
    ['female', [amara]],
    ['male', [ffion]],
    [null, [tomasz]],
  ])
})

test.each(dimensions)('by %s, everybody is in one group', (dimension) => {
  const pupils = told(dimension).flatMap((group) => group.pupils)

  expect(pupils.toSorted()).toEqual([amara, tomasz, ffion])
})
