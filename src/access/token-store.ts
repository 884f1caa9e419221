/**
 * Tokens that open something for whoever holds them: a session, a link. The holder has the token and the database its
 * hash, so that a copy of the database lets nobody in.
 */
import { createHash, randomBytes } from 'node:crypto'

/** A new token, for its holder alone: 256 bits that nobody guesses, fit for a URL. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of a token, and looked for when one is shown. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
