/** Puts a school on the register, with where vehicles stop and when it is open; and changes what is known of it. */
import type { SchoolId } from '#ground/ids.ts'
import { ok, refuse } from '#ground/result.ts'
import { dayInWords, type PlainDate, timeInWords } from '#ground/time.ts'
import { withItsPoint } from '#imports/place-store'
import { type FieldError, fieldError } from '#web/forms.ts'
import { paths } from '#web/paths.ts'
import type { Question } from '#web/question.ts'
import { type Reading, reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { type Hours, hoursIn, hoursQuestions, type Term, termIn } from './calendar.page.ts'
import { stoppingIn, stoppingQuestions } from './entrance.page.ts'
import { aboutSchool, type SchoolSubject } from './school-form.page.ts'
import { kindInWords, schoolKinds } from './school-kind.ts'
import {
  recordBells,
  recordEntrance,
  recordSchool,
  recordTerm,
  restateSchool,
  type SchoolParticulars,
  schoolWithUrn,
} from './write-store.ts'

const particularsQuestions = (kinds: readonly string[]): Question[] => [
  { ask: 'text', name: 'name', label: 'Name' },
  {
    ask: 'choice',
    name: 'kind',
    label: 'Kind',
    options: kinds.map((value) => ({ value, text: kindInWords(value) })),
  },
  {
    ask: 'text',
    name: 'phase',
    label: 'Phase (optional)',
    hint: 'Primary, secondary, all-through',
    width: 20,
  },
  {
    ask: 'text',
    name: 'urn',
    label: 'URN (optional)',
    hint: 'Its six figures in the register of schools',
    width: 10,
  },
  { ask: 'text', name: 'area', label: 'Area the reports count by (optional)', width: 20 },
  { ask: 'text', name: 'phone', label: 'Telephone (optional)', width: 20 },
  { ask: 'text', name: 'email', label: 'Email (optional)' },
]

function particularsIn(read: Reading, kinds: readonly string[]): SchoolParticulars | undefined {
  const name = read.text('name', 'Enter the name of the school')
  const kind = read.choice('kind', kinds, 'Choose the kind of school')
  const urn = read.optional('urn')
  if (urn && !/^\d{6}$/.test(urn))
    read.wrong('urn', `"${urn}" is not a URN. Enter six figures like 118932, or leave it empty`)
  const email = read.optionalEmail('email')
  const phase = read.optional('phase')
  const area = read.optional('area')
  const phone = read.optional('phone')
  if (!name || !kind) return undefined
  return {
    name,
    kind,
    ...(urn && { urn }),
    ...(phase && { phase: phase.toLowerCase() }),
    ...(area && { area }),
    ...(phone && { phone }),
    ...(email && { email }),
  }
}

/** The kinds to choose from for a school: the usual ones, and its own where a file brought another. */
const kindsFor = ({ record }: SchoolSubject): string[] => [...new Set([...schoolKinds, record.kind])]

type NewSchool = {
  particulars: SchoolParticulars
  stopping: ReturnType<typeof stoppingIn>
  hours: Hours | undefined
  term: Term | undefined
  from: PlainDate
}

export const newSchoolPage = recordFormPage<{ today: PlainDate }, NewSchool, SchoolId>({
  path: '/schools/new',
  roles: aboutSchool.roles,
  subject: async ({ today }) => ({ today }),
  question: () => 'Which school joins the register?',
  says: 'Search first: it may be on the register already.',
  back: () => paths.schools,
  questions: () => [
    ...particularsQuestions(schoolKinds),
    ...stoppingQuestions,
    ...hoursQuestions.map((one) => ({ ...one, label: `${one.label} (optional)` })),
    {
      ask: 'text',
      name: 'term',
      label: 'First term it keeps (optional)',
      hint: 'Autumn, first half',
      width: 20,
    },
    { ask: 'day', name: 'first-day', label: 'First day of that term (optional)' },
    { ask: 'day', name: 'last-day', label: 'Last day of that term (optional)' },
    { ask: 'day', name: 'from', label: 'On the register from' },
  ],
  standing: ({ today }) => ({ from: today }),
  read(form) {
    const read = reading(form)
    const particulars = particularsIn(read, schoolKinds)
    const stopping = stoppingIn(read)
    const hours = form['opens'] || form['closes'] ? hoursIn(read) : undefined
    const term = form['term'] || form['first-day'] || form['last-day'] ? termIn(read, 'term') : undefined
    const from = read.day('from', 'the first day on the register')
    return read.answer(particulars && from && { particulars, stopping, hours, term, from })
  },
  title: (_subject, { particulars, from }) => `${particulars.name} joins the register on ${dayInWords(from)}`,
  doing: 'put it on the register',
  async work(tx, _subject, { particulars, stopping, hours, term, from }) {
    const taken = await schoolWithUrn(tx, particulars.urn)
    if (taken) return refuse([urnIsTaken(particulars, taken)])
    const school = await recordSchool(tx, { ...particulars, from })
    if (Object.keys(stopping).length > 0)
      await recordEntrance(tx, school, { ...(await withItsPoint(tx, stopping)), from })
    if (hours) await recordBells(tx, school, { ...hours, from })
    if (term) await recordTerm(tx, school, term)
    return ok(school)
  },
  told: (_subject, { stopping, hours, term }) => [
    ...(Object.keys(stopping).length > 0
      ? []
      : ['Where vehicles stop is not known yet: record an entrance next.']),
    hours
      ? `Its bells ring at ${timeInWords(hours.opens)} and ${timeInWords(hours.closes)} every school day.`
      : 'Its bells are not known yet: record them next.',
    ...(term
      ? []
      : ['Until a term is recorded it counts as open every weekday, so that nobody is overlooked.']),
  ],
  onward: (_subject, school) => paths.school(school),
})

type Changed = { particulars: SchoolParticulars; from: PlainDate }

export const schoolParticularsPage = recordFormPage<SchoolSubject, Changed, null>({
  path: '/schools/:schoolId/particulars',
  ...aboutSchool,
  question: ({ name }) => `What changes about ${name}?`,
  questions: (school) => [
    ...particularsQuestions(kindsFor(school)),
    { ask: 'day', name: 'from', label: 'From' },
  ],
  replaces: ({ school }) => [{ table: 'school_particulars', key: { school_id: school } }],
  standing: ({ record }, { today }) => ({
    name: record.name,
    kind: record.kind,
    phase: record.phase ?? '',
    urn: record.urn ?? '',
    area: record.area ?? '',
    phone: record.phone ?? '',
    email: record.email ?? '',
    from: today,
  }),
  read(form, _lists, school) {
    const read = reading(form)
    const particulars = particularsIn(read, kindsFor(school))
    const from = read.day('from', 'the first day of it')
    return read.answer(particulars && from && { particulars, from })
  },
  title: ({ name }, { particulars, from }) =>
    particulars.name === name
      ? `${name}: particulars from ${dayInWords(from)}`
      : `${name} is called ${particulars.name} from ${dayInWords(from)}`,
  doing: 'record it',
  async work(tx, { school }, { particulars, from }) {
    const taken = await schoolWithUrn(tx, particulars.urn)
    if (taken && taken.school !== school) return refuse([urnIsTaken(particulars, taken)])
    await restateSchool(tx, school, { ...particulars, from })
    return ok(null)
  },
  told: () => ['Nobody’s travel changes by it. What was known before stays as it was for the days before.'],
})

const urnIsTaken = ({ urn }: SchoolParticulars, { name }: { name: string }): FieldError =>
  fieldError('urn', `${urn} is the URN of ${name} already. Enter another, or look at that school`)
