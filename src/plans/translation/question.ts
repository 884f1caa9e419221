/**
 * What is asked of the optimiser, still in the register's words: every ride a scenario's people need, with the limits
 * that hold for each. A pupil with two homes, or whose school closes early on Fridays, has several.
 */
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { type DayPattern, patternOf, slotsOf } from '#ground/pattern.ts'
import { ageOn, type PlainDate, type WallTime } from '#ground/time.ts'
import type { Place } from '#roads'
import type { PlanPolicy } from '../policy/policy.ts'
import type { Need, Person, SchoolDay } from '../scenario/person.ts'
import type { Exception, Terms } from '../scenario/scenario.ts'
import { bellOf } from './bell.ts'

/** A place that vehicles call at, by what people call it. */
export type CallPlace = { label: string; place: Place; school?: SchoolId }

/** One pupil's need of a ride in one direction, the same on each of its days. */
export type RideAsked = {
  pupil: PupilId
  direction: 1 | 2
  days: DayPattern
  school: SchoolId
  /** Numbers of `places`. */
  home: number
  gate: number
  bell: WallTime
  /** By the need form, an approved exception, or the council's policy for the age. */
  longestRideMinutes: number
  limitFrom: 'need-form' | 'exception' | 'policy'
  wheelchair: boolean
  assistant: Need['assistant']
  alone: boolean
}

export type PlanQuestion = {
  places: readonly CallPlace[]
  rides: readonly RideAsked[]
  /** Pupils who are never aboard together. */
  apart: readonly (readonly [PupilId, PupilId])[]
  /** Brothers and sisters of one home and school. */
  siblings: readonly (readonly PupilId[])[]
  terms: Terms
  policy: PlanPolicy
}

export type Asking = {
  people: readonly Person[]
  schools: readonly SchoolDay[]
  exceptions: readonly Exception[]
  beginsOn: PlainDate
  terms: Terms
  policy: PlanPolicy
}

const WEEKDAYS = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]
const PRIMARY_UNTIL = 11

/** The rides of these people. Homes and schools without a point are the caller's to have refused. */
export function questionOf(asking: Asking): PlanQuestion {
  const places: CallPlace[] = []
  const numberOf = placeNumbers(places)
  const rides = asking.people.flatMap((person) =>
    ([1, 2] as const)
      .filter((direction) => !person.otherwise.includes(direction))
      .flatMap((direction) => ridesOf(person, direction, { asking, numberOf })),
  )
  const asked = new Set(rides.map(({ pupil }) => pupil))
  const people = asking.people.filter(({ pupil }) => asked.has(pupil))
  return {
    places,
    rides,
    apart: people.flatMap(({ pupil, keptApartFrom }) =>
      keptApartFrom
        .filter((other) => pupil < other && asked.has(other))
        .map((other) => [pupil, other] as const),
    ),
    siblings: siblingsAmong(people),
    terms: asking.terms,
    policy: asking.policy,
  }
}

type NumberOf = (place: CallPlace) => number

function placeNumbers(places: CallPlace[]): NumberOf {
  const known = new Map<string, number>()
  return (one) => {
    const key = `${one.place.latitude} ${one.place.longitude} ${one.school ?? ''}`
    const number = known.get(key) ?? places.push(one) - 1
    known.set(key, number)
    return number
  }
}

function ridesOf(
  person: Person,
  direction: 1 | 2,
  { asking, numberOf }: { asking: Asking; numberOf: NumberOf },
): RideAsked[] {
  const found = new Map<string, { days: number[]; where: Where }>()
  for (const day of WEEKDAYS) {
    const where = whereOn(person, 2 * day + direction - 1, asking.schools)
    const bell = where && bellOf(where.school, direction, day)
    if (!where || !bell) continue
    const key = `${where.home} ${where.school.school} ${bell}`
    const same = found.get(key)
    if (same) same.days.push(day)
    else found.set(key, { days: [day], where: { ...where, bell } })
  }
  return [...found.values()].map(({ days, where }) => ({
    pupil: person.pupil,
    direction,
    days: patternOf(days),
    school: where.school.school,
    home: numberOf({ label: where.home, place: where.from }),
    gate: numberOf({ label: where.school.name, place: where.gate, school: where.school.school }),
    bell: where.bell as WallTime,
    ...limitOf(person, asking),
    wheelchair: person.need?.mobility === 'wheelchair' && person.need.wheelchairTravel !== 'transfer',
    assistant: person.need?.assistant ?? 'none',
    alone: person.need?.alone ?? false,
  }))
}

type Where = { home: string; from: Place; school: SchoolDay; gate: Place; bell?: WallTime }

function whereOn(
  { homes, placements }: Person,
  halfDay: number,
  schools: readonly SchoolDay[],
): Where | undefined {
  const home = homes.find(({ pattern }) => slotsOf(pattern).includes(halfDay))
  const placed = placements.find(({ pattern }) => slotsOf(pattern).includes(halfDay))
  const school = schools.find((one) => one.school === placed?.school)
  if (!home?.place || !school?.place) return undefined
  return { home: home.address, from: home.place, school, gate: school.place }
}

function limitOf(
  { pupil, bornOn, need }: Person,
  { exceptions, beginsOn, policy }: Asking,
): Pick<RideAsked, 'longestRideMinutes' | 'limitFrom'> {
  const approved = exceptions.find((one) => one.pupil === pupil)
  if (approved) return { longestRideMinutes: approved.longestRideMinutes, limitFrom: 'exception' }
  const { primary, secondary } = policy.rules.longestRideMinutes
  const usual = ageOn(bornOn, beginsOn) < PRIMARY_UNTIL ? primary : secondary
  const own = need?.longestRideMinutes ?? usual
  return own < usual
    ? { longestRideMinutes: own, limitFrom: 'need-form' }
    : { longestRideMinutes: usual, limitFrom: 'policy' }
}

/** The question with the exceptions that were approved since it was frozen: a plan may be changed by what is allowed by now. */
export function withExceptions(question: PlanQuestion, exceptions: readonly Exception[]): PlanQuestion {
  if (exceptions.length === 0) return question
  const approved = new Map(exceptions.map((one) => [one.pupil, one.longestRideMinutes]))
  const rides = question.rides.map((ride): RideAsked => {
    const longestRideMinutes = approved.get(ride.pupil)
    return longestRideMinutes === undefined ? ride : { ...ride, longestRideMinutes, limitFrom: 'exception' }
  })
  return { ...question, rides }
}

/** Who shares a carer, a home and a school, and may share a vehicle. */
function siblingsAmong(people: readonly Person[]): PupilId[][] {
  const families = new Map<string, PupilId[]>()
  for (const { pupil, carers, homes, placements, need } of people) {
    const [carer] = carers
    if (carer === undefined || need?.alone) continue
    const key = `${Math.min(...carers)} ${homes[0]?.address} ${placements[0]?.school}`
    families.set(key, [...(families.get(key) ?? []), pupil])
  }
  return [...families.values()].filter((family) => family.length > 1)
}

/** The days of a fortnight that are planned, each with those it stands for: one where every day is the same. */
export function plannedDays(rides: readonly RideAsked[]): number[][] {
  const whole = WEEKDAYS.map((day) => rides.map(({ days }) => slotsOf(days).includes(day)).join())
  const [first] = whole
  if (whole.every((day) => day === first)) return [WEEKDAYS]
  const [weekA, weekB] = [whole.slice(0, 5), whole.slice(5)]
  if (weekA.join(';') === weekB.join(';')) return weekA.map((_, i) => [i, i + 7])
  return WEEKDAYS.map((day) => [day])
}
