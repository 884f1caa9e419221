/** Asks an OSRM server over HTTP: each question in its time, again when that may help, and no answer in a sentence. */
import { setTimeout as wait } from 'node:timers/promises'

export type OsrmSettings = {
  /** Where the server is, as http://localhost:5000 */
  readonly url: string
  /** How long one question may take, in milliseconds. */
  readonly patience: number
  /** How often a question is asked again, and how long is waited before the first time; each next wait is twice as long. */
  readonly again: { readonly times: number; readonly after: number }
}

/** The server gave no answer that can be used. The message is a sentence for whoever looks after it. */
export class OsrmUnanswered extends Error {}

/** What OSRM answers: a code, and what goes with it. */
export type OsrmAnswer = { readonly code: string; readonly message?: string } & Readonly<
  Record<string, unknown>
>

/** The answer to one question, `Ok` or a refusal that the server gave in words. Throws OsrmUnanswered. */
export async function askOsrm(settings: OsrmSettings, question: string): Promise<OsrmAnswer> {
  const { again } = settings
  let trouble = ''
  for (let time = 0; time <= again.times; time++) {
    if (time > 0) await wait(again.after * 2 ** (time - 1))
    const tried = await askOnce(settings, question)
    if (typeof tried !== 'string') return tried
    trouble = tried
  }
  throw new OsrmUnanswered(
    `The road server at ${settings.url} gave no answer after ${again.times + 1} tries: ${trouble}. Check that it runs, then try again.`,
  )
}

/** An answer, or what went wrong in words when asking again may help. */
async function askOnce({ url, patience }: OsrmSettings, question: string): Promise<OsrmAnswer | string> {
  try {
    const response = await fetch(`${url}${question}`, { signal: AbortSignal.timeout(patience) })
    // 400 carries a code that says what was wrong with the question; the rest is trouble of the server.
    if (response.status !== 200 && response.status !== 400) return `it answered ${response.status}`
    const answer: unknown = await response.json()
    return isAnswer(answer) ? answer : 'what it answered is not from OSRM'
  } catch (cause) {
    const isLate = cause instanceof DOMException && cause.name === 'TimeoutError'
    return isLate ? `nothing came within ${patience} milliseconds` : 'it could not be reached, or broke off'
  }
}

const isAnswer = (answer: unknown): answer is OsrmAnswer =>
  typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string'
