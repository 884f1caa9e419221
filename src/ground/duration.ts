declare const brand: unique symbol
/** A whole number of seconds; fewer than none for a time that became shorter. */
export type Seconds = number & { readonly [brand]: 'Seconds' }

export const seconds = (n: number) => Math.round(n) as Seconds
export const minutes = (n: number) => seconds(n * 60)
/** Whole minutes, for people to read: half a minute counts as one. */
export const toMinutes = (time: Seconds): number => Math.round(time / 60)
