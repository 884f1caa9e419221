/** Puts a pupil on the register: who they are, where they live and learn. From then on no report leaves them out. */
import { type PupilId, readId, type SchoolId } from '#ground/ids.ts'
import { type Postcode, readPostcode } from '#ground/postcode.ts'
import { ok, refuse } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { withItsPoint } from '#imports/place-store'
import { schoolChoices } from '#schools/choice-store'
import { type FieldError, fieldError } from '#web/forms.ts'
import type { Fields } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import type { Question } from '#web/question.ts'
import { type Reading, reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import {
  type Home,
  type Particulars,
  type Placement,
  pupilWithUpn,
  recordHome,
  recordPlacement,
  registerPupil,
} from './write-store.ts'

type Subject = { schools: readonly { school: SchoolId; name: string }[]; today: PlainDate }
type Wanted = { who: Particulars; from: PlainDate; home: Home; placement: Placement }

const boarding = [
  { value: 'day', text: 'Day pupil' },
  {
    value: 'weekly',
    text: 'Boards in the week',
    hint: 'Travels in on the first open day and home on the last',
  },
  { value: 'termly', text: 'Boards in term' },
] as const

/** What is asked of who a pupil is. */
export const whoQuestions: readonly Question[] = [
  { ask: 'text', name: 'given-name', label: 'Given name', width: 20 },
  { ask: 'text', name: 'family-name', label: 'Family name', width: 20 },
  { ask: 'text', name: 'known-as', label: 'Called (optional)', width: 20 },
  { ask: 'day', name: 'born-on', label: 'Date of birth' },
  {
    ask: 'text',
    name: 'upn',
    label: 'Unique pupil number (optional)',
    hint: 'A letter and twelve characters',
    width: 20,
  },
  { ask: 'text', name: 'council-reference', label: 'Council number (optional)', width: 20 },
  { ask: 'text', name: 'plan', label: 'EHC plan number (optional)', width: 20 },
  { ask: 'text', name: 'need', label: 'Primary need (optional)' },
  { ask: 'yes', name: 'looked-after', label: 'Looked after by the council' },
]

export const newPupilPage = recordFormPage<Subject, Wanted, PupilId>({
  path: '/pupils/new',
  roles: ['eligibility-officer', 'transport-officer', 'manager'],
  subject: async ({ sql, today, now }) => ({
    schools: await schoolChoices(sql, { on: today, knownAt: now }),
    today,
  }),
  question: () => 'Who joins the register?',
  says: 'From their first day they are in every situation report. Search first: a child may be on the register already.',
  back: () => paths.pupils,
  questions: ({ schools }) => [
    ...whoQuestions,
    { ask: 'lines', rows: 4, name: 'address', label: 'Lives at' },
    { ask: 'text', name: 'postcode', label: 'Postcode', width: 10 },
    { ask: 'text', name: 'area', label: 'Area the reports count by (optional)', width: 20 },
    {
      ask: 'yes',
      name: 'protected',
      label: 'The address is protected',
      hint: 'Known to nobody outside the council',
    },
    {
      ask: 'choice',
      name: 'school',
      label: 'School',
      options: schools.map(({ school, name }) => ({ value: String(school), text: name })),
    },
    { ask: 'text', name: 'year-group', label: 'Year group (optional)', width: 5 },
    { ask: 'one', name: 'boarding', label: 'Attends as', options: boarding },
    { ask: 'day', name: 'from', label: 'First day on the register' },
  ],
  standing: ({ today }) => ({ boarding: 'day', from: today }),
  read(form, _lists, { today }) {
    const read = reading(form)
    const who = whoIn(read, form, today)
    const home = homeIn(read, form)
    const school = readId<'School'>(form['school']) ?? read.wrong('school', 'Choose a school')
    const attends = read.choice(
      'boarding',
      boarding.map(({ value }) => value),
      'Say how they attend',
    )
    const yearGroup = read.optional('year-group')
    const from = read.day('from', 'the first day on the register')
    return read.answer(
      who &&
        home &&
        school &&
        attends &&
        from && {
          who,
          home,
          from,
          placement: { school, boarding: attends, ...(yearGroup && { yearGroup }) },
        },
    )
  },
  title: (_subject, { who, from }) =>
    `${who.givenName} ${who.familyName} joins the register on ${dayInWords(from)}`,
  doing: 'put them on the register',
  async work(tx, _subject, { who, home, placement, from }) {
    const taken = await pupilWithUpn(tx, who.upn)
    if (taken) return refuse([upnIsTaken(who, taken)])
    const pupil = await registerPupil(tx, who, { from })
    await recordHome(tx, pupil, { ...(await withItsPoint(tx, home)), from })
    await recordPlacement(tx, pupil, { ...placement, from })
    return ok(pupil)
  },
  told: (_subject, { who }) => [
    `${who.givenName} is counted from then on, as not eligible until a decision is recorded.`,
    'Next: the decision, the travel need form, and who cares for them.',
  ],
  onward: (_subject, pupil) => paths.pupil(pupil),
})

/** Who a pupil is, as typed; what is wrong with it is noted in the reading. */
export function whoIn(read: Reading, form: Fields, today: PlainDate): Particulars | undefined {
  const givenName = read.text('given-name', 'Enter the given name')
  const familyName = read.text('family-name', 'Enter the family name')
  const bornOn = read.day('born-on', 'the date of birth')
  if (bornOn && bornOn > today)
    read.wrong('born-on', `${dayInWords(bornOn)} is yet to come. Enter a day gone by`)
  const upn = read.optional('upn')?.toUpperCase()
  if (upn && !/^[A-Z]\d{11}[\dA-Z]$/.test(upn))
    read.wrong(
      'upn',
      `"${upn}" is not a unique pupil number. Enter a letter and twelve characters, or leave it empty`,
    )
  if (!givenName || !familyName || !bornOn) return undefined
  const knownAs = read.optional('known-as')
  const councilReference = read.optional('council-reference')
  const ehcPlanNumber = read.optional('plan')
  const primaryNeed = read.optional('need')
  return {
    givenName,
    familyName,
    bornOn,
    lookedAfter: form['looked-after'] === 'yes',
    ...(knownAs && { knownAs }),
    ...(upn && { upn }),
    ...(councilReference && { councilReference }),
    ...(ehcPlanNumber && { ehcPlanNumber }),
    ...(primaryNeed && { primaryNeed }),
  }
}

/** Says whose a unique pupil number is already. */
export const upnIsTaken = ({ upn }: Particulars, { name }: { name: string }): FieldError =>
  fieldError('upn', `${upn} is the number of ${name} already. Enter another, or look at that pupil`)

function homeIn(read: Reading, form: Fields): Home | undefined {
  const address = read.text('address', 'Enter the address')
  const typed = read.text('postcode', 'Enter the postcode')
  const postcode: Postcode | undefined = typed === undefined ? undefined : readPostcode(typed)
  if (typed && !postcode)
    read.wrong('postcode', `"${typed}" is not a postcode of the United Kingdom. Enter one like WQ4 7AA`)
  const area = read.optional('area')
  if (!address || !postcode) return undefined
  return { address, postcode, protected: form['protected'] === 'yes', ...(area && { area }) }
}
