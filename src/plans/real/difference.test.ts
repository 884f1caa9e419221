import { expect, test } from 'vitest'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { everySchoolDay, everySchoolHalfDay } from '#ground/pattern.ts'
import type { WallTime } from '#ground/time.ts'
import type { Person, SchoolDay } from '../scenario/person.ts'
import { aJourney } from '../testing.ts'
import { aPerson, oakfieldId } from '../translation/testing.ts'
import { differencesOf } from './difference.ts'

const amara = aPerson(1)
const jack = aPerson(2)
const plan = {
  journeys: [aJourney(amara.pupil), aJourney(jack.pupil)],
  onKeptRoutes: [],
  notAsked: [],
  unplaced: [],
}
const oakfield = (opens: string): SchoolDay => ({
  school: oakfieldId,
  name: 'Oakfield School',
  place: null,
  bells: [{ days: everySchoolDay, opens: opens as WallTime, closes: '15:20' as WallTime }],
})
const nobody = new Set<PupilId>()
const then = { people: [amara, jack], schools: [oakfield('08:50')] }
const kindsNow = (people: readonly Person[], but: object = {}) =>
  differencesOf(
    { ...plan, ...but },
    { then, now: { people, schools: [oakfield('08:50')] }, leftOut: nobody },
  ).map(({ pupil, kinds }) => [pupil, ...kinds])

test('where nothing was learned since, nobody differs', () => {
  expect(kindsNow([amara, jack])).toEqual([])
})

test.each([
  ['moved home', { homes: [] }, 'home'],
  ['goes elsewhere', { placements: [{ school: 9 as SchoolId, pattern: everySchoolHalfDay }] }, 'school'],
  ['needs an assistant', { needs: { assistant: 'own' as const } }, 'need'],
  ['is kept apart', { keptApartFrom: [jack.pupil] }, 'kept-apart'],
  ['is driven home by the family', { otherwise: [2 as const] }, 'own-way'],
])('somebody who %s is named, and only they', (_what, but, kind) => {
  expect(kindsNow([aPerson(1, but), jack])).toEqual([[1, kind]])
})

test('who joined, who left, who has no place and whose days were not asked for are named', () => {
  expect(kindsNow([amara, aPerson(3)])).toEqual([
    [3, 'not-in-the-plan'],
    [2, 'no-longer-to-be-carried'],
  ])
  const way = { pupil: amara.pupil, direction: 1 as const, days: everySchoolDay }
  expect(kindsNow([amara, jack], { unplaced: [{ ...way, reasons: [] }] })).toEqual([[1, 'no-place']])
  expect(kindsNow([amara, jack], { notAsked: [way] })).toEqual([[1, 'not-asked-for']])
})

test('a school whose bell moved names each of its pupils', () => {
  const now = { people: [amara, jack], schools: [oakfield('09:00')] }
  expect(differencesOf(plan, { then, now, leftOut: nobody }).map(({ kinds }) => kinds)).toEqual([
    ['bells'],
    ['bells'],
  ])
})

test('whoever was left out is dealt with, and differs no more', () => {
  const now = { people: [jack], schools: [oakfield('08:50')] }
  expect(differencesOf(plan, { then, now, leftOut: new Set([amara.pupil]) })).toEqual([])
})
