/**
 * Asked first, done after: the two steps of every form that changes what carries children. The first shows what the
 * change would do; the second does it, and is refused by the same rule as every other way in.
 */
import type { TransactionSql } from 'postgres'
import { namesInRole } from '#access/account-store'
import { acceptGaps, previewChange, recordChange, type Worsening } from '#changeover/store'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result } from '#ground/result.ts'
import { addDays, dayInWords, type PlainDate, readPlainDate } from '#ground/time.ts'
import { pupilNames } from '#pupils/name-store'
import { interlockView } from './change.view.ts'
import { type FieldError, fieldError } from './forms.ts'
import { type Reply, redirect, show, showAgain, type Visit } from './page.ts'

export type AskedChange<T, R> = {
  /** `Ffion Price-Hargreaves leaves on 11 February 2022`: the heading of the page, and what is kept as the reason. */
  title: string
  /** What is about to be done, as a button says it: `record that she leaves`. */
  doing: string
  back: string
  work: (tx: TransactionSql) => Promise<Result<T, R>>
  /** What it did, a line each, told before it is done. */
  told: (value: T) => readonly string[]
  /** The form again, with why its own rules refuse it. */
  again: (refusal: R) => Reply | Promise<Reply>
  /** Where to go when it is done, and what to say there. */
  done: After | ((value: T) => After)
  pupils: readonly PupilId[]
}

type After = { to: string; notice: string }

const RECORD = 'record'

/** Shows what a change would do, or, when that was seen and is confirmed, does it. */
export async function askThenRecord<T, R>(visit: Visit, asked: AskedChange<T, R>): Promise<Reply> {
  const { sql, person, form, request } = visit
  const why = form['why']?.trim()
  const author = { by: person.id, request, reason: why ? `${asked.title}: ${why}` : asked.title }
  const shown = await previewChange(sql, author, asked.work)
  if (!shown.ok) return asked.again(shown.refusal)

  const { worse, value } = shown.value
  const review = { asked, worse, told: asked.told(value) }
  if (form['step'] !== RECORD) return reviewPage(visit, review)

  const acceptance = form['accept'] === 'yes' ? acceptanceIn(visit, worse) : undefined
  if (acceptance && 'errors' in acceptance) return reviewPage(visit, { ...review, errors: acceptance.errors })
  const done = await recordChange(sql, author, async (tx): Promise<Result<T, R>> => {
    if (acceptance) {
      const gaps = worse.filter(({ accepted }) => !accepted)
      await acceptGaps(tx, gaps, { ...acceptance, by: person.id, change: asked.title })
    }
    const value = await asked.work(tx)
    return value.ok ? ok(value.value) : value
  })
  if (done.ok) {
    const { to, notice } = typeof asked.done === 'function' ? asked.done(done.value) : asked.done
    return redirect(to, notice)
  }
  const { refusal } = done
  if (!isInterlock(refusal)) return asked.again(refusal)
  const errors = acceptance ? stillOpen(refusal.worse, acceptance.until) : []
  return reviewPage(visit, { ...review, worse: refusal.worse, errors })
}

export const isInterlock = <R>(
  refusal: R | { because: 'pupils-would-be-worse-off'; worse: readonly Worsening[] },
): refusal is { because: 'pupils-would-be-worse-off'; worse: readonly Worsening[] } =>
  (refusal as { because?: string }).because === 'pupils-would-be-worse-off'

type Review = {
  asked: Pick<AskedChange<never, never>, 'title' | 'doing' | 'back' | 'pupils'>
  worse: readonly Worsening[]
  told: readonly string[]
  errors?: readonly FieldError[]
}

async function reviewPage(visit: Visit, { asked, worse, told, errors = [] }: Review): Promise<Reply> {
  const { sql, person, form, formLists, today, now } = visit
  const open = worse.filter(({ accepted }) => !accepted)
  const mayAccept = person.roles.includes('manager')
  const pupils = [...new Set(worse.map(({ pupil }) => pupil))]
  const view = {
    title: asked.title,
    back: asked.back,
    errors,
    told,
    carried: Object.entries(formLists)
      .filter(([name]) => !['_csrf', 'step', 'accept', 'reason', 'until'].includes(name))
      .flatMap(([name, values]) => values.map((value) => ({ name, value }))),
    button: `${asked.doing.slice(0, 1).toUpperCase()}${asked.doing.slice(1)}`,
    interlock:
      open.length > 0 &&
      interlockView({
        worse: open,
        names: await pupilNames(sql, pupils, { on: today, knownAt: now }),
        doing: asked.doing,
        mayAccept,
        managers: mayAccept ? [] : await namesInRole(sql, 'manager', today),
        form,
      }),
  }
  const about = { pupils: [...new Set([...asked.pupils, ...pupils])] }
  return errors.length > 0 ? showAgain('change.njk', view, about) : show('change.njk', view, about)
}

type Acceptance = { reason: string; until: PlainDate }

/** Only a manager's acceptance is read; from anybody else it is none, and the interlock answers. */
export function acceptanceIn(
  { person, form }: Visit,
  worse: readonly Worsening[],
): Acceptance | { errors: FieldError[] } | undefined {
  if (!person.roles.includes('manager')) return undefined
  const reason = form['reason']?.trim() ?? ''
  const typed = form['until']?.trim() ?? ''
  const until = readPlainDate(typed)
  const [firstDay] = worse.map((one) => one.firstDay).sort()
  const errors: FieldError[] = []
  if (reason === '')
    errors.push(fieldError('reason', 'Enter why this cannot wait: it goes on the record under your name'))
  if (until === undefined) {
    errors.push(
      fieldError(
        'until',
        typed === '' ? 'Enter a last day' : `"${typed}" is not a day. Enter one like 2022-02-18`,
      ),
    )
  } else if (firstDay !== undefined && until < firstDay) {
    errors.push(
      fieldError('until', `Enter a day on or after ${dayInWords(firstDay)}, when the first is worse off`),
    )
  }
  if (errors.length > 0 || until === undefined) return { errors }
  return { reason, until }
}

/** The errors of an acceptance that ends before the last pupil is worse off. */
export function stillOpen(worse: readonly Worsening[], until: PlainDate): FieldError[] {
  const last = [until, ...worse.map(({ lastDay }) => lastDay)].sort().at(-1) ?? until
  const text = `Accepted until ${dayInWords(until)}, pupils would still be worse off from ${dayInWords(addDays(until, 1))} to ${dayInWords(last)}. Put a replacement in place from then, or choose a later day`
  return [fieldError('until', text)]
}
