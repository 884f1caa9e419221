/** A scenario: for whom, from when, under what terms; and whether enough is known of its people to plan for them. */
import type { PupilId, RouteId, SchoolId } from '#ground/ids.ts'
import type { Pence } from '#ground/money.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import type { Person, SchoolDay } from './person.ts'

export type Scope = { schools: readonly SchoolId[] } | { area: string } | { county: true }

export type Terms = {
  /** Whether pupils of different schools may be aboard together. */
  mixesSchools: boolean
  /** Along a network of roads, or by a straight line that calls itself an estimate. */
  times: 'measured' | 'estimated'
  /** What it is worth to spare one pupil a change of vehicle, a day. */
  change: Pence
  /** Where the drive alone is longer than a pupil's longest ride: how much longer than that drive theirs may be. */
  beyondDirectMinutes: number
  /** Routes whose runs, pupils and crews stay as they are: whoever rides on one is not planned anew. */
  fixedRoutes: readonly RouteId[]
}

export type Scenario = {
  id: number
  name: string
  scope: Scope
  beginsOn: PlainDate
  /** The last revision known when its people were counted. */
  cut: number
  members: readonly PupilId[]
  terms: Terms
  madeBy: string
  madeAt: Instant
}

export const choices = ['as-known', 'left-out', 'waits'] as const
export type Choice = {
  pupil: PupilId
  choice: (typeof choices)[number]
  reason: string
  by: string
  at: Instant
}

/** A longest ride of one pupil's own, and who approved it. */
export type Exception = {
  pupil: PupilId
  longestRideMinutes: number
  approvedBy: string
  reason: string
  by: string
  at: Instant
}

/** What is not known of a pupil. Without a point for the home nothing can be planned; a form may be planned around. */
export type Gap = 'no-need-form' | 'need-form-incomplete' | 'home-has-no-point'
export type Incomplete = { person: Person; gaps: readonly Gap[]; choice: Choice | undefined }

export type SchoolGap = { school: SchoolId; name: string; gap: 'no-point' | 'no-bells' }

export type Population = {
  /** Who is planned for: members who are still there, and who joined since. */
  planned: readonly Person[]
  /** Of them, with what is known alone. */
  asKnown: readonly Incomplete[]
  /** To be arranged by hand, with why. */
  leftOut: readonly Incomplete[]
  /** Nobody has decided how to plan for them: while there is one, the scenario cannot be run. */
  blocking: readonly Incomplete[]
  joiners: readonly Person[]
  /** Members who are no longer in the scope. */
  leavers: readonly PupilId[]
  schoolGaps: readonly SchoolGap[]
}

type Known = { people: readonly Person[]; schools: readonly SchoolDay[]; choices: readonly Choice[] }

/** Who a scenario is planned for, out of what is known now, and what stands in the way. */
export function populationOf({ members }: Pick<Scenario, 'members'>, known: Known): Population {
  const frozen = new Set(members)
  const here = new Set(known.people.map(({ pupil }) => pupil))
  const decided = new Map(known.choices.map((choice) => [choice.pupil, choice]))
  const incomplete = known.people
    .map((person): Incomplete => ({ person, gaps: gapsOf(person), choice: decided.get(person.pupil) }))
    .filter(({ gaps, choice }) => gaps.length > 0 || choice?.choice === 'left-out')
  const leftOut = incomplete.filter(({ choice }) => choice?.choice === 'left-out')
  const asKnown = incomplete.filter(
    ({ gaps, choice }) => choice?.choice === 'as-known' && !gaps.includes('home-has-no-point'),
  )
  const out = new Set(leftOut.map(({ person }) => person.pupil))
  return {
    planned: known.people.filter(({ pupil }) => !out.has(pupil)),
    asKnown,
    leftOut,
    blocking: incomplete.filter((one) => !leftOut.includes(one) && !asKnown.includes(one)),
    joiners: known.people.filter(({ pupil }) => !frozen.has(pupil)),
    leavers: members.filter((pupil) => !here.has(pupil)),
    schoolGaps: known.schools.flatMap(schoolGapsOf),
  }
}

function gapsOf({ need, homes }: Person): Gap[] {
  const gaps: Gap[] = []
  if (!need) gaps.push('no-need-form')
  else if (need.missing.length > 0) gaps.push('need-form-incomplete')
  if (homes.length === 0 || homes.some(({ place }) => place === null)) gaps.push('home-has-no-point')
  return gaps
}

const schoolGapsOf = ({ school, name, place, bells }: SchoolDay): SchoolGap[] => [
  ...(place ? [] : [{ school, name, gap: 'no-point' as const }]),
  ...(bells.length > 0 ? [] : [{ school, name, gap: 'no-bells' as const }]),
]
