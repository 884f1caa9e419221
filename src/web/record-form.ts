/**
 * One shape for the forms that keep the registers: questions, what was typed, what the answers would do to pupils'
 * travel, and then the record. A form is a list of questions; the page, its errors and its two steps are here.
 */
import type { TransactionSql } from 'postgres'
import type { ChangingRole } from '#access'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { PlainDate } from '#ground/time.ts'
import {
  closedAhead,
  type FactsOf,
  lastChangeAhead,
  type Overtaken,
  overtakenSince,
  sealedAt,
} from '#knowledge/store'
import { askThenRecord } from './change.ts'
import { type FieldError, fieldError } from './forms.ts'
import { aheadInWords, closedInWords, openedOn, sentAgain, standsOtherwise } from './meanwhile.ts'
import {
  type Fields,
  type Lists,
  notFound,
  type Page,
  type Reply,
  show,
  showAgain,
  type Visit,
} from './page.ts'
import type { Question } from './question.ts'

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
  /**
   * The facts whose place the answers take. What others recorded of them while the form lay open is told first: a form
   * that shows what stands would otherwise put back what they had changed.
   */
  replaces?: (subject: Subject) => readonly FactsOf[]
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
  return {
    path: form.path,
    allow: form.roles,
    change: form.roles,

    async get(visit) {
      const opened = await openedBy(visit, form)
      return opened ? formReply(form, opened) : notFound
    },

    async post(visit) {
      const opened = await openedBy(visit, form)
      if (!opened) return notFound
      const { subject } = opened
      const seen = Number(visit.form['seen']) || opened.seen
      const read = form.read(visit.form, visit.formLists, subject)
      if (!read.ok) return formReply(form, { ...opened, seen, errors: read.refusal })
      const replaces = form.replaces?.(subject) ?? []
      const title = form.title(subject, read.value)
      let overtaken: Overtaken | undefined
      return askThenRecord(visit, {
        title,
        doing: typeof form.doing === 'function' ? form.doing(subject, read.value) : form.doing,
        back: form.back(subject),
        async work(tx) {
          overtaken = await overtakenSince(tx, seen, replaces)
          if (overtaken) return refuse([])
          const done = await form.work(tx, subject, read.value)
          if (!done.ok) return done
          return ok({ done: done.value, closed: await closedAhead(tx, replaces, visit.today) })
        },
        told: ({ done, closed }) => [...form.told(subject, read.value, done), ...closedInWords(closed)],
        again: (errors) =>
          overtaken
            ? overtakenReply(form, { visit, seen, by: overtaken })
            : formReply(form, { ...opened, errors, seen }),
        done: ({ done }) => ({
          to: form.onward?.(subject, done) ?? form.back(subject),
          notice: `Recorded: ${title}.`,
        }),
        pupils: form.pupils?.(subject) ?? [],
      })
    },
  }
}

/** What of a form is shown before anything is sent. */
type Shown<Subject> = Pick<
  RecordForm<Subject, unknown, unknown>,
  'subject' | 'replaces' | 'standing' | 'questions' | 'says' | 'question' | 'back' | 'asksWhy' | 'pupils'
>

/** A form open before somebody: what it is about, and the last revision they saw of what it replaces; 0 if that is nothing. */
type Opened<Subject> = {
  visit: Visit
  subject: Subject
  seen: number
  /** The day from which its subject stands as it is shown, where that is yet to come. */
  ahead?: PlainDate | undefined
  errors?: readonly FieldError[]
  overtaken?: boolean
}

/**
 * What stands and is replaced is shown as it stands after the last change that is known to come: they hold from their day
 * on without an end, so whoever began with what stands today would put back what is to change.
 */
async function openedBy<Subject>(visit: Visit, form: Shown<Subject>): Promise<Opened<Subject> | undefined> {
  const { sql, today } = visit
  if (!form.replaces) {
    const subject = await form.subject(visit)
    return subject && { visit, subject, seen: 0 }
  }
  // Before what is shown is read, so that nothing recorded in between goes unnoticed.
  const { latest: seen, visit: asked } = await openedOn(visit)
  const subject = await form.subject(asked)
  if (!subject || !form.standing) return subject && { visit, subject, seen }
  const ahead = await lastChangeAhead(sql, form.replaces(subject), { today, revision: seen })
  const then = ahead && { ...asked, today: ahead }
  const later = then && (await form.subject(then))
  return later ? { visit: then, subject: later, seen, ahead } : { visit, subject, seen }
}

/** The form again, told beside the first question whose answer others changed; what stands is read anew. */
async function overtakenReply<Subject>(
  form: Shown<Subject>,
  { visit, seen, by }: { visit: Visit; seen: number; by: Overtaken },
): Promise<Reply> {
  const opened = await openedBy(visit, form)
  if (!opened) return notFound
  const questions = form.questions(opened.subject, opened.visit)
  const standing = form.standing?.(opened.subject, opened.visit) ?? {}
  const [changed] = [
    ...standsOtherwise(questions, await stoodAt(seen, form, opened), standing),
    ...standsOtherwise(questions, visit.form, standing),
    ...questions,
  ]
  const errors = [fieldError(changed?.name ?? 'why', sentAgain(by))]
  return formReply(form, { ...opened, errors, overtaken: true })
}

/** What stood when the form was opened, as far as its answers were known then; what stands now, where that cannot be said. */
async function stoodAt<Subject>(
  seen: number,
  { subject, standing }: Shown<Subject>,
  opened: Opened<Subject>,
): Promise<Fields> {
  const { sql } = opened.visit
  const now = await sealedAt(sql, seen)
  const visit = now && { ...opened.visit, now }
  const then = visit && (await subject(visit))
  return standing?.(then ?? opened.subject, visit ?? opened.visit) ?? {}
}

function formReply<Subject>(
  form: Shown<Subject>,
  { visit, subject, seen, ahead, errors = [], overtaken = false }: Opened<Subject>,
): Reply {
  const standing = form.standing?.(subject, visit) ?? {}
  const questions = form.questions(subject, visit)
  const sent = Object.keys(visit.form).length > 0
  const values = sent ? visit.form : { ...standing, ...visit.query }
  const lists: Lists = sent ? visit.formLists : listsOf(values)
  const view = {
    title: form.question(subject),
    says: [...saidOf(form, subject), ...(ahead ? [aheadInWords(ahead)] : [])],
    back: form.back(subject),
    asksWhy: form.asksWhy ?? false,
    why: values['why'] ?? '',
    errors,
    seen,
    stands: overtaken ? standsOtherwise(questions, values, standing) : [],
    questions: questions.map((question) => questionView(question, values, lists)),
  }
  return (errors.length > 0 ? showAgain : show)('record-form.njk', view, {
    pupils: form.pupils?.(subject) ?? [],
  })
}

function saidOf<Subject>({ says }: Shown<Subject>, subject: Subject): string[] {
  const said = typeof says === 'function' ? says(subject) : says
  return said ? [said] : []
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
