declare const brand: unique symbol
/** A whole number of pence. */
export type Pence = number & { readonly [brand]: 'Pence' }

/** Whole pence, or a RangeError that names what was given. */
export function pence(n: number): Pence {
  if (!Number.isSafeInteger(n))
    throw new RangeError(`Not whole pence: ${n}. Maybe pounds were given as a fraction.`)
  return n as Pence
}

/** `£1,234.56`, and `-£5.00` for money owed back. */
export function inPounds(amount: Pence): string {
  const pounds = Math.trunc(Math.abs(amount) / 100).toLocaleString('en-GB')
  const rest = String(Math.abs(amount) % 100).padStart(2, '0')
  return `${amount < 0 ? '-' : ''}£${pounds}.${rest}`
}
