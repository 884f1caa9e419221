/** Reads a form field by field and keeps what is wrong with each, so that a person hears of everything at once. */
import { isEmailAddress } from '#ground/email-address.ts'
import { type Id, readId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { type PlainDate, readPlainDate, type WallTime } from '#ground/time.ts'
import { type FieldError, fieldError } from './forms.ts'
import type { Fields } from './page.ts'

export type Reading = {
  /** Notes what is wrong with a field. */
  wrong: (field: string, text: string) => undefined
  /** What was typed without spaces around it, or nothing where that is allowed. */
  optional: (field: string) => string | undefined
  /** What was typed, or the sentence that asks for it. */
  text: (field: string, asks: string) => string | undefined
  /** A day; `called` completes "Enter …". */
  day: (field: string, called: string) => PlainDate | undefined
  /** A day, or none; a day that does not exist is wrong. */
  optionalDay: (field: string) => PlainDate | undefined
  /** A time of the day, as 08:45; `called` completes "Enter …". */
  time: (field: string, called: string) => WallTime | undefined
  /** An email address, or none. */
  optionalEmail: (field: string) => string | undefined
  /** A whole number of nought or more, or none. */
  optionalNumber: (field: string) => number | undefined
  choice: <C extends string>(field: string, choices: readonly C[], asks: string) => C | undefined
  id: <Name extends string>(field: string, asks: string) => Id<Name> | undefined
  /** The answer, unless anything was wrong. What is made of missing fields is passed as nothing. */
  answer: <T>(value: T | undefined | false | '' | 0) => Result<T, readonly FieldError[]>
}

/** Begins to read a form. */
export function reading(form: Fields): Reading {
  const errors: FieldError[] = []
  const wrong = (field: string, text: string) => void errors.push(fieldError(field, text))
  const optional = (field: string) => form[field]?.trim() || undefined
  const optionalDay = (field: string) => {
    const typed = optional(field)
    if (typed === undefined) return undefined
    return readPlainDate(typed) ?? wrong(field, `"${typed}" is not a day. Enter one like 2022-02-11`)
  }
  return {
    wrong,
    optional,
    optionalDay,
    text: (field, asks) => optional(field) ?? wrong(field, asks),
    day: (field, called) =>
      optional(field) === undefined
        ? wrong(field, `Enter ${called}. Give a day like 2022-02-11`)
        : optionalDay(field),
    time(field, called) {
      const typed = optional(field) ?? ''
      if (/^([01]\d|2[0-3]):[0-5]\d$/.test(typed)) return typed as WallTime
      return wrong(field, typed === '' ? `Enter ${called}` : `"${typed}" is not a time. Enter one like 08:45`)
    },
    optionalEmail(field) {
      const typed = optional(field)
      if (typed === undefined || isEmailAddress(typed)) return typed
      return wrong(field, `"${typed}" is not an email address. Enter one like office@oakfield.example`)
    },
    optionalNumber(field) {
      const typed = optional(field)
      if (typed === undefined) return undefined
      return /^\d{1,9}$/.test(typed)
        ? Number(typed)
        : wrong(field, `"${typed}" is not a whole number. Enter one like 28`)
    },
    choice: (field, choices, asks) => choices.find((one) => one === form[field]) ?? wrong(field, asks),
    id: (field, asks) => readId(form[field]) ?? wrong(field, asks),
    answer: <T>(value: T | undefined | false | '' | 0) =>
      errors.length > 0 || !value ? refuse(errors) : ok(value as T),
  }
}
