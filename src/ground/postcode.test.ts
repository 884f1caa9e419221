import { expect, test } from 'vitest'
import { outwardOf, type Postcode, readPostcode } from './postcode.ts'

test.each([
  ['WQ4 7AA', 'WQ4 7AA'],
  ['wq47aa', 'WQ4 7AA'],
  [' Me 1 4x\u00a0x ', 'ME1 4XX'],
  ['W1A 1AA', 'W1A 1AA'],
  ['EC1A1BB', 'EC1A 1BB'],
  ['m1 1ae', 'M1 1AE'],
  ['WQ4 OAA', 'WQ4 0AA'],
  ['WQ4 IAA', 'WQ4 1AA'],
])('%j is %s', (typed, postcode) => {
  expect(readPostcode(typed)).toBe(postcode)
})

test.each([
  '',
  '75001',
  '10115 Berlin',
  'D02 X285',
  'WQ4',
  '7AA WQ4',
  'WQ4 7A',
  'WQ444 7AA',
  'no fixed abode',
])('%j is no postcode of the United Kingdom', (typed) => {
  expect(readPostcode(typed)).toBeUndefined()
})

test('the outward code is what stands before the space', () => {
  expect(outwardOf('EC1A 1BB' as Postcode)).toBe('EC1A')
})
