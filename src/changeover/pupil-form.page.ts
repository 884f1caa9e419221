/** One shape for every form about a pupil: read, shown with what it would do, recorded. */
import type { TransactionSql } from 'postgres'
import type { ChangingRole } from '#access'
import { type PupilId, readId } from '#ground/ids.ts'
import type { Result } from '#ground/result.ts'
import type { Instant } from '#ground/time.ts'
import { pupilNames } from '#pupils/name-store'
import { askThenRecord } from '#web/change.ts'
import type { FieldError } from '#web/forms.ts'
import { seenAgain, seenBy } from '#web/meanwhile.ts'
import { type Fields, type Lists, notFound, type Page, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'

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
  /** What is kept of a form even though it was refused. */
  refused?: (visit: Visit, subject: Subject, change: Change) => Promise<unknown>
}

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

    async get(visit) {
      const subject = await subjectOf(visit)
      return subject ? page(visit, subject, []) : notFound
    },

    async post(visit) {
      const subject = await subjectOf(visit)
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
        work: (tx) => form.work(tx, subject, read.value),
        told: (done) => form.told(done, subject.name),
        again: async (refusal) => {
          await form.refused?.(visit, subject, read.value)
          const seen = await seenAgain(visit, { seen: subject.seen, refusal })
          return page(visit, { ...subject, seen }, form.whyNot(refusal))
        },
        done: { to: paths.pupil(subject.pupil), notice: `Recorded: ${title}.` },
        pupils: [subject.pupil],
      })
    },
  }
}

async function subjectOf(visit: Visit): Promise<Subject | undefined> {
  const { params, sql, today, now } = visit
  const pupil = readId<'Pupil'>(params['pupilId'])
  const names = pupil && (await pupilNames(sql, [pupil], { on: today, knownAt: now }))
  const name = pupil && names?.get(pupil)
  if (!pupil || !name) return undefined
  return { pupil, name, seen: await seenBy(visit), now }
}

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
