import { expect, test } from 'vitest'
import { isEmailAddress } from './email-address.ts'

test.each([
  ['asha.kaur@council.example', true],
  ["siân.o'neill+send@schools.council.example", true],
  ['office@学校.example', true],
  ['asha.kaur@council', false],
  ['asha.kaur@council.', false],
  ['asha.kaur@.example', false],
  ['asha kaur@council.example', false],
  ['asha@kaur@council.example', false],
  ['council.example', false],
  ['', false],
])('"%s" has the shape of an e-mail address: %s', (text, has) => {
  expect(isEmailAddress(text)).toBe(has)
})
