/** Asks a road server over HTTP: each question in its time, again when that may help, and no answer in a sentence. */
import { setTimeout as wait } from 'node:timers/promises'

export type ServerSettings = {
  /** Where the server is, as http://localhost:5000 */
  readonly url: string
  /** How long one question may take, in milliseconds. */
  readonly patience: number
  /** How often a question is asked again, and how long is waited before the first time; each next wait is twice as long. */
  readonly again: { readonly times: number; readonly after: number }
}

/** The server gave no answer that can be used. The message is a sentence for whoever looks after it. */
export class ServerUnanswered extends Error {}

/** What is asked: a path, and what goes with it where it is sent as JSON. */
export type ServerQuestion = { readonly path: string; readonly body?: object }

/**
 * The answer to one question, if `isAnswer` knows it for one: a refusal that the server gives in words is an answer.
 * Throws ServerUnanswered.
 */
export async function askServer<A>(
  settings: ServerSettings,
  question: ServerQuestion,
  isAnswer: (answer: unknown) => answer is A,
): Promise<A> {
  const { again, url } = settings
  let trouble = ''
  for (let time = 0; time <= again.times; time++) {
    if (time > 0) await wait(again.after * 2 ** (time - 1))
    const tried = await askOnce(settings, question)
    if ('answer' in tried && isAnswer(tried.answer)) return tried.answer
    trouble = 'trouble' in tried ? tried.trouble : 'what it answered is not from a road server of this kind'
  }
  throw new ServerUnanswered(
    `The road server at ${url} gave no answer after ${again.times + 1} tries: ${trouble}. Check that it runs, then try again.`,
  )
}

/** An answer, or what went wrong in words when asking again may help. */
async function askOnce(
  { url, patience }: ServerSettings,
  { path, body }: ServerQuestion,
): Promise<{ answer: unknown } | { trouble: string }> {
  const sent = body && {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  }
  try {
    const response = await fetch(`${url}${path}`, { ...sent, signal: AbortSignal.timeout(patience) })
    // 400 and 404 carry words that say what was wrong with the question; the rest is trouble of the server.
    if (![200, 400, 404].includes(response.status)) return { trouble: `it answered ${response.status}` }
    return { answer: await response.json() }
  } catch (cause) {
    const isLate = cause instanceof DOMException && cause.name === 'TimeoutError'
    return {
      trouble: isLate
        ? `nothing came within ${patience} milliseconds`
        : 'it could not be reached, or broke off',
    }
  }
}
