/** A pupil gives up what carries them, or their parent takes consent back. What that leaves them with is shown first. */
import { type PupilId, readId } from '#ground/ids.ts'
import { ok, refuse } from '#ground/result.ts'
import { addDays, dayInWords, type PlainDate } from '#ground/time.ts'
import { pupilNames } from '#pupils/name-store'
import {
  type ByConsent,
  consentsHeld,
  endTravel,
  withdrawConsent,
} from '#travel-arrangements/arrangement-store'
import { fieldError } from '#web/forms.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { directionInWords } from '#web/travel-state.view.ts'

type Subject = { pupil: PupilId; name: string; consents: readonly ByConsent[] }

async function subject({ sql, params, today, now }: Visit): Promise<Subject | undefined> {
  const asAt = { on: today, knownAt: now }
  const pupil = readId<'Pupil'>(params['pupilId'])
  const name = pupil && (await pupilNames(sql, [pupil], asAt)).get(pupil)
  return pupil && name ? { pupil, name, consents: await consentsHeld(sql, pupil, asAt) } : undefined
}

const aboutPupil = {
  subject,
  back: ({ pupil }: Subject) => paths.pupil(pupil),
  pupils: ({ pupil }: Subject) => [pupil],
}

const ways = [
  { value: 'both', text: 'Both ways' },
  { value: '1', text: directionInWords(1) },
  { value: '2', text: directionInWords(2) },
] as const
type Ended = { way: (typeof ways)[number]['value']; lastDay: PlainDate }

export const travelEndsPage = recordFormPage<Subject, Ended, null>({
  path: '/pupils/:pupilId/arrangement/end',
  roles: ['transport-officer', 'manager'],
  ...aboutPupil,
  question: ({ name }) => `When does what carries ${name} end?`,
  says: 'A seat given up, an allowance or a taxi that is no longer wanted. To put something else in its place, find a seat or record another arrangement instead.',
  questions: () => [
    { ask: 'one', name: 'way', label: 'Which way?', options: ways },
    { ask: 'day', name: 'last-day', label: 'Last day' },
  ],
  standing: () => ({ way: 'both' }),
  read(form) {
    const read = reading(form)
    const way = read.choice(
      'way',
      ways.map(({ value }) => value),
      'Choose which way',
    )
    const lastDay = read.day('last-day', 'the last day')
    return read.answer(way && lastDay && { way, lastDay })
  },
  title: ({ name }, { way, lastDay }) =>
    `${name}: nothing is arranged after ${dayInWords(lastDay)}${way === 'both' ? '' : `, ${directionInWords(Number(way) as 1 | 2).toLowerCase()}`}`,
  doing: 'record that it ends',
  async work(tx, { pupil }, { way, lastDay }) {
    const directions = way === 'both' ? ([1, 2] as const) : [Number(way) as 1 | 2]
    const cut = await endTravel(tx, { pupil, directions, from: addDays(lastDay, 1) })
    if (cut > 0) return ok(null)
    const text = `Nothing is arranged after ${dayInWords(lastDay)} as it is. Choose an earlier day`
    return refuse([fieldError('last-day', text)])
  },
  told: ({ name }) => [
    `${name} keeps their place on the register, and is carried by nothing from the day after.`,
  ],
})

const kindNames: Readonly<Record<ByConsent, string>> = {
  'personal-travel-budget': 'A personal travel budget',
  mileage: 'Mileage',
  'travel-training': 'Travel training',
}
type Withdrawn = { kind: ByConsent; from: PlainDate }

export const consentWithdrawnPage = recordFormPage<Subject, Withdrawn, null>({
  path: '/pupils/:pupilId/consent/withdrawn',
  roles: ['transport-officer', 'eligibility-officer', 'manager'],
  ...aboutPupil,
  question: ({ name }) => `Which consent of ${name}’s family is taken back?`,
  says: ({ consents }) =>
    consents.length === 0
      ? 'No consent is recorded today: there is none to take back.'
      : 'A family may take consent back at any time. The council must then provide transport again.',
  questions: ({ consents }) => [
    {
      ask: 'one',
      name: 'kind',
      label: 'Consent to',
      options: consents.map((value) => ({ value, text: kindNames[value] })),
    },
    { ask: 'day', name: 'from', label: 'From' },
    { ask: 'text', name: 'why', label: 'Who told us, and how' },
  ],
  asksWhy: true,
  standing: (_pupil, { today }) => ({ from: today }),
  read(form, _lists, { consents }) {
    const read = reading(form)
    const kind = read.choice('kind', consents, 'Choose which consent is taken back')
    const from = read.day('from', 'the first day without it')
    read.text('why', 'Enter who told us, and how')
    return read.answer(kind && from && { kind, from })
  },
  title: ({ name }, { kind, from }) =>
    `${name}: consent to ${kindNames[kind].toLowerCase()} taken back from ${dayInWords(from)}`,
  doing: 'record that it is taken back',
  async work(tx, { pupil }, { kind, from }) {
    await withdrawConsent(tx, { pupil, kind, from })
    return ok(null)
  },
  told: () => ['The arrangement is void from then on, and transport is owed.'],
})
