/**
 * One shape for the forms that keep the registers: questions, what was typed, what the answers would do to pupils'
 * travel, and then the record. A form is a list of questions; the page, its errors and its two steps are here.
 */
import type { TransactionSql } from 'postgres'
import type { ChangingRole } from '#access'
import type { PupilId } from '#ground/ids.ts'
import type { Result } from '#ground/result.ts'
import { askThenRecord } from './change.ts'
import type { FieldError } from './forms.ts'
import { type Fields, type Lists, notFound, type Page, show, showAgain, type Visit } from './page.ts'

export type Option = { value: string; text: string; hint?: string }
export type Question = { name: string; label: string; hint?: string } & (
  | { ask: 'text' | 'day' | 'time'; width?: 3 | 5 | 10 | 20 }
  | { ask: 'lines'; rows: number }
  /** `none`: what it says to choose none, where that may be; otherwise one must be chosen. */
  | { ask: 'one' | 'choice' | 'several'; options: readonly Option[]; none?: string }
  | { ask: 'yes' }
)

/** Subject: what the form is about. Change: what it asks for. Done: what the work gives. */
export type RecordForm<Subject, Change, Done> = {
  path: string
  roles: readonly [ChangingRole, ...ChangingRole[]]
  /** What the form is about, or nothing where there is no such thing. */
  subject: (visit: Visit) => Promise<Subject | undefined>
  question: (subject: Subject) => string
  says?: string | ((subject: Subject) => string)
  /** The question of why, where the form asks it in its own words under the name `why`: then it is not asked twice. */
  asksWhy?: true
  back: (subject: Subject) => string
  questions: (subject: Subject, visit: Visit) => readonly Question[]
  /** What stands now, for the answers to begin with. */
  standing?: (subject: Subject, visit: Visit) => Fields
  read: (form: Fields, lists: Lists, subject: Subject) => Result<Change, readonly FieldError[]>
  /** The heading of the second step, and what is kept as the reason. */
  title: (subject: Subject, change: Change) => string
  /** What is about to be done, as a button says it. */
  doing: string | ((subject: Subject, change: Change) => string)
  /** Does it, or gives why not beside the field that would have to be different. */
  work: (tx: TransactionSql, subject: Subject, change: Change) => Promise<Result<Done, readonly FieldError[]>>
  /** What it does, a line each; `done` is what the work gave when it was tried. */
  told: (subject: Subject, change: Change, done: Done) => readonly string[]
  /** Where to go when it is done; back to where the form was opened from, if not said. */
  onward?: (subject: Subject, done: Done) => string
  pupils?: (subject: Subject) => readonly PupilId[]
}

/** The page of a form that keeps a register. */
export function recordFormPage<Subject, Change, Done>(form: RecordForm<Subject, Change, Done>): Page {
  const page = (visit: Visit, subject: Subject, errors: readonly FieldError[]) => {
    const sent = Object.keys(visit.form).length > 0
    const values = sent ? visit.form : { ...form.standing?.(subject, visit), ...visit.query }
    const lists: Lists = sent ? visit.formLists : listsOf(values)
    const view = {
      title: form.question(subject),
      says: typeof form.says === 'function' ? form.says(subject) : (form.says ?? ''),
      back: form.back(subject),
      asksWhy: form.asksWhy ?? false,
      why: values['why'] ?? '',
      errors,
      questions: form.questions(subject, visit).map((question) => questionView(question, values, lists)),
    }
    return (errors.length > 0 ? showAgain : show)('record-form.njk', view, {
      pupils: form.pupils?.(subject) ?? [],
    })
  }

  return {
    path: form.path,
    allow: form.roles,
    change: form.roles,

    async get(visit) {
      const subject = await form.subject(visit)
      return subject ? page(visit, subject, []) : notFound
    },

    async post(visit) {
      const subject = await form.subject(visit)
      if (!subject) return notFound
      const read = form.read(visit.form, visit.formLists, subject)
      if (!read.ok) return page(visit, subject, read.refusal)
      const title = form.title(subject, read.value)
      return askThenRecord(visit, {
        title,
        doing: typeof form.doing === 'function' ? form.doing(subject, read.value) : form.doing,
        back: form.back(subject),
        work: (tx) => form.work(tx, subject, read.value),
        told: (done) => form.told(subject, read.value, done),
        again: (refusal) => page(visit, subject, refusal),
        done: (done) => ({
          to: form.onward?.(subject, done) ?? form.back(subject),
          notice: `Recorded: ${title}.`,
        }),
        pupils: form.pupils?.(subject) ?? [],
      })
    },
  }
}

const listsOf = (values: Fields): Lists =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.split(',')]))

/** What kit/ask.njk draws of a question: its answer as typed, and which options are taken. */
export function questionView(question: Question, values: Fields, lists: Lists) {
  const value = values[question.name] ?? ''
  const taken = lists[question.name] ?? []
  const hint = question.hint === undefined ? {} : { hint: { text: question.hint } }
  const asked = { ask: question.ask, name: question.name, label: question.label, value, ...hint }
  if (question.ask === 'lines')
    return { ...asked, rows: Math.max(question.rows, value.split('\n').length + 1) }
  if (!('options' in question)) return { ...asked, width: 'width' in question ? (question.width ?? 0) : 0 }
  const items = question.options.map(({ value: of, text, hint: about }) => ({
    value: of,
    text,
    ...(about !== undefined && { hint: { text: about } }),
    ...(question.ask === 'several' && { checked: taken.includes(of) }),
    ...(question.ask === 'choice' && { selected: of === value }),
  }))
  return {
    ...asked,
    items: question.ask === 'choice' ? [{ value: '', text: question.none ?? 'Choose' }, ...items] : items,
  }
}
