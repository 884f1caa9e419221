/**
 * The nine travel states and the rungs of the ladder: the words, once. Which state a pupil is in is computed by
 * `travel_state` (db/migrations/0005) and nowhere else.
 */
export const travelStates = [
  { state: 'not-requiring', code: 'NR', words: 'Not travelling today' },
  { state: 'confirmed', code: 'CONF', words: 'Confirmed' },
  { state: 'provisional', code: 'PROV', words: 'Provisional' },
  { state: 'temporary', code: 'TEMP', words: 'Temporary vehicle' },
  { state: 'own-arrangement', code: 'PTB', words: 'Own arrangement' },
  { state: 'interim-by-family', code: 'INT', words: 'Family driving for now' },
  { state: 'offer-declined', code: 'DECL', words: 'Offer declined as unsuitable' },
  { state: 'no-offer', code: 'NONE', words: 'No offer' },
  { state: 'eligibility-pending', code: 'PEND', words: 'Eligibility pending' },
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
  { rung: 'contract-signed', words: 'Contract signed' },
  { rung: 'operator-accepted', words: 'Operator accepted' },
  { rung: 'crew-and-vehicle-checked', words: 'Crew and vehicle checked' },
  { rung: 'family-told', words: 'Family told' },
  { rung: 'school-told', words: 'School told' },
] as const

export type Rung = (typeof rungs)[number]['rung']

/** As the database numbers them: 1 is to school, 2 from school. */
export const directions = [
  { direction: 1, name: 'to-school', words: 'To school' },
  { direction: 2, name: 'from-school', words: 'From school' },
] as const

export type Direction = (typeof directions)[number]['direction']

export const lacksTransport = (state: TravelState): boolean =>
  (withoutTransport as readonly TravelState[]).includes(state)
