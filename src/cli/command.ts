/**
 * What a command is. It says what it is called and what it takes, is given a database and the time, and returns an
 * answer. It never meets the terminal: so its test is a function call and a look at the text.
 */
import type { Sql } from 'postgres'
import { ok, type Result, refuse } from '#ground/result.ts'
import { type Instant, type PlainDate, readPlainDate } from '#ground/time.ts'
import { type Author, FIRSTBELL } from '#knowledge/store'

export type Asked = {
  /** What stood after the command's name, in the order of `takes`. */
  words: readonly string[]
  /** What was chosen with `--name value`, by its name in camelCase; `true` for an option without a value. */
  options: Readonly<Record<string, string | true | undefined>>
  sql: Sql
  /** Where Firstbell keeps files beside the database, for a command that keeps any. */
  folder?: string
  today: PlainDate
  now: Instant
  /** Progress for a person to read while they wait. Never part of the answer. */
  say: (line: string) => void
  /** Fulfilled once the program is told to stop: for a command that `keepsWhenStopped`. */
  told?: Promise<void>
}

/** What a command answers: the same thing for a person and, with --json, for a program. */
export type Answer =
  | { answer: 'report'; text: string; json: unknown }
  | { answer: 'refused'; sentence: string }

export type Command = {
  /** One word, or several: `sitrep`, `demo reset`. */
  name: string
  /** One line for the list of commands. */
  summary: string
  /** Words it takes, as commander writes them: `<file>`, `[day]`. */
  takes?: readonly string[]
  /** Options it takes, as commander writes them, each with what it means. */
  options?: readonly { flags: string; means: string }[]
  /** Told to stop, it ends by itself and answers with what it has; any other command is cut short. */
  keepsWhenStopped?: true
  run: (asked: Asked) => Promise<Answer>
}

/** A report, told to a person in `text` and to a program in `json`. */
export const report = (text: string, json: unknown): Answer => ({ answer: 'report', text, json })

/** No, and why, and what to do. The program ends with 1. */
export const refused = (sentence: string): Answer => ({ answer: 'refused', sentence })

/**
 * The day an option chose, or `otherwise` where it was not given. Refused with a sentence that names the option, what was
 * given and a day like one that was expected.
 */
export function readDayOption(
  { options }: Pick<Asked, 'options'>,
  flag: string,
  { like, otherwise }: { like: string; otherwise?: PlainDate },
): Result<PlainDate, string> {
  const given = options[flag.replace(/-./g, (text) => text.charAt(1).toUpperCase())]
  if (given === undefined && otherwise !== undefined) return ok(otherwise)
  const day = readPlainDate(String(given ?? ''))
  return day ? ok(day) : refuse(`--${flag} is "${given ?? ''}". Give a day like ${like}.`)
}

/** The author of what a command records. */
export const author = (reason: string): Author => ({ by: FIRSTBELL, request: 'cli', reason })
