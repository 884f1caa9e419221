/** What somebody reads when no page can be shown: what happened, and what they can do. No internal words. */

export type Problem = { status: number; title: string; says: readonly string[] }

/** The same words whether a record does not exist or is not theirs to see: the answer must not say which. */
export const pageNotFound: Problem = {
  status: 404,
  title: 'Page not found',
  says: [
    'There is no such page or record, or it is not one you may see.',
    'If you typed the web address, check it is correct. If you pasted it, check you copied all of it.',
  ],
}

export const notAllowed: Problem = {
  status: 403,
  title: 'You cannot use this page',
  says: [
    'Your role does not include this page. Nothing was changed.',
    'If your work needs it, ask an administrator of Firstbell to give you the role.',
  ],
}

const staleForm: Problem = {
  status: 403,
  title: 'The form was open too long',
  says: [
    'For safety a form works only in the session in which it was opened. Nothing was changed.',
    'Go back, reload the page and send it again.',
  ],
}

const tooLarge: Problem = {
  status: 413,
  title: 'That is too large to send at once',
  says: [
    'Files may be 50 MB in all. Nothing was stored.',
    'Send them one after another, divide the largest and keep its headings on each part, or ask an administrator to bring them in with the command line.',
  ],
}

const noRoom: Problem = {
  status: 507,
  title: 'There is no room for that file',
  says: [
    'The disk of the machine that serves Firstbell is full. Nothing was stored.',
    'Ask whoever looks after the machine to make room, and send it again.',
  ],
}

const tooMany: Problem = {
  status: 429,
  title: 'Too many requests',
  says: ['More pages were asked for in a minute than a person reads.', 'Wait a minute and try again.'],
}

const unreadable: Problem = {
  status: 400,
  title: 'That could not be read',
  says: ['The form arrived damaged. Nothing was changed.', 'Go back, reload the page and send it again.'],
}

const unavailable: Problem = {
  status: 503,
  title: 'Firstbell cannot reach its records',
  says: [
    'The database is not answering. What you last saved is safe.',
    'Try again in a minute. If a child is waiting now, use the printed run sheets and the operators’ telephone numbers on them.',
  ],
}

const fault: Problem = {
  status: 500,
  title: 'Something went wrong',
  says: [
    'Firstbell met a fault of its own. The change you were making was not saved.',
    'Try again. If it happens again, give the reference below to whoever looks after Firstbell.',
  ],
}

// Connection faults of postgres.js, and PostgreSQL starting up, shutting down or full.
const DATABASE_AWAY =
  /^(ECONNREFUSED|ECONNRESET|ENOENT|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED)|57P0[123]|53300|08\w{3})$/

/** Which page a thrown thing deserves, and whether it is a fault that must be logged. */
export function problemOf(thrown: unknown): Problem & { isFault: boolean } {
  const { code = '', statusCode = 500 } = (thrown ?? {}) as { code?: string; statusCode?: number }
  if (DATABASE_AWAY.test(code)) return { ...unavailable, isFault: true }
  if (code === 'ENOSPC') return { ...noRoom, isFault: true }
  if (code.startsWith('FST_CSRF')) return { ...staleForm, isFault: false }
  if (statusCode === 413) return { ...tooLarge, isFault: false }
  if (statusCode === 429) return { ...tooMany, isFault: false }
  if (statusCode === 404) return { ...pageNotFound, isFault: false }
  if (statusCode >= 400 && statusCode < 500) return { ...unreadable, isFault: false }
  return { ...fault, isFault: true }
}
