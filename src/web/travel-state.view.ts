/** The nine travel states as people read them: a word, a shape and a colour, and what each one means. */

export const travelStates = [
  'no-offer',
  'offer-declined',
  'interim-by-family',
  'provisional',
  'temporary',
  'eligibility-pending',
  'own-arrangement',
  'confirmed',
  'not-requiring',
] as const

export type TravelState = (typeof travelStates)[number]
export type Tone = 'stop' | 'stop-solid' | 'care' | 'brief' | 'wait' | 'own' | 'good' | 'none'
export type StateView = { code: TravelState; text: string; tone: Tone; shape: string; means: string }

const views: Record<TravelState, Omit<StateView, 'code'>> = {
  'no-offer': {
    text: 'No transport',
    tone: 'stop-solid',
    shape: 'cross',
    means: 'Must be carried, and nothing has been arranged that would run',
  },
  'offer-declined': {
    text: 'Offer unsuitable',
    tone: 'stop',
    shape: 'barred',
    means: 'What was offered the family declined as unsuitable; it is under review',
  },
  'interim-by-family': {
    text: 'Family driving',
    tone: 'stop',
    shape: 'home',
    means: 'The family is driving because the council has nothing; they are owed the cost',
  },
  provisional: {
    text: 'Not yet confirmed',
    tone: 'care',
    shape: 'half',
    means: 'Has a seat, and one or more steps are missing',
  },
  temporary: {
    text: 'Temporary vehicle',
    tone: 'brief',
    shape: 'clock',
    means: 'Carried by an arrangement that has an end date',
  },
  'eligibility-pending': {
    text: 'Decision pending',
    tone: 'wait',
    shape: 'dots',
    means: 'Whether the council must arrange travel is being decided or appealed',
  },
  'own-arrangement': {
    text: 'Own arrangement',
    tone: 'own',
    shape: 'hands',
    means: 'Travels by an arrangement the family has agreed to: a budget, mileage, a pass or training',
  },
  confirmed: {
    text: 'Confirmed',
    tone: 'good',
    shape: 'tick',
    means: 'Every step is in place and can be shown',
  },
  'not-requiring': {
    text: 'Not travelling',
    tone: 'none',
    shape: 'dash',
    means: 'Has no need to travel in this direction on this day',
  },
}

/** How a state is shown. Throws for a state that is not one of the nine. */
export function travelStateView(state: string): StateView {
  const code = travelStates.find((one) => one === state)
  if (code === undefined) {
    throw new RangeError(`Not a travel state: "${state}". Expected one of ${travelStates.join(', ')}.`)
  }
  return { code, ...views[code] }
}

export const directionInWords = (direction: 1 | 2 | number): string =>
  direction === 1 ? 'To school' : 'Home'

const rungs: Record<string, { name: string; missing: string; toDo: string }> = {
  'contract-signed': {
    name: 'Contract signed',
    missing: 'The contract is not signed',
    toDo: 'Chase the operator for the signed contract, then record it',
  },
  'operator-accepted': {
    name: 'Operator accepted',
    missing: 'The operator has not accepted the run',
    toDo: 'Ask the operator to accept the run, or give it to another',
  },
  'crew-and-vehicle-checked': {
    name: 'Crew and vehicle checked',
    missing: 'The crew or the vehicle is not checked',
    toDo: 'Check who will drive and assist, and in which vehicle',
  },
  'family-told': {
    name: 'Family told',
    missing: 'The family has not been told',
    toDo: 'Tell the family who will come, when and in which vehicle',
  },
  'school-told': {
    name: 'School told',
    missing: 'The school has not been told',
    toDo: 'Send the school its list for this run',
  },
}

/** A rung as people read it. A rung nobody has named is shown by its own code. */
export const rungInWords = (rung: string) =>
  rungs[rung] ?? { name: rung, missing: `Missing: ${rung}`, toDo: '' }

const reasons: Record<string, string> = {
  'not-eligible': 'Not eligible for travel',
  'no-placement': 'Has no school place',
  'not-attending': 'Does not attend on this day',
  'school-closed': 'The school is closed',
  boarding: 'Is boarding',
  absent: 'Is absent',
  pending: 'Eligibility is being decided',
  'under-appeal': 'Eligibility is under appeal',
  'nothing-arranged': 'Nothing has been arranged',
  'run-does-not-run': 'Their run does not run on this day',
  'route-not-in-force': 'Their route is not in force',
  'contract-not-in-force': 'The contract is not in force',
  'consent-not-in-force': 'The family’s consent is not in force',
}

/** Why a pupil is in a state, in words; nothing when the state says it all. */
export const reasonInWords = (reason: string | null): string =>
  reason === null ? '' : (reasons[reason] ?? rungs[reason]?.missing ?? reason)
