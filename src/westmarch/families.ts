/** Records the children of Westmarch, their homes, schools and needs, and who cares for them. */
import type { Random } from '#ground/random.ts'
import { addDays, ageOn, type PlainDate, plainDate } from '#ground/time.ts'
import type { Child } from './children.ts'
import { type Chronicle, days } from './chronicle.ts'
import { addressIn, carerName } from './names.ts'
import { houseIn } from './roads/houses.ts'
import { september } from './schools.ts'

const SCHOOL_HALVES = '{[0,10),[14,24)}'
// Monday to Wednesday; and mornings alone: what is agreed for a child who is brought back slowly.
const PART_TIME = [
  '{[0,6),[14,20)}',
  '{[0,1),[2,3),[4,5),[6,7),[8,9),[14,15),[16,17),[18,19),[20,21),[22,23)}',
]
const grounds = [
  'Cannot reasonably be expected to walk: special educational needs',
  'Distance',
  'Unsafe route',
  'Extended rights: low income',
]

/** Puts a child on the register: everything that is known of them when they join. */
export function recordChild(book: Chronicle, random: Random, child: Child): void {
  const { id, joins, leaves } = child
  const mine = { pupil_id: id, valid: days(joins, leaves) }
  book.insert('pupil', { pupil_id: id })
  book.insert('pupil_registration', mine)
  book.insert('pupil_particulars', {
    ...mine,
    given_name: child.givenName,
    family_name: child.familyName,
    born_on: child.bornOn,
    sex: child.sex,
    upn: `W9${String(10_000_000_000 + id)}`,
    council_reference: `WM${String(40_000 + id)}`,
    ehc_plan_number: `EHC-${String(2_000 + id).padStart(6, '0')}`,
    primary_need: child.primaryNeed,
    looked_after: child.lookedAfter,
  })
  recordHomes(book, random, child)
  recordPlacements(book, random, child)
  recordNeed(book, random, child)
  const decided = child.eligibility === 'eligible'
  book.insert('eligibility', {
    ...mine,
    state: child.eligibility,
    grounds: decided ? [random.percent(78) ? grounds[0] : random.oneOf(grounds)] : [],
    decided_by: decided ? 'Priya Nair' : null,
    decided_on: decided ? addDays(joins, -random.between(30, 120)) : null,
    guidance: 'Travel to school for children of compulsory school age, January 2024',
    review_on: addDays(joins, 365 * random.between(1, 3)),
  })
  recordCarers(book, random, child)
}

function recordHomes(
  book: Chronicle,
  random: Random,
  { id, joins, leaves, address, postcode, point, place, lookedAfter }: Child,
): void {
  const home = {
    pupil_id: id,
    uprn: String(10_094_000_000 + id),
    area: place.district,
    protected: lookedAfter && random.percent(25),
    valid: days(joins, leaves),
  }
  const two = random.percent(3)
  // Weekends and Thursdays and Fridays with the other parent.
  book.insert('pupil_home', {
    ...home,
    pattern: two ? '{[0,6),[14,20)}' : '{[0,28)}',
    address,
    postcode,
    ...point,
  })
  if (!two) return
  const other = houseIn(random, place)
  book.insert('pupil_home', {
    ...home,
    pattern: '{[6,14),[20,28)}',
    uprn: null,
    address: `${addressIn(random, other.street)}, ${place.name}`,
    postcode: `${place.outward} 2BX`,
    ...other.point,
  })
}

function recordPlacements(
  book: Chronicle,
  random: Random,
  { id, schools, bornOn, joins, leaves }: Child,
): void {
  const pattern = random.percent(2) ? random.oneOf(PART_TIME) : SCHOOL_HALVES
  const boards = random.percent(2)
  for (const [year, school] of schools) {
    const boarding = boards && school.kind === 'independent special' ? 'weekly' : 'day'
    const until = leaves !== null && leaves < september(year + 1) ? leaves : september(year + 1)
    const age = ageOn(bornOn, plainDate(`${year}-08-31`))
    book.insert('placement', {
      pupil_id: id,
      school_id: school.id,
      pattern,
      year_group: age <= 4 ? 'Reception' : String(age - 4),
      boarding,
      role: 'main',
      valid: days(joins > september(year) ? joins : september(year), until),
    })
  }
}

const communications = [
  'Speaks in short sentences',
  'Signs Makaton',
  'Uses a picture book',
  'Speaks; needs time to answer',
  'Uses an eye-gaze device',
  'Speaks freely',
]
const triggers = [
  'Sudden noise',
  'Being touched without warning',
  'A change of driver',
  'Sirens',
  'Crowded seats',
  'None known',
]

function recordNeed(book: Chronicle, random: Random, child: Child): void {
  const { id, joins, leaves, wheelchair, alone, assistant } = child
  const unanswered = random.percent(2)
  book.insert('travel_need', {
    pupil_id: id,
    ...chairOf(random, wheelchair, unanswered),
    restraint: random.percent(12)
      ? random.oneOf(['five-point harness', 'booster seat', 'buckle guard'])
      : null,
    assistant,
    single_occupancy: alone,
    single_occupancy_reason: alone ? 'Distress with others aboard; agreed with the school' : null,
    single_occupancy_review_on: alone ? addDays(joins, 540 + random.between(0, 400)) : null,
    longest_ride_minutes: random.percent(20) ? random.oneOf([30, 45, 60]) : null,
    answers: answersOf(random, child),
    missing: missingOf(wheelchair, unanswered),
    sent_by: random.oneOf(['SEN team, West', 'SEN team, East', 'School']),
    valid: days(joins, leaves),
  })
}

function chairOf(random: Random, wheelchair: boolean, unanswered: boolean) {
  const make = random.oneOf(['Quickie', 'Ottobock', 'Invacare', 'Permobil'])
  const model = random.oneOf(['Life', 'Kimba', 'Rea', 'Explorer'])
  const rides = random.percent(70) ? 'ride-on' : 'transfer'
  const known = wheelchair && !unanswered
  return {
    mobility: wheelchair ? 'wheelchair' : 'seat',
    wheelchair_travel: wheelchair ? rides : null,
    wheelchair_make: known ? make : null,
    wheelchair_model: known ? model : null,
  }
}

function answersOf(random: Random, { medical, wheelchair }: Child) {
  const medicine = random.oneOf([
    'buccal midazolam',
    'salbutamol inhaler',
    'adrenaline auto-injector',
    'oxygen',
  ])
  const plan = {
    medicalPlan: true,
    medicines: [medicine],
    medicalPlanActedOnBy: 'An assistant trained for this child',
  }
  return {
    communication: random.oneOf(communications),
    triggers: random.oneOf(triggers),
    handover: random.percent(85) ? 'school-staff' : 'named-adult',
    ...(medical && plan),
    ...(wheelchair && { equipment: ['communication aid'] }),
  }
}

function missingOf(wheelchair: boolean, unanswered: boolean): string[] {
  if (!unanswered) return []
  return wheelchair ? ['wheelchairMake', 'wheelchairModel'] : ['handoverAdults']
}

const languages = [
  'English',
  'English',
  'English',
  'English',
  'English',
  'English',
  'English',
  'English',
  'English',
  'Polish',
  'Urdu',
  'Romanian',
  'Arabic',
  'Ukrainian',
  'British Sign Language',
]

function recordCarers(book: Chronicle, random: Random, child: Child): void {
  const { id, familyName, joins, leaves, lookedAfter } = child
  const valid = days(joins, leaves)
  const count = random.percent(55) ? 2 : 1
  for (let i = 0; i < count; i++) {
    const carer = book.number('carer')
    const { givenName, familyName: family, sex } = carerName(random, familyName)
    const language = random.oneOf(languages)
    const format = random.percent(4) ? random.oneOf(['large-print', 'easy-read']) : 'standard'
    const interpreter = language !== 'English' && random.percent(60)
    book.insert('carer', { carer_id: carer })
    const particulars = { given_name: givenName, family_name: family, language, format, interpreter }
    book.insert('carer_particulars', { carer_id: carer, ...particulars, valid })
    const parent = sex === 'female' ? 'mother' : 'father'
    book.insert('pupil_carer', {
      pupil_id: id,
      carer_id: carer,
      relationship: lookedAfter ? 'foster carer' : parent,
      parental_responsibility: !lookedAfter,
      may_see_address: true,
      told_first: i === 0,
      valid,
    })
    recordContactPoints(book, random, { carer, child })
  }
}

function recordContactPoints(
  book: Chronicle,
  random: Random,
  { carer, child }: { carer: number; child: Child },
): void {
  const { joins, leaves, address, postcode } = child
  const never = { verified_on: null, verified_how: null }
  const how = random.percent(88) ? verified(random, joins) : never
  const mine = { carer_id: carer, valid: days(joins, leaves) }
  const phone = `07700 9${String(30_000 + carer).padStart(5, '0')}`
  book.insert('contact_point', { ...mine, kind: 'phone', address: phone, ...how })
  if (random.percent(70)) {
    const email = `carer${carer}@families.westmarch.example`
    book.insert('contact_point', { ...mine, kind: 'email', address: email, ...how })
  } else {
    book.insert('contact_point', { ...mine, kind: 'post', address: `${address}, ${postcode}`, ...never })
  }
}

const verified = (random: Random, joins: PlainDate) => ({
  verified_on: addDays(joins, -random.between(10, 200)),
  verified_how: random.oneOf(['Rang back', 'Link in a text followed', 'Seen at a review meeting']),
})
