/** On which half-days a pupil attends which school: part of the week, two schools, a planned change; and absences. */
import { type PupilId, readId, type SchoolId } from '#ground/ids.ts'
import {
  daysInWords,
  daysOfHalfDays,
  everySchoolHalfDay,
  type HalfDayPattern,
  halfDayPatternOf,
  readDays,
  slotsOf,
} from '#ground/pattern.ts'
import { ok } from '#ground/result.ts'
import { addDays, dayInWords, type PlainDate } from '#ground/time.ts'
import { schoolChoices } from '#schools/choice-store'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { pupilNames } from './name-store.ts'
import { recordAbsence, recordPlacement } from './write-store.ts'

type Schools = readonly { school: SchoolId; name: string }[]
type Subject = { pupil: PupilId; name: string; schools: Schools }
type Place = {
  school: SchoolId
  pattern: HalfDayPattern
  yearGroup: string | undefined
  boarding: 'day' | 'weekly' | 'termly'
  role: 'main' | 'dual'
  from: PlainDate
  lastDay: PlainDate | undefined
}

const roles = ['transport-officer', 'eligibility-officer', 'manager'] as const

async function subject({ sql, params, today, now }: Visit): Promise<Subject | undefined> {
  const asAt = { on: today, knownAt: now }
  const pupil = readId<'Pupil'>(params['pupilId'])
  const name = pupil && (await pupilNames(sql, [pupil], asAt)).get(pupil)
  return pupil && name ? { pupil, name, schools: await schoolChoices(sql, asAt) } : undefined
}

const halves = [
  { value: 'all-day', text: 'All day' },
  { value: 'morning', text: 'Mornings' },
  { value: 'afternoon', text: 'Afternoons' },
] as const
const boardings = [
  { value: 'day', text: 'Day pupil' },
  { value: 'weekly', text: 'Boards in the week' },
  { value: 'termly', text: 'Boards in term' },
] as const
const roleOptions = [
  { value: 'main', text: 'Their school' },
  { value: 'dual', text: 'A second school beside it' },
] as const
const valuesOf = <V extends string>(options: readonly { value: V }[]): V[] =>
  options.map(({ value }) => value)

export const placementPage = recordFormPage<Subject, Place, null>({
  path: '/pupils/:pupilId/placement',
  roles,
  subject,
  question: ({ name }) => `When does ${name} attend where?`,
  says: 'For part of a week, a second school, or a place that begins and ends on planned days. To change school altogether, record that they move school.',
  back: ({ pupil }) => paths.pupil(pupil),
  pupils: ({ pupil }) => [pupil],
  questions: ({ schools }) => [
    {
      ask: 'choice',
      name: 'school',
      label: 'School',
      options: schools.map(({ school, name }) => ({ value: String(school), text: name })),
    },
    { ask: 'one', name: 'role', label: 'It is', options: roleOptions },
    {
      ask: 'text',
      name: 'days',
      label: 'On which days? (optional)',
      hint: 'Monday to Wednesday, for example. Empty means every school day.',
    },
    { ask: 'one', name: 'half', label: 'For which part of the day?', options: halves },
    { ask: 'one', name: 'boarding', label: 'Attends as', options: boardings },
    { ask: 'text', name: 'year-group', label: 'Year group (optional)', width: 5 },
    { ask: 'day', name: 'from', label: 'First day' },
    { ask: 'day', name: 'last-day', label: 'Last day (optional)' },
  ],
  standing: () => ({ half: 'all-day', boarding: 'day', role: 'main' }),
  read(form) {
    const read = reading(form)
    const school = read.id<'School'>('school', 'Choose a school')
    const role = read.choice('role', valuesOf(roleOptions), 'Say which it is')
    const half = read.choice('half', valuesOf(halves), 'Say for which part of the day')
    const boarding = read.choice('boarding', valuesOf(boardings), 'Say how they attend')
    const typed = read.optional('days')
    const days = typed === undefined ? undefined : readDays(typed)
    if (typed !== undefined && !days)
      read.wrong('days', `"${typed}" names no days. Enter some like Monday to Wednesday`)
    const from = read.day('from', 'the first day')
    const lastDay = read.optionalDay('last-day')
    if (from && lastDay && lastDay < from)
      read.wrong('last-day', `The last day is before ${dayInWords(from)}, the first. Choose a later one`)
    const yearGroup = read.optional('year-group')
    return read.answer(
      school &&
        role &&
        half &&
        boarding &&
        from && { school, role, boarding, from, lastDay, yearGroup, pattern: halfDaysOf(days, half) },
    )
  },
  title: ({ name, schools }, { school, pattern, from }) =>
    `${name} attends ${schools.find((one) => one.school === school)?.name ?? 'the school'}, ${daysInWords(daysOfHalfDays(pattern))}, from ${dayInWords(from)}`,
  doing: 'record the place',
  async work(tx, { pupil }, { lastDay, yearGroup, ...place }) {
    await recordPlacement(tx, pupil, {
      ...place,
      until: lastDay === undefined ? null : addDays(lastDay, 1),
      ...(yearGroup && { yearGroup }),
    })
    return ok(null)
  },
  told: ({ name }) => [
    `What was recorded for these half-days before gives way to this; on the others ${name} attends where they did.`,
    'Seats are not touched: look at the week on the pupil’s page.',
  ],
})

/** The half-days named by whole days and a part of them; every school day where no day is named. */
function halfDaysOf(
  days: ReturnType<typeof readDays>,
  half: (typeof halves)[number]['value'],
): HalfDayPattern {
  const named = days === undefined ? slotsOf(daysOfHalfDays(everySchoolHalfDay)) : slotsOf(days)
  const parts = half === 'all-day' ? [0, 1] : half === 'morning' ? [0] : [1]
  return halfDayPatternOf(named.flatMap((day) => parts.map((part) => 2 * day + part)))
}

type Absence = { firstDay: PlainDate; lastDay: PlainDate; notifiedBy: string; reason: string | undefined }

export const absencePage = recordFormPage<Subject, Absence, null>({
  path: '/pupils/:pupilId/absence',
  roles: ['transport-officer', 'manager'],
  subject,
  question: ({ name }) => `When is ${name} away?`,
  says: 'On these days nobody need fetch them. Their seat is kept.',
  back: ({ pupil }) => paths.pupil(pupil),
  pupils: ({ pupil }) => [pupil],
  questions: () => [
    { ask: 'day', name: 'first-day', label: 'First day away' },
    { ask: 'day', name: 'last-day', label: 'Last day away', hint: 'Empty means that day alone' },
    { ask: 'text', name: 'notified-by', label: 'Who told us', hint: 'Mother, by telephone' },
    { ask: 'text', name: 'why', label: 'Why they are away (optional)' },
  ],
  asksWhy: true,
  standing: (_pupil, { today }) => ({ 'first-day': today }),
  read(form) {
    const read = reading(form)
    const firstDay = read.day('first-day', 'the first day away')
    const lastDay = read.optionalDay('last-day') ?? firstDay
    if (firstDay && lastDay && lastDay < firstDay)
      read.wrong('last-day', `The last day is before ${dayInWords(firstDay)}, the first. Choose a later one`)
    const notifiedBy = read.text('notified-by', 'Enter who told us')
    const reason = read.optional('why')
    return read.answer(firstDay && lastDay && notifiedBy && { firstDay, lastDay, notifiedBy, reason })
  },
  title: ({ name }, { firstDay, lastDay }) =>
    `${name} is away ${firstDay === lastDay ? 'on' : 'from'} ${dayInWords(firstDay)}${firstDay === lastDay ? '' : ` to ${dayInWords(lastDay)}`}`,
  doing: 'record the absence',
  async work(tx, { pupil }, absence) {
    await recordAbsence(tx, pupil, absence)
    return ok(null)
  },
  told: () => ['Tell the operator, so that nobody waits at the door.'],
})
