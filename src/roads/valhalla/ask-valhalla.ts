/** The language Valhalla speaks over HTTP: a question in JSON to each of its actions, and an answer or a refusal in words. */
import type { Call } from '../answers/travel-times.ts'
import { askServer, type ServerSettings, ServerUnanswered } from '../http/ask-server.ts'

/** What Valhalla answers: what was asked for, or a refusal in words with its number. */
export type ValhallaAnswer = Readonly<Record<string, unknown>> & { error_code?: number; error?: string }
export type Ask = (action: string, question?: object) => Promise<ValhallaAnswer>

const isAnswer = (answer: unknown): answer is ValhallaAnswer => typeof answer === 'object' && answer !== null

/** Asks an action of a server. What is asked throws ServerUnanswered when the server does not answer. */
export const askValhalla =
  (settings: ServerSettings): Ask =>
  (action, question) =>
    askServer(settings, { path: `/${action}`, ...(question && { body: question }) }, isAnswer)

/** The answer, which holds what was asked for. Throws ServerUnanswered, with the server’s own words, for a refusal. */
export function holding<T>(answer: ValhallaAnswer, name: keyof T & string): T {
  if (answer[name] !== undefined) return answer as T
  throw new ServerUnanswered(
    `The road server refused a question: ${answer.error ?? `it said nothing of ${name}`}${answer.error_code === undefined ? '' : ` (${answer.error_code})`}.`,
  )
}

/** A place as Valhalla is told of it: at the kerb of its own side, if nobody may cross. */
export const locationOf = ({ longitude, latitude, mustNotCross }: Call) => ({
  lon: longitude,
  lat: latitude,
  ...(mustNotCross && { preferred_side: 'same' }),
})
