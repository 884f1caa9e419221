/**
 * The nine travel states and the rungs of the ladder, once; `web/travel-state.view.ts` puts them into words. Which state a pupil is in is computed by
 * `travel_state` (db/migrations/0005) and nowhere else.
 */
export const travelStates = [
  { state: 'not-requiring', code: 'NR' },
  { state: 'confirmed', code: 'CONF' },
  { state: 'provisional', code: 'PROV' },
  { state: 'temporary', code: 'TEMP' },
  { state: 'own-arrangement', code: 'PTB' },
  { state: 'interim-by-family', code: 'INT' },
  { state: 'offer-declined', code: 'DECL' },
  { state: 'no-offer', code: 'NONE' },
  { state: 'eligibility-pending', code: 'PEND' },
] as const

export type TravelState = (typeof travelStates)[number]['state']

/** Nobody has put suitable transport in place. Counted together, never shown without its three parts. */
export const withoutTransport = [
  'no-offer',
  'offer-declined',
  'interim-by-family',
] as const satisfies readonly TravelState[]

/** What has to be true before a seat on a vehicle is a promise, in the order it is climbed. */
export const rungs = [
  { rung: 'contract-signed' },
  { rung: 'operator-accepted' },
  { rung: 'crew-and-vehicle-checked' },
  { rung: 'family-told' },
  { rung: 'school-told' },
] as const

export type Rung = (typeof rungs)[number]['rung']

/** As the database numbers them: 1 is to school, 2 from school. */
export const directions = [
  { direction: 1, name: 'to-school' },
  { direction: 2, name: 'from-school' },
] as const

export type Direction = (typeof directions)[number]['direction']

export const lacksTransport = (state: TravelState): boolean =>
  (withoutTransport as readonly TravelState[]).includes(state)

/** What a pupil can be given: a seat on a run, or something in its place. */
export type Arrangement =
  | 'seat'
  | 'temporary-vehicle'
  | 'personal-travel-budget'
  | 'mileage'
  | 'travel-pass'
  | 'travel-training'
  | 'interim-parental'
  | 'offer-declined'
