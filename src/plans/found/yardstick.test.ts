import { expect, test } from 'vitest'
import { minutes } from '#ground/duration.ts'
import { planPolicyFrom } from '../policy/policy.ts'
import { yardsticksFrom } from './yardstick.ts'

const told = (...recorded: Parameters<typeof yardsticksFrom>[0]) => {
  const read = yardsticksFrom(recorded)
  if (!read.ok) throw new Error(JSON.stringify(read.refusal))
  return read.value
}

test('until the council says otherwise the guide of the DfE stands: 45 minutes, and 75 at secondary age', () => {
  expect(told().limits).toMatchObject({ primary: minutes(45), secondary: minutes(75), earliest: '07:00' })
  expect(told().phasing).toEqual({ atMostPercent: 30, daysBetween: 7 })
  expect(told().smallestPublished).toBe(5)
})

test('what the council says of one thing leaves the others as they were', () => {
  const { limits, oddness } = told({ name: 'plan-limits', value: { primaryMinutes: 40 } })

  expect(limits).toMatchObject({ primary: minutes(40), secondary: minutes(75) })
  expect(oddness.earliestPickUp).toBe('06:45')
})

test('an area has the band of deprivation that the council gave it', () => {
  const { deprivation } = told({ name: 'area-deprivation', value: { Saltmouth: 'Most deprived fifth' } })

  expect(deprivation.get('Saltmouth')).toBe('Most deprived fifth')
})

test.each([
  [{ name: 'plan-limits', value: { earliestPickUp: '7am' } }, /earliestPickUp: expected a time like 07:00/],
  [{ name: 'plan-limits', value: { primary: 45 } }, /Unrecognized key.*primary/],
  [{ name: 'plan-phasing', value: { atMostPercent: 130 } }, /atMostPercent/],
  [{ name: 'plan-publishing', value: { smallestNumber: 1 } }, /smallestNumber/],
])('%j is refused by name, with what is wrong', (recorded, says) => {
  const read = yardsticksFrom([recorded])

  expect(read).toMatchObject({ ok: false, refusal: { because: 'policy-not-read', name: recorded.name } })
  expect(JSON.stringify(read)).toMatch(says)
})

test('without prices nothing is planned; a price that cannot be read is named by its place', () => {
  expect(planPolicyFrom([])).toEqual({ ok: false, refusal: { because: 'prices-missing' } })
  const value = [
    {
      name: 'Taxi',
      layouts: [[4, 0]],
      drives: 'tram',
      pencePerDay: 1,
      pencePerMile: 1,
      pencePerAssistantDay: 1,
    },
  ]
  expect(planPolicyFrom([{ name: 'plan-vehicles', value }])).toMatchObject({
    refusal: { name: 'plan-vehicles', says: expect.stringMatching(/^0, drives: /) },
  })
})
