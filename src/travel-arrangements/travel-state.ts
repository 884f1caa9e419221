/**
 * Where a pupil's travel stands on a day, in a direction, on what was known at a revision. Computed from dated facts,
 * never set. The county is asked by `travel_state` in SQL (db/migrations/0005); a property test holds the two equal.
 */
import { addDays, type PlainDate, weekdayOf } from '#ground/time.ts'
import type { ArrangementKind, RequiredChecks, TravelHistory } from './history.ts'
import { type At, fortnightDay, holds, schoolIsOpen } from './school-open.ts'
import { type Direction, type Rung, rungs, type TravelState } from './states.ts'

export type Standing = { state: TravelState; reason: string | null; missing: readonly Rung[] }

const BY_CONSENT: readonly ArrangementKind[] = ['personal-travel-budget', 'mileage', 'travel-training']
const REQUIRED_CHECKS: RequiredChecks = {
  driver: ['dbs', 'badge', 'licence'],
  'passenger-assistant': ['dbs', 'badge'],
  vehicle: ['mot', 'insurance'],
}

/** One of the nine states, with why; nothing for a pupil who is not on the register on that day. */
export function travelState(history: TravelHistory, at: At, direction: Direction): Standing | undefined {
  if (!history.registrations.some(holds(at))) return undefined
  const eligibility = history.eligibility.find(holds(at))?.state
  const notRequired = whyNotRequired(history, at, direction)
  if (notRequired !== undefined) return { state: 'not-requiring', reason: notRequired, missing: [] }

  const arrangement = history.arrangements.find(
    (one) => one.direction === direction && one.days.includes(fortnightDay(at.on)) && holds(at)(one),
  )
  if (!arrangement && (eligibility === 'pending' || eligibility === 'under-appeal')) {
    return { state: 'eligibility-pending', reason: eligibility, missing: [] }
  }
  if (!arrangement) return noOffer('nothing-arranged')
  if (arrangement.kind === 'seat') return standingOfSeat(history, at, arrangement.run ?? 0)
  if (BY_CONSENT.includes(arrangement.kind)) {
    const agreed = history.consents.some((consent) => consent.kind === arrangement.kind && holds(at)(consent))
    if (!agreed) return noOffer('consent-not-in-force')
  }
  return { state: stateOf(arrangement.kind), reason: null, missing: [] }
}

const noOffer = (reason: string): Standing => ({ state: 'no-offer', reason, missing: [] })

function stateOf(kind: ArrangementKind): TravelState {
  if (kind === 'temporary-vehicle') return 'temporary'
  if (kind === 'interim-parental') return 'interim-by-family'
  if (kind === 'offer-declined') return 'offer-declined'
  return 'own-arrangement'
}

function whyNotRequired(history: TravelHistory, at: At, direction: Direction): string | undefined {
  const eligibility = history.eligibility.find(holds(at))?.state ?? 'refused'
  if (eligibility === 'refused') return 'not-eligible'
  if (!history.placements.some(holds(at))) return 'no-placement'
  const place = placeOf(history, at, direction)
  if (!place) return 'not-attending'
  if (!schoolIsOpen(history, place.school, at)) return 'school-closed'
  if (isAwayBoarding(history, at, { ...place, direction })) return 'boarding'
  return history.absences.some(holds(at)) ? 'absent' : undefined
}

/** The school travelled to is that of the morning, from school that of the afternoon; a half-day pupil has but one. */
function placeOf({ placements }: TravelHistory, at: At, direction: Direction) {
  const morning = fortnightDay(at.on) * 2
  const attends = (halfDay: number) =>
    placements.find((one) => one.halfDays.includes(halfDay) && holds(at)(one))
  return direction === 1
    ? (attends(morning) ?? attends(morning + 1))
    : (attends(morning + 1) ?? attends(morning))
}

type Stay = { school: number; boarding: 'day' | 'weekly' | 'termly'; direction: Direction }

/** A weekly boarder travels in on the first open day of the week and home on the last; a termly one, of the term. */
function isAwayBoarding(history: TravelHistory, at: At, { school, boarding, direction }: Stay): boolean {
  if (boarding === 'day') return false
  const days = boarding === 'weekly' ? weekOf(at.on) : endsOfTerms(history, at, { school, direction })
  return days
    .filter((day) => (direction === 1 ? day < at.on : day > at.on))
    .some((day) => attendsOn(history, school, { ...at, on: day }))
}

const weekOf = (day: PlainDate): PlainDate[] =>
  Array.from({ length: 7 }, (_, i) => addDays(day, i + 1 - weekdayOf(day)))

function endsOfTerms(
  { terms }: TravelHistory,
  at: At,
  { school, direction }: Omit<Stay, 'boarding'>,
): PlainDate[] {
  return terms
    .filter((term) => term.school === school && holds(at)(term))
    .flatMap(({ valid }) => {
      if (direction === 1) return Array.from({ length: 14 }, (_, i) => addDays(valid.from, i))
      const { until } = valid
      return until === null ? [] : Array.from({ length: 14 }, (_, i) => addDays(until, -1 - i))
    })
}

function attendsOn(history: TravelHistory, school: number, at: At): boolean {
  const morning = fortnightDay(at.on) * 2
  const there = history.placements.some(
    (one) =>
      one.school === school &&
      holds(at)(one) &&
      (one.halfDays.includes(morning) || one.halfDays.includes(morning + 1)),
  )
  return there && schoolIsOpen(history, school, at)
}

function standingOfSeat(history: TravelHistory, at: At, run: number): Standing {
  const slot = fortnightDay(at.on)
  const plan = history.runPlans.find((one) => one.run === run && one.days.includes(slot) && holds(at)(one))
  if (!plan) return noOffer('run-does-not-run')
  const route = history.routeOfRun.get(run)
  const contract = history.routes.find((one) => one.route === route && holds(at)(one))?.contract
  if (contract === undefined) return noOffer('route-not-in-force')
  const terms = history.contracts.find(
    (one) => one.contract === contract && one.status !== 'handed-back' && holds(at)(one),
  )
  if (!terms) return noOffer('contract-not-in-force')

  const said = (kind: Rung, about: { run: number; pupil: number }) =>
    history.confirmations.some(
      (one) =>
        one.kind === kind &&
        one.contract === contract &&
        one.run === about.run &&
        one.pupil === about.pupil &&
        holds(at)(one),
    )
  const standing = history.operators.find(
    (one) => one.operator === terms.operator && holds(at)(one),
  )?.standing
  const climbed: Record<Rung, boolean> = {
    'contract-signed': said('contract-signed', { run: 0, pupil: 0 }),
    'operator-accepted': said('operator-accepted', { run, pupil: 0 }) && standing !== 'suspended',
    'crew-and-vehicle-checked':
      said('crew-and-vehicle-checked', { run, pupil: 0 }) &&
      isManned(history, at, { run, assistants: plan.assistantPosts }),
    'family-told': said('family-told', { run, pupil: history.pupil }),
    'school-told': said('school-told', { run, pupil: 0 }),
  }
  const missing = rungs.map(({ rung }) => rung).filter((rung) => !climbed[rung])
  return missing.length === 0
    ? { state: 'confirmed', reason: null, missing }
    : { state: 'provisional', reason: missing[0] ?? null, missing }
}

/** A driver, the assistants the run has posts for and a vehicle, each with every required check in date on the day. */
function isManned(
  history: TravelHistory,
  at: At,
  { run, assistants }: { run: number; assistants: number },
): boolean {
  const required = history.requiredChecks.find(holds(at))?.value ?? REQUIRED_CHECKS
  const today = <
    F extends { run: number; days: readonly number[] } & Parameters<ReturnType<typeof holds>>[0],
  >(
    facts: readonly F[],
  ) => facts.filter((one) => one.run === run && one.days.includes(fortnightDay(at.on)) && holds(at)(one))
  const crew = today(history.roster)
  const vehicles = today(history.vehicles)
  const held = (checks: readonly { kind: string }[], kind: string) =>
    checks.some((check) => check.kind === kind)
  const crewIsChecked = crew.every(({ crew: who, post }) => {
    const checks = history.crewChecks.filter((check) => check.crew === who && holds(at)(check))
    return (required[post] ?? []).every((kind) => held(checks, kind))
  })
  const vehiclesAreChecked = vehicles.every(({ vehicle }) => {
    const checks = history.vehicleChecks.filter((check) => check.vehicle === vehicle && holds(at)(check))
    return (required['vehicle'] ?? []).every((kind) => held(checks, kind))
  })
  return (
    crew.some(({ post }) => post === 'driver') &&
    crew.filter(({ post }) => post === 'passenger-assistant').length >= assistants &&
    vehicles.length > 0 &&
    crewIsChecked &&
    vehiclesAreChecked
  )
}
