/** What was decided about each pupil's travel, what carries them, and who confirmed what. */
import { column, type Kind, kind, naming } from './kind.ts'
import * as read from './reading.ts'

const pupil = (to: string, needed = true) =>
  naming(['Pupil', to], 'pupil', {
    needed,
    also: ['Pupil reference', 'UPN', 'Council reference', 'Pupil ID'],
  })
const direction = read.oneOf({
  'to-school': '1',
  'to school': '1',
  am: '1',
  1: '1',
  'from-school': '2',
  'from school': '2',
  pm: '2',
  2: '2',
})
const arrangements = [
  'seat',
  'temporary-vehicle',
  'personal-travel-budget',
  'mileage',
  'travel-pass',
  'travel-training',
  'interim-parental',
  'offer-declined',
]

export const travelKinds: readonly Kind[] = [
  kind({
    name: 'eligibility',
    title: 'Eligibility decisions',
    says: 'what was decided about each pupil’s right to travel, on which grounds',
    facts: [{ table: 'eligibility' }],
    columns: [
      pupil('eligibility.pupil_id'),
      column(['State', 'eligibility.state'], read.anyOf('eligible', 'pending', 'under-appeal', 'refused'), {
        needed: true,
        also: ['Eligibility', 'Decision', 'Status'],
      }),
      column(['Grounds', 'eligibility.grounds'], read.list, { as: 'list', also: ['Ground', 'Reason'] }),
      column(['Decided by', 'eligibility.decided_by'], read.words),
      column(['Decided on', 'eligibility.decided_on'], read.day, { also: ['Decision date'] }),
      column(['Guidance', 'eligibility.guidance'], read.words),
      column(['Review on', 'eligibility.review_on'], read.day, { also: ['Review date'] }),
      column(['Conditions', 'eligibility.conditions'], read.words),
    ],
  }),
  kind({
    name: 'consents',
    title: 'Consents',
    says: 'a parent’s consent to an allowance or training in place of transport',
    facts: [{ table: 'travel_consent' }],
    columns: [
      pupil('travel_consent.pupil_id'),
      column(
        ['Kind', 'travel_consent.kind'],
        read.anyOf('personal-travel-budget', 'mileage', 'travel-training'),
        { needed: true },
      ),
      column(['Given by', 'travel_consent.given_by'], read.words, { needed: true }),
      column(['Evidence', 'travel_consent.evidence'], read.words, { needed: true }),
    ],
  }),
  kind({
    name: 'allocations',
    title: 'Allocations',
    says: 'what carries each pupil, in each direction: a seat on a run, or something else',
    facts: [{ table: 'travel_arrangement', constants: { days: '{[0,5),[7,12)}', kind: 'seat' } }],
    columns: [
      pupil('travel_arrangement.pupil_id'),
      column(['Direction', 'travel_arrangement.direction'], direction, { also: ['AM/PM', 'Session'] }),
      column(['Days', 'travel_arrangement.days'], read.daysOfFortnight),
      column(['Kind', 'travel_arrangement.kind'], read.anyOf(...arrangements), { also: ['Arrangement'] }),
      naming(['Run', 'travel_arrangement.run_id'], 'run', { also: ['Run reference'] }),
      column(['Provider', 'travel_arrangement.provider'], read.words),
      column(['Reason', 'travel_arrangement.reason'], read.words),
      column(['Details', 'travel_arrangement.details'], read.json, { as: 'json' }),
    ],
  }),
  kind({
    name: 'confirmations',
    title: 'Confirmations',
    says: 'contract signed, operator accepted, crew and vehicle checked, family and school told, each with its evidence',
    facts: [{ table: 'confirmation', constants: { run_id: 0, pupil_id: 0 } }],
    columns: [
      column(
        ['Kind', 'confirmation.kind'],
        read.anyOf(
          'contract-signed',
          'operator-accepted',
          'crew-and-vehicle-checked',
          'family-told',
          'school-told',
        ),
        { needed: true },
      ),
      naming(['Contract', 'confirmation.contract_id'], 'contract', {
        needed: true,
        also: ['Contract reference'],
      }),
      naming(['Run', 'confirmation.run_id'], 'run'),
      pupil('confirmation.pupil_id', false),
      column(['Evidence', 'confirmation.evidence'], read.words, { needed: true }),
      column(['Given on', 'confirmation.given_on'], read.day, { needed: true }),
    ],
  }),
  kind({
    name: 'policies',
    title: 'Policies',
    says: 'council rules that are not statute',
    facts: [{ table: 'policy' }],
    columns: [
      column(['Policy', 'policy.name'], read.words, { needed: true }),
      column(['Value', 'policy.value'], read.json, { needed: true, as: 'json' }),
    ],
  }),
]
