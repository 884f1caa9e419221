/** Records what carries a pupil when no seat does: an allowance with its consent, a temporary vehicle, the family. */
import type { TransactionSql } from 'postgres'
import { ok, type Result } from '#ground/result.ts'
import { addDays, dayInWords, type PlainDate } from '#ground/time.ts'
import {
  type ArrangementRefused,
  type ArrangementWanted,
  arrangeTravel,
  recordConsent,
} from '#travel-arrangements/arrangement-store'
import { type FieldError, fieldError } from '#web/forms.ts'
import { reading } from '#web/reading.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { pupilFormPage, type Subject } from './pupil-form.page.ts'

const kinds = [
  {
    value: 'interim-parental',
    text: 'The family drives meanwhile',
    hint: 'The council has nothing; the family is owed the cost',
  },
  { value: 'temporary-vehicle', text: 'A temporary vehicle', hint: 'A spot hire, with a last day' },
  {
    value: 'offer-declined',
    text: 'An offer was declined as unsuitable',
    hint: 'Counts as without transport until something suits',
  },
  {
    value: 'personal-travel-budget',
    text: 'A personal travel budget',
    hint: 'Only with the parent’s consent',
  },
  { value: 'mileage', text: 'Mileage', hint: 'Only with the parent’s consent' },
  { value: 'travel-pass', text: 'A travel pass', hint: '' },
  { value: 'travel-training', text: 'Travel training', hint: 'Only with the parent’s consent' },
] as const
type Kind = (typeof kinds)[number]['value']
const consented = ['personal-travel-budget', 'mileage', 'travel-training'] as const

type Change = Omit<ArrangementWanted, 'pupil'> & {
  consent: { givenBy: string; evidence: string } | undefined
}

export const arrangementPage = pupilFormPage({
  path: '/pupils/:pupilId/arrangement',
  roles: ['transport-officer', 'manager'],
  template: 'changeover/arrangement.njk',
  question: (name) => `What carries ${name}?`,
  fields: ['kind', 'way', 'from', 'until', 'provider', 'reason', 'given-by', 'evidence'],
  offers: async () => ({
    kinds: kinds.map(({ value, text, hint }) => ({ value, text, ...(hint && { hint: { text: hint } }) })),
    ways: [
      { value: 'both', text: 'Both ways' },
      { value: '1', text: directionInWords(1) },
      { value: '2', text: directionInWords(2) },
    ],
  }),
  read(form) {
    const read = reading(form)
    const kind = read.choice(
      'kind',
      kinds.map(({ value }) => value),
      'Choose what carries them',
    )
    const way = read.choice('way', ['both', '1', '2'], 'Choose which way')
    const from = read.day('from', 'the first day')
    const until = read.optionalDay('until')
    const [givenBy, evidence] = [read.optional('given-by'), read.optional('evidence')]
    const consent = givenBy && evidence ? { givenBy, evidence } : undefined
    return read.answer(
      kind &&
        way &&
        from &&
        wanted({
          kind,
          way,
          from,
          until,
          provider: read.optional('provider'),
          reason: read.optional('reason'),
          consent,
        }),
    )
  },
  title: (name, { kind, from }) =>
    `${name}: ${kinds.find(({ value }) => value === kind)?.text.toLowerCase()} from ${dayInWords(from)}`,
  doing: 'record it',
  replaces: { facts: ['travel_arrangement', 'travel_consent'], beside: 'kind' },
  work: arrange,
  told: (_done, name) => [`What carried ${name} on those days before ends there.`],
  whyNot: refusalInWords,
})

type Typed = {
  kind: Kind
  way: 'both' | '1' | '2'
  from: PlainDate
  until: PlainDate | undefined
  provider: string | undefined
  reason: string | undefined
  consent: Change['consent']
}

function wanted({ kind, way, from, until, provider, reason, consent }: Typed): Change {
  return {
    kind,
    directions: way === 'both' ? [1, 2] : [Number(way) as 1 | 2],
    from,
    until: until === undefined ? null : addDays(until, 1),
    consent,
    ...(provider && { provider }),
    ...(reason && { reason }),
  }
}

async function arrange(
  tx: TransactionSql,
  { pupil }: Subject,
  { consent, ...change }: Change,
): Promise<Result<null, ArrangementRefused>> {
  const kind = consented.find((one) => one === change.kind)
  if (consent && kind)
    await recordConsent(tx, { pupil, kind, ...consent, from: change.from, until: change.until ?? null })
  const done = await arrangeTravel(tx, { pupil, ...change })
  return done.ok ? ok(null) : done
}

function refusalInWords(refusal: ArrangementRefused): FieldError[] {
  switch (refusal.because) {
    case 'ends-before-it-starts':
      return [
        fieldError(
          'until',
          `The last day is before ${dayInWords(refusal.from)}, the first. Choose a later one`,
        ),
      ]
    case 'temporary-without-end':
      return [fieldError('until', 'Enter the last day: what has no end is not temporary')]
    case 'reason-wanted':
      return [
        fieldError(
          'reason',
          'Enter why: whoever reads this later must know why the child had nothing better',
        ),
      ]
    case 'no-consent':
      return [
        fieldError(
          'given-by',
          'Enter who consented, and what shows it: without consent the council must provide transport',
        ),
      ]
  }
}
