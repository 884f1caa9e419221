/** The language OSRM speaks over HTTP: a question in an address, and a code with what goes with it. */
import { askServer, type ServerSettings } from '../http/ask-server.ts'

/** What OSRM answers: a code, and what goes with it. `data_version` names its roads, where it was told what they are. */
export type OsrmAnswer = {
  readonly code: string
  readonly message?: string
  readonly data_version?: string
} & Readonly<Record<string, unknown>>

/** The answer to one question, `Ok` or a refusal that the server gave in words. Throws ServerUnanswered. */
export const askOsrm = (settings: ServerSettings, path: string): Promise<OsrmAnswer> =>
  askServer(settings, { path }, isAnswer)

const isAnswer = (answer: unknown): answer is OsrmAnswer =>
  typeof answer === 'object' && answer !== null && 'code' in answer && typeof answer.code === 'string'
