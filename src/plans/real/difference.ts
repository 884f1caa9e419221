/**
 * How the register differs, on the day a plan is to go forward, from what the plan was made of. Each pupil who differs is
 * named and has to be dealt with; the plan never overrides what was learned since.
 */
import type { PupilId } from '#ground/ids.ts'
import type { FoundPlan } from '../found/found-plan.ts'
import type { Person, SchoolDay } from '../scenario/person.ts'

export const differenceKinds = [
  'not-in-the-plan',
  'no-longer-to-be-carried',
  'home',
  'school',
  'need',
  'kept-apart',
  'own-way',
  'bells',
  'no-place',
  'not-asked-for',
] as const
export type DifferenceKind = (typeof differenceKinds)[number]

export type Difference = { pupil: PupilId; name: string; kinds: readonly DifferenceKind[] }

/** The people of a scenario's scope and their schools, as known at some moment. */
export type Known = { people: readonly Person[]; schools: readonly SchoolDay[] }

type Planned = Pick<FoundPlan, 'journeys' | 'onKeptRoutes' | 'notAsked' | 'unplaced'>
type Seen = { then: Known; now: Known; leftOut: ReadonlySet<PupilId> }

/** Everybody of whom plan and register differ, in the order of the register. Who was left out is arranged by hand. */
export function differencesOf(plan: Planned, { then, now, leftOut }: Seen): Difference[] {
  const pupilsOf = (those: readonly { pupil: PupilId }[]) => new Set(those.map(({ pupil }) => pupil))
  const carried = pupilsOf(plan.journeys)
  const known = new Set([...carried, ...pupilsOf(plan.onKeptRoutes), ...pupilsOf(plan.notAsked)])
  const [unplaced, notAsked] = [pupilsOf(plan.unplaced), pupilsOf(plan.notAsked)]
  const before = new Map(then.people.map((person) => [person.pupil, person]))
  const here = pupilsOf(now.people)
  const bells = schoolsWithOtherBells(then.schools, now.schools)

  const changed = now.people.map((person) => {
    const { pupil, name } = person
    const was = before.get(pupil)
    const kinds: DifferenceKind[] = [
      ...(known.has(pupil) ? [] : ['not-in-the-plan' as const]),
      ...(carried.has(pupil) && was ? changesBetween(was, person) : []),
      ...(carried.has(pupil) && person.placements.some(({ school }) => bells.has(school))
        ? ['bells' as const]
        : []),
      ...(unplaced.has(pupil) ? ['no-place' as const] : []),
      ...(notAsked.has(pupil) ? ['not-asked-for' as const] : []),
    ]
    return { pupil, name, kinds }
  })
  const gone = [...carried]
    .filter((pupil) => !here.has(pupil))
    .map((pupil): Difference => {
      return { pupil, name: before.get(pupil)?.name ?? '', kinds: ['no-longer-to-be-carried'] }
    })
  return [...changed, ...gone].filter(({ pupil, kinds }) => kinds.length > 0 && !leftOut.has(pupil))
}

function changesBetween(was: Person, is: Person): DifferenceKind[] {
  const facts = [
    ['home', was.homes, is.homes],
    ['school', was.placements, is.placements],
    ['need', was.need, is.need],
    ['kept-apart', was.keptApartFrom, is.keptApartFrom],
    ['own-way', was.otherwise, is.otherwise],
  ] as const
  return facts.filter(([, before, after]) => !same(before, after)).map(([kind]) => kind)
}

function schoolsWithOtherBells(then: readonly SchoolDay[], now: readonly SchoolDay[]) {
  const before = new Map(then.map(({ school, bells }) => [school, bells]))
  return new Set(
    now
      .filter(({ school, bells }) => before.has(school) && !same(before.get(school), bells))
      .map(({ school }) => school),
  )
}

/** Both come out of the same query, so that what is the same is written the same. */
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
