/** Records what was decided about a pupil: eligible on which grounds, pending, under appeal or refused. */
import type { PupilId } from '#ground/ids.ts'
import { readId } from '#ground/ids.ts'
import { addDays, dayInWords, type PlainDate } from '#ground/time.ts'
import { pupilNames } from '#pupils/name-store'
import { fieldError } from '#web/forms.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { type Decision, recordDecision } from './write-store.ts'

const states = [
  { value: 'eligible', text: 'Eligible', hint: 'On one ground or more' },
  { value: 'pending', text: 'Pending', hint: 'Asked for, and nobody has decided yet' },
  { value: 'under-appeal', text: 'Under appeal', hint: 'Refused, and the family has asked for a review' },
  { value: 'refused', text: 'Refused', hint: 'On no ground' },
] as const
/** Education Act 1996, s.508B and Schedule 35B; the last is the council's own (s.508C). */
const grounds = [
  { value: 'cannot-reasonably-walk', text: 'Special needs, disability or mobility: cannot reasonably walk' },
  { value: 'beyond-walking-distance', text: 'Beyond walking distance' },
  { value: 'no-safe-walking-route', text: 'No safe walking route' },
  { value: 'low-income', text: 'Low income: extended rights' },
  { value: 'discretion', text: 'At the council’s discretion' },
]

type Subject = { pupil: PupilId; name: string }

export const decisionPage = recordFormPage<Subject, Omit<Decision, 'pupil'>, null>({
  path: '/pupils/:pupilId/eligibility',
  roles: ['eligibility-officer', 'manager'],
  async subject({ sql, params, today, now }) {
    const pupil = readId<'Pupil'>(params['pupilId'])
    const name = pupil && (await pupilNames(sql, [pupil], { on: today, knownAt: now })).get(pupil)
    return pupil && name ? { pupil, name } : undefined
  },
  question: ({ name }) => `What was decided about ${name}?`,
  says: 'You will see what it does to their travel before anything is recorded.',
  back: ({ pupil }) => paths.pupil(pupil),
  pupils: ({ pupil }) => [pupil],
  questions: () => [
    { ask: 'one', name: 'state', label: 'Decision', options: states },
    {
      ask: 'several',
      name: 'grounds',
      label: 'Grounds',
      hint: 'For an eligible pupil: every one that is met',
      options: grounds,
    },
    { ask: 'text', name: 'decided-by', label: 'Decided by', width: 20 },
    { ask: 'day', name: 'decided-on', label: 'Decided on' },
    { ask: 'text', name: 'guidance', label: 'Under which guidance', hint: 'Its name and version' },
    {
      ask: 'text',
      name: 'conditions',
      label: 'Conditions (optional)',
      hint: 'A school named on condition that the parent pays, for example',
    },
    { ask: 'day', name: 'from', label: 'Holds from' },
    { ask: 'day', name: 'until', label: 'Holds until (optional)', hint: 'The last day, that day included' },
    { ask: 'day', name: 'review-on', label: 'Looked at again on (optional)' },
  ],
  replaces: ({ pupil }) => [{ table: 'eligibility', key: { pupil_id: pupil } }],
  standing: (_pupil, { person, today }) => ({
    'decided-by': person.name,
    'decided-on': today,
    guidance: 'Travel to school for children of compulsory school age, January 2024',
  }),
  read(form, lists) {
    const read = reading(form)
    const state = read.choice(
      'state',
      states.map(({ value }) => value),
      'Say what was decided',
    )
    const from = read.day('from', 'the first day on which it holds')
    const until = read.optionalDay('until')
    if (from && until && until < from)
      read.wrong('until', `It would end before ${dayInWords(from)}, when it begins. Choose a later day`)
    return read.answer(state && from && decisionIn(read, { state, from, until, met: lists['grounds'] ?? [] }))
  },
  title: ({ name }, { state, from }) =>
    `${name}: ${states.find(({ value }) => value === state)?.text.toLowerCase()} from ${dayInWords(from)}`,
  doing: 'record the decision',
  async work(tx, { pupil }, decision) {
    const done = await recordDecision(tx, { pupil, ...decision })
    if (done.ok) return done
    return {
      ok: false,
      refusal:
        done.refusal.because === 'no-ground'
          ? [fieldError('grounds', 'Tick the ground or grounds that are met: without one nobody is eligible')]
          : [fieldError('decided-by', 'Enter who decided: a decision is somebody’s')],
    }
  },
  told: ({ name }, { state }) => [toldOf(name, state)],
})

type Typed = {
  state: Decision['state']
  from: PlainDate
  until: PlainDate | undefined
  met: readonly string[]
}

function decisionIn(
  read: ReturnType<typeof reading>,
  { state, from, until, met }: Typed,
): Omit<Decision, 'pupil'> {
  const decidedBy = read.optional('decided-by')
  const decidedOn = read.optionalDay('decided-on')
  const guidance = read.optional('guidance')
  const conditions = read.optional('conditions')
  const reviewOn = read.optionalDay('review-on')
  return {
    state,
    from,
    until: until === undefined ? null : addDays(until, 1),
    grounds: state === 'eligible' ? grounds.map(({ value }) => value).filter((one) => met.includes(one)) : [],
    ...(decidedBy && { decidedBy }),
    ...(decidedOn && { decidedOn }),
    ...(guidance && { guidance }),
    ...(conditions && { conditions }),
    ...(reviewOn && { reviewOn }),
  }
}

function toldOf(name: string, state: Decision['state']): string {
  switch (state) {
    case 'eligible':
      return `${name} must be carried on school days from then on.`
    case 'pending':
    case 'under-appeal':
      return `What carries ${name} goes on; without anything, they stand as “decision pending”.`
    case 'refused':
      return `${name} need not be carried from then on. Seats stay until somebody gives them up.`
  }
}
