/** One shape for every form about a pupil: read, shown with what it would do, recorded. */
import type { TransactionSql } from 'postgres'
import type { ChangingRole } from '#access'
import { type PupilId, readId } from '#ground/ids.ts'
import { type Result, refuse } from '#ground/result.ts'
import type { Instant } from '#ground/time.ts'
import { type Overtaken, overtakenSince } from '#knowledge/store'
import { pupilNames } from '#pupils/name-store'
import { askThenRecord } from '#web/change.ts'
import type { FieldError } from '#web/forms.ts'
import { openedOn, seenAgain } from '#web/meanwhile.ts'
import { type Fields, type Lists, notFound, type Page, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { changedMeanwhile } from './pupil-change.view.ts'

export type Subject = { pupil: PupilId; name: string; seen: number; now: Instant }

/** Change: what the form asks for. Done and Refusal: what the work gives. */
export type PupilForm<Change, Done, Refusal> = {
  path: string
  roles: readonly [ChangingRole, ...ChangingRole[]]
  template: string
  question: (name: string) => string
  /** Names of the form's fields, so that each can be shown as it was typed. */
  fields: readonly string[]
  /** What the form offers to choose from. */
  offers?: (visit: Visit, subject: Subject) => Promise<object>
  read: (form: Fields, lists: Lists) => Result<Change, readonly FieldError[]>
  title: (name: string, change: Change) => string
  doing: string
  work: (tx: TransactionSql, subject: Subject, change: Change) => Promise<Result<Done, Refusal>>
  told: (done: Done, name: string) => readonly string[]
  whyNot: (refusal: Refusal) => readonly FieldError[]
  /**
   * The pupil's facts whose place the answers take, and the question beside which their change by others is told. Where
   * the work looks for itself (`changePupil`), none.
   */
  replaces?: { facts: readonly string[]; beside: string }
  /** What is kept of a form even though it was refused. */
  refused?: (visit: Visit, subject: Subject, sent: { change: Change; refusal: Refusal }) => Promise<unknown>
}

type ChangedMeanwhile = { because: 'changed-meanwhile' } & Overtaken

const isOvertaken = (refusal: { because: string }): refusal is ChangedMeanwhile =>
  refusal.because === 'changed-meanwhile'

/** The page of a form about a pupil, at `/pupils/:pupilId/…`. */
export function pupilFormPage<Change, Done, Refusal extends { because: string }>(
  form: PupilForm<Change, Done, Refusal>,
): Page {
  const page = async (visit: Visit, subject: Subject, errors: readonly FieldError[]) => {
    const typed = Object.fromEntries(
      form.fields.map((name) => [camel(name), visit.form[name] ?? visit.query[name] ?? '']),
    )
    const view = {
      title: form.question(subject.name),
      back: paths.pupil(subject.pupil),
      seen: subject.seen,
      why: visit.form['why'] ?? '',
      errors,
      ...typed,
      ...(await form.offers?.(visit, subject)),
    }
    return (errors.length > 0 ? showAgain : show)(form.template, view, { pupils: [subject.pupil] })
  }

  return {
    path: form.path,
    allow: form.roles,
    change: form.roles,

    async get(asked) {
      const { visit, seen } = await openedOn(asked)
      const subject = await subjectOf(visit, seen)
      return subject ? page(visit, subject, []) : notFound
    },

    async post(sent) {
      const opened = await openedOn(sent)
      const { visit } = opened
      const subject = await subjectOf(visit, opened.seen)
      if (!subject) return notFound
      // A button that only asks for other choices; nothing is judged yet.
      if (visit.form['look'] !== undefined) return page(visit, subject, [])
      const read = form.read(visit.form, visit.formLists)
      if (!read.ok) return page(visit, subject, read.refusal)
      const title = form.title(subject.name, read.value)
      return askThenRecord(visit, {
        title,
        doing: form.doing,
        back: paths.pupil(subject.pupil),
        async work(tx): Promise<Result<Done, Refusal | ChangedMeanwhile>> {
          const facts = form.replaces?.facts ?? []
          const key = { pupil_id: subject.pupil }
          const by = await overtakenSince(
            tx,
            subject.seen,
            facts.map((table) => ({ table, key })),
          )
          return by ? refuse({ because: 'changed-meanwhile', ...by }) : form.work(tx, subject, read.value)
        },
        told: (done) => form.told(done, subject.name),
        again: async (refusal) => {
          const seen = seenAgain(opened, refusal)
          if (form.replaces && isOvertaken(refusal))
            return page(visit, { ...subject, seen }, changedMeanwhile(refusal, form.replaces.beside))
          const why = refusal as Refusal
          await form.refused?.(visit, subject, { change: read.value, refusal: why })
          return page(visit, { ...subject, seen }, form.whyNot(why))
        },
        done: { to: paths.pupil(subject.pupil), notice: `Recorded: ${title}.` },
        pupils: [subject.pupil],
      })
    },
  }
}

async function subjectOf({ params, sql, today, now }: Visit, seen: number): Promise<Subject | undefined> {
  const pupil = readId<'Pupil'>(params['pupilId'])
  const names = pupil && (await pupilNames(sql, [pupil], { on: today, knownAt: now }))
  const name = pupil && names?.get(pupil)
  if (!pupil || !name) return undefined
  return { pupil, name, seen, now }
}

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
