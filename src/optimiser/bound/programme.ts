/**
 * A linear programme, and the port to whatever solves one. Amounts are never below nothing; the sum of cost · amount
 * is made small.
 */
export type Programme = {
  readonly rows: readonly { readonly sense: 'exactly' | 'at-most'; readonly amount: number }[]
  readonly columns: readonly Column[]
  /** Whether amounts are whole numbers. Then rows have no price. */
  readonly whole?: boolean
}

export type Column = {
  readonly cost: number
  /** How much of each row it takes. */
  readonly takes: readonly { readonly row: number; readonly by: number }[]
}

/** Gives the price of each row and the amount of each column at the least cost; throws when there is no answer. */
export type SolveProgramme = (programme: Programme) => {
  prices: readonly number[]
  amounts: readonly number[]
}
