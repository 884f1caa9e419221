import { expect, test } from 'vitest'
import { aJourney, amara, tomasz } from '../testing.ts'
import { compareJourneys } from './comparison.ts'
import { howFound } from './how-found.ts'

const [measured, estimated] = [{}, { estimated: true }]

test.each([
  ['every ride along roads', [measured, measured], 'measured'],
  ['one by a straight line', [measured, estimated], 'some-estimated'],
  ['every one by a straight line', [estimated, estimated], 'all-estimated'],
])('%s', (_which, [first, second], found) => {
  const journeys = [aJourney(amara, first), aJourney(tomasz, second)]

  expect(howFound(compareJourneys([], journeys), 'after')).toBe(found)
  expect(howFound(compareJourneys(journeys, []), 'before')).toBe(found)
})

test('where nobody rides, nothing was found', () => {
  expect(howFound(compareJourneys([], [aJourney(amara)]), 'before')).toBe('no-rides')
})
