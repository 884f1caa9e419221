/** The days a school is shut and the times of its bells: whether anybody has to be fetched hangs on both. */
import { type DayPattern, daysInWords, everySchoolDay, readDays } from '#ground/pattern.ts'
import { ok } from '#ground/result.ts'
import { dayInWords, type PlainDate, timeInWords, type WallTime } from '#ground/time.ts'
import type { Question } from '#web/question.ts'
import { type Reading, reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { aboutSchool, type SchoolSubject } from './school-form.page.ts'
import { closeSchool, recordBells, recordTerm, reopenSchool } from './write-store.ts'

const shut = [
  { value: 'whole-day', text: 'Shut all day', hint: 'Snow, a burst boiler, a strike: nobody is fetched' },
  { value: 'morning', text: 'Shut in the morning' },
  { value: 'afternoon', text: 'Shut in the afternoon' },
  { value: 'inset', text: 'Staff training', hint: 'Shut to pupils all day' },
  { value: 'open', text: 'Open after all', hint: 'Takes back what was recorded for these days' },
] as const
type Shut = { what: (typeof shut)[number]['value']; firstDay: PlainDate; lastDay: PlainDate; reason: string }

export const schoolClosurePage = recordFormPage<SchoolSubject, Shut, null>({
  path: '/schools/:schoolId/closure',
  ...aboutSchool,
  question: ({ name }) => `When is ${name} shut?`,
  questions: () => [
    { ask: 'one', name: 'what', label: 'What happens', options: shut },
    { ask: 'day', name: 'first-day', label: 'First day' },
    { ask: 'day', name: 'last-day', label: 'Last day', hint: 'Empty means that day alone' },
    { ask: 'text', name: 'why', label: 'Why', hint: 'Families read it: “Snow”, for example' },
  ],
  asksWhy: true,
  standing: (_school, { today }) => ({ what: 'whole-day', 'first-day': today }),
  read(form) {
    const read = reading(form)
    const what = read.choice(
      'what',
      shut.map(({ value }) => value),
      'Say what happens on these days',
    )
    const firstDay = read.day('first-day', 'the first day')
    const lastDay = read.optionalDay('last-day') ?? firstDay
    if (firstDay && lastDay && lastDay < firstDay)
      read.wrong('last-day', `The last day is before ${dayInWords(firstDay)}, the first. Choose a later one`)
    const reason = read.optional('why') ?? ''
    if (what && what !== 'open' && what !== 'inset' && reason === '') read.wrong('why', 'Enter why')
    return read.answer(what && firstDay && lastDay && { what, firstDay, lastDay, reason })
  },
  title: ({ name }, { what, firstDay, lastDay }) =>
    `${name}: ${shut.find(({ value }) => value === what)?.text.toLowerCase()}, ${spanInWords(firstDay, lastDay)}`,
  doing: 'record it',
  async work(tx, { school }, { what, firstDay, lastDay, reason }) {
    if (what === 'open') await reopenSchool(tx, school, { firstDay, lastDay })
    else
      await closeSchool(tx, school, {
        kind: what === 'inset' ? 'inset' : 'closure',
        part: what === 'inset' ? 'whole-day' : what,
        reason: reason || 'Staff training',
        firstDay,
        lastDay,
      })
    return ok(null)
  },
  told: (_school, { what }) => [toldOf(what)],
})

function toldOf(what: Shut['what']): string {
  if (what === 'open') return 'Pupils travel on these days as on any other.'
  if (what === 'whole-day' || what === 'inset')
    return 'No pupil has to be fetched to this school, or taken home, on these days.'
  return 'Pupils still travel: runs may have to be made earlier or later. Tell operators and families.'
}

const spanInWords = (first: PlainDate, last: PlainDate): string =>
  first === last ? dayInWords(first) : `${dayInWords(first)} to ${dayInWords(last)}`

export type Hours = { opens: WallTime; closes: WallTime }
type Bells = Hours & { days: DayPattern; from: PlainDate }

export const schoolBellsPage = recordFormPage<SchoolSubject, Bells, null>({
  path: '/schools/:schoolId/bells',
  ...aboutSchool,
  question: ({ name }) => `When do the bells of ${name} ring?`,
  says: 'Runs keep the times they are planned for: whoever plans them must look at them after this.',
  questions: () => [
    {
      ask: 'text',
      name: 'days',
      label: 'On which days? (optional)',
      hint: 'Friday, for example. Empty means every school day.',
    },
    ...hoursQuestions,
    { ask: 'day', name: 'from', label: 'From' },
  ],
  read(form) {
    const read = reading(form)
    const typed = read.optional('days')
    const days = typed === undefined ? everySchoolDay : readDays(typed)
    if (!days) read.wrong('days', `"${typed}" names no days. Enter some like Monday to Thursday`)
    const hours = hoursIn(read)
    const from = read.day('from', 'the first day of the new bells')
    return read.answer(days && hours && from && { days, ...hours, from })
  },
  title: ({ name }, { days, opens, closes, from }) =>
    `${name}: ${timeInWords(opens)} to ${timeInWords(closes)}, ${daysInWords(days)}, from ${dayInWords(from)}`,
  doing: 'record the bells',
  async work(tx, { school }, bells) {
    await recordBells(tx, school, bells)
    return ok(null)
  },
  told: () => [
    'The bells of these days are these from then on. Planned times of runs do not move by themselves.',
  ],
})

/** What is asked of a school's day. */
export const hoursQuestions: readonly Question[] = [
  { ask: 'time', name: 'opens', label: 'Opens' },
  { ask: 'time', name: 'closes', label: 'Closes' },
]

/** When a school opens and closes, as typed; what is wrong with it is noted in the reading. */
export function hoursIn(read: Reading): Hours | undefined {
  const opens = read.time('opens', 'when the school opens')
  const closes = read.time('closes', 'when the school closes')
  if (!opens || !closes) return undefined
  if (closes > opens) return { opens, closes }
  return read.wrong(
    'closes',
    `It would close before ${timeInWords(opens)}, when it opens. Enter a later time`,
  )
}

export type Term = { name: string; firstDay: PlainDate; lastDay: PlainDate }

export const schoolTermPage = recordFormPage<SchoolSubject, Term, null>({
  path: '/schools/:schoolId/term',
  ...aboutSchool,
  question: ({ name }) => `Which term does ${name} keep?`,
  says: 'A school is open on the school days of its terms, but for bank holidays and the days it is shut.',
  questions: () => [
    { ask: 'text', name: 'name', label: 'Called', hint: 'Autumn, first half', width: 20 },
    { ask: 'day', name: 'first-day', label: 'First day' },
    { ask: 'day', name: 'last-day', label: 'Last day' },
  ],
  read(form) {
    const read = reading(form)
    return read.answer(termIn(read, 'name'))
  },
  title: ({ name: school }, { name, firstDay, lastDay }) =>
    `${school}: ${name}, ${spanInWords(firstDay, lastDay)}`,
  doing: 'record the term',
  async work(tx, { school }, term) {
    await recordTerm(tx, school, term)
    return ok(null)
  },
  told: () => ['What was recorded as a term on these days before gives way to this.'],
})

/** A term as typed, its name under `called`; what is wrong with it is noted in the reading. */
export function termIn(read: Reading, called: string): Term | undefined {
  const name = read.text(called, 'Enter what the term is called')
  const firstDay = read.day('first-day', 'the first day')
  const lastDay = read.day('last-day', 'the last day')
  if (firstDay && lastDay && lastDay < firstDay)
    read.wrong('last-day', `The last day is before ${dayInWords(firstDay)}, the first. Choose a later one`)
  return name && firstDay && lastDay ? { name, firstDay, lastDay } : undefined
}
