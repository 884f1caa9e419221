declare const brand: unique symbol
/** A whole number of metres: statute compares with a strict "more than", so miles are never rounded first. */
export type Metres = number & { readonly [brand]: 'Metres' }

const METRES_IN_A_MILE = 1609.344

export const metres = (n: number) => Math.round(n) as Metres
export const miles = (n: number) => metres(n * METRES_IN_A_MILE)
export const toMiles = (m: Metres): number => m / METRES_IN_A_MILE
export const inMiles = (m: Metres) => `${toMiles(m).toFixed(2)} miles`
