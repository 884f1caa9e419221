import { expect, test } from 'vitest'
import { minutes } from '#ground/duration.ts'
import { aJourney, amara, ffion, noJourney, tomasz, wall } from '../testing.ts'
import { compareJourneys } from './comparison.ts'
import { spreadsOf } from './spread.ts'

const counts = (before: Parameters<typeof aJourney>[1], after: Parameters<typeof aJourney>[1]) =>
  spreadsOf(compareJourneys([aJourney(amara, before)], [aJourney(amara, after)])).map(({ steps }) => ({
    before: steps.filter((step) => step.before.length > 0).map(({ label }) => label),
    after: steps.filter((step) => step.after.length > 0).map(({ label }) => label),
  }))

test.each([
  [45, '31 to 45'],
  [45.5, '46 to 60'],
  [90, '76 to 90'],
  [91, 'Over 90'],
])('a ride of %d minutes is among %s', (ridden, label) => {
  expect(counts({}, { ridden: minutes(ridden) })[0]).toEqual({ before: ['16 to 30'], after: [label] })
})

test.each([
  ['06:29', 'Before 6:30'],
  ['06:59', '6:30 to 6:59'],
  ['07:00', '7:00 to 7:29'],
])('fetched at %s is among %s', (startsAt, label) => {
  expect(counts({}, { startsAt: wall(startsAt) })[1]?.after).toEqual([label])
})

test.each([
  [-31, 'Over 30 shorter'],
  [-15.5, '16 to 30 shorter'],
  [-15, '6 to 15 shorter'],
  [-5, 'Within 5'],
  [5, 'Within 5'],
  [16, '16 to 30 longer'],
])('a change of %d minutes is among %s', (change, label) => {
  expect(counts({ ridden: minutes(40) }, { ridden: minutes(40 + change) })[2]).toEqual({
    before: [],
    after: [label],
  })
})

test('every journey with a ride on both sides is in one step of each scale, and no other is in any', () => {
  const before = [aJourney(amara), noJourney(tomasz, 'nothing-arranged'), aJourney(ffion)]
  const after = [aJourney(amara), aJourney(tomasz), noJourney(ffion, 'no-place-found')]

  for (const { steps } of spreadsOf(compareJourneys(before, after)))
    expect(steps.flatMap((step) => step.after).map(({ pupil }) => pupil)).toEqual([amara])
})
