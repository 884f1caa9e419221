/** Postcodes of the United Kingdom, as they are written on an envelope: `WQ4 7AA`. */
declare const brand: unique symbol
export type Postcode = string & { readonly [brand]: 'Postcode' }

// The shapes of BS 7666-2:2006, annex C: A9, A99, AA9, AA99, A9A, AA9A and the inward 9AA; GIR 0AA is Girobank's own.
// Which letters are never used in which place is left out: a shape is refused, a district is not guessed at.
const SHAPE = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/

/**
 * A postcode however it was typed: case, spaces and non-breaking spaces are mended, and letter O or I for a nought or
 * one in the inward code. Nothing for text that has another shape, as a postcode abroad has.
 */
export function readPostcode(text: string): Postcode | undefined {
  const packed = text.toUpperCase().replace(/[^A-Z\d]/g, '')
  const inward = packed.slice(-3).replace(/^O/, '0').replace(/^I/, '1')
  const [, out, mended] = SHAPE.exec(packed.slice(0, -3) + inward) ?? []
  if (out === undefined || mended === undefined) return undefined
  return `${out} ${mended}` as Postcode
}

/** The part before the space: `WQ4`, the district that reports may count by. */
export const outwardOf = (postcode: Postcode): string => postcode.split(' ')[0] ?? postcode
