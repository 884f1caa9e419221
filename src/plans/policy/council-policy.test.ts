import { expect, test } from 'vitest'
import { partsOf, policyNames, putTogether, readPolicy, untilDecided } from './council-policy.ts'

test.each(policyNames.filter((name) => name !== 'plan-vehicles'))(
  '%s, taken apart into single answers, is put together the same',
  (name) => {
    const stands = untilDecided(name)

    expect(readPolicy(name, putTogether(partsOf(stands)))).toEqual({ ok: true, value: stands })
  },
)

test('an answer that cannot be meant is named by its place', () => {
  expect(readPolicy('plan-rules', { longestRideMinutes: { primary: 0, secondary: 75 } })).toMatchObject({
    refusal: expect.stringMatching(/^longestRideMinutes, primary: /),
  })
})
