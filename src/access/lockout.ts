/** When somebody has guessed too often, from the wrong guesses of the last minutes. */

/** Guesses older than this are forgiven. */
export const FORGIVEN_AFTER_MINUTES = 5
/** Wrong guesses that one account, or one address on the network, is allowed in that time. */
export const GUESSES_ALLOWED = 10

export type WrongGuesses = { atAccount: number; fromAddress: number }

/** Whether the next guess is refused without being looked at. */
export const isLockedOut = ({ atAccount, fromAddress }: WrongGuesses): boolean =>
  atAccount >= GUESSES_ALLOWED || fromAddress >= GUESSES_ALLOWED
