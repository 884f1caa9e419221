/**
 * A linear programme, and the port to whatever solves one. Amounts are never below nothing; the sum of cost · amount
 * is made small.
 */
export type Programme = {
  readonly rows: readonly { readonly sense: 'exactly' | 'at-most'; readonly amount: number }[]
  readonly columns: readonly Column[]
}

export type Column = {
  readonly cost: number
  /** How much of each row it takes. */
  readonly takes: readonly { readonly row: number; readonly by: number }[]
}

/** Gives the least cost and the price of each row; throws when there is no answer. */
export type SolveProgramme = (programme: Programme) => { value: number; prices: readonly number[] }
