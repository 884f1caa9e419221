/** What becomes of each pupil of a year group on one day, and what that does to their travel before it is recorded. */
import { readId, type SchoolId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { dayInWords, type PlainDate, readPlainDate } from '#ground/time.ts'
import { schoolChoices } from '#schools/choice-store'
import { withQuery } from '#web/address.ts'
import { askThenRecord } from '#web/change.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { openedOn, seenAgain } from '#web/meanwhile.ts'
import {
  type Fields,
  notFound,
  type Page,
  type Reply,
  redirect,
  show,
  showAgain,
  type Visit,
} from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { refusalInWords } from './pupil-change.view.ts'
import { type Decision, type YearPupil, yearAfter, yearInWords } from './transfer.ts'
import { transferTold } from './transfer.view.ts'
import { pupilsOfYear, type TransferRefused, transferYear } from './transfer-store.ts'

const movers = ['transport-officer', 'eligibility-officer', 'manager'] as const

type Choice = { school: SchoolId; name: string }
type Year = {
  yearGroup: string
  from: PlainDate
  usual: string
  pupils: readonly YearPupil[]
  schools: readonly Choice[]
  seen: number
}

export const transferYearPage: Page = {
  path: '/pupils/transfers/year',
  allow: movers,
  change: movers,

  async get(asked) {
    const { visit, seen } = await openedOn(asked)
    const year = await yearOf(visit, seen)
    return year ? page(visit, year, []) : redirect(withQuery(paths.transfers, visit.queryLists))
  },

  async post(sent) {
    const opened = await openedOn(sent)
    const { visit } = opened
    const year = await yearOf(visit, opened.seen)
    if (!year) return notFound
    const read = decisionsIn(visit.form, year)
    if (!read.ok) return page(visit, year, read.refusal)
    const { yearGroup, from, seen } = year
    const decisions = read.value
    return askThenRecord(visit, {
      title: `${yearInWords(yearGroup)} from ${dayInWords(from)}: ${decisions.length === 1 ? 'one pupil' : `${decisions.length} pupils`}`,
      doing: 'record it for all of them',
      back: paths.transfers,
      work: (tx) => transferYear(tx, { yearGroup, from, decisions, seen }),
      told: ({ transferred }) =>
        transferTold(transferred, {
          undecided: year.pupils.length - decisions.length,
          next: yearAfter(yearGroup),
        }),
      again: (refusal) => page(visit, { ...year, seen: seenAgain(opened, refusal.why) }, whyNot(refusal)),
      done: ({ revision }) => ({
        to: paths.transfer(revision),
        notice: 'Recorded for all of them, as one change.',
      }),
      pupils: decisions.map(({ pupil }) => pupil),
    })
  },
}

async function yearOf({ sql, query, today, now }: Visit, seen: number): Promise<Year | undefined> {
  const asAt = { on: today, knownAt: now }
  const yearGroup = query['year'] ?? ''
  const from = readPlainDate(query['from'] ?? '')
  if (yearGroup === '' || !from) return undefined
  const [pupils, schools] = await Promise.all([
    pupilsOfYear(sql, { yearGroup, from, school: readId<'School'>(query['school']) }, asAt),
    schoolChoices(sql, asAt),
  ])
  return { yearGroup, from, pupils, schools, seen, usual: query['usual'] ?? '' }
}

const does = ['', 'stays', 'moves', 'leaves'] as const

/** What was chosen for each pupil; those left undecided are left out. */
function decisionsIn(form: Fields, { pupils, schools }: Year): Result<Decision[], FieldError[]> {
  const named = new Map(schools.map((one) => [one.name.toLowerCase(), one]))
  const errors: FieldError[] = []
  const decisions = pupils.flatMap((one): Decision[] => {
    const { pupil, name } = one
    const typed = form[`school-${pupil}`]?.trim() ?? ''
    const chosen = does.find((value) => value === form[`does-${pupil}`]) || (typed === '' ? '' : 'moves')
    if (chosen === '') return []
    if (chosen !== 'moves') return [{ pupil, name, does: chosen }]
    const to = named.get(typed.toLowerCase())
    const wrong = whyNoSchool(one, { typed, to })
    if (to && !wrong) return [{ pupil, name, does: 'moves', to: to.school, toName: to.name }]
    errors.push(fieldError(`school-${pupil}`, wrong ?? ''))
    return []
  })
  if (errors.length > 0) return refuse(errors)
  const [first] = pupils
  if (decisions.length === 0)
    return refuse([fieldError(`does-${first?.pupil ?? ''}`, 'Choose what becomes of one pupil at least')])
  return ok(decisions)
}

function whyNoSchool(
  { name, school }: YearPupil,
  { typed, to }: { typed: string; to: Choice | undefined },
): string | undefined {
  if (typed === '') return `Enter the school ${name} moves to`
  if (!to) return `"${typed}" is no school on the register. Enter the whole name of the one ${name} moves to`
  return to.school === school
    ? `${name} is at ${to.name} already. Enter another school, or choose that they stay`
    : undefined
}

const whyNot = ({ pupil, name, why }: TransferRefused): FieldError[] =>
  refusalInWords(why, `does-${pupil}`).map(({ text, href }) => ({ text: `${name}: ${text}`, href }))

function page({ form }: Visit, year: Year, errors: readonly FieldError[]): Reply {
  const { yearGroup, from, usual, pupils, schools, seen } = year
  const sent = Object.keys(form).length > 0
  const view = {
    title: `What becomes of ${yearInWords(yearGroup)}?`,
    caption: `From ${dayInWords(from)}; the days before stay as they are`,
    back: paths.transfers,
    seen,
    why: form['why'] ?? '',
    errors,
    submit: 'Show what this does',
    schools: schools.map(({ name }) => name),
    pupils: pupils.map((one) => rowView(one, { form, sent, usual, next: yearAfter(yearGroup) })),
  }
  const about = { pupils: pupils.map(({ pupil }) => pupil) }
  return (errors.length > 0 ? showAgain : show)('changeover/transfer-year.njk', view, about)
}

type Typed = { form: Fields; sent: boolean; usual: string; next: string }

function rowView({ pupil, name, schoolName, seats, planned }: YearPupil, { form, sent, usual, next }: Typed) {
  const chosen = sent ? (form[`does-${pupil}`] ?? '') : planned === null ? usual : ''
  const seated = seats.length === 0 ? 'no seat from then on' : `seat on ${seats.join(', ')}`
  return {
    name,
    hint: `${schoolName}; ${seated}${planned === null ? '' : `; goes to ${planned} already`}`,
    does: `does-${pupil}`,
    school: `school-${pupil}`,
    typed: form[`school-${pupil}`] ?? '',
    items: [
      { value: '', text: 'Not decided yet' },
      { value: 'moves', text: 'Moves to another school' },
      { value: 'stays', text: `Stays, in ${yearInWords(next)}` },
      { value: 'leaves', text: 'Leaves' },
    ].map((item) => ({ ...item, selected: item.value === chosen })),
  }
}
