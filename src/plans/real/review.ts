/**
 * What schools say of the runs that would bring their pupils: each run by each of its schools, and each pupil on it. A
 * run that a school rejects, as a whole or for one pupil, does not go forward; nor does one of which it said nothing.
 */
import type { PupilId, SchoolId } from '#ground/ids.ts'
import type { Instant } from '#ground/time.ts'
import type { SchoolDay } from '../scenario/person.ts'
import type { PlanRun, PlanStop } from '../translation/runs-of.ts'

/** One run as one of its schools sees it: with its own pupils only. */
export type ToReview = { run: PlanRun; school: SchoolId; pupils: readonly PupilId[] }

export type ReviewAnswer = {
  run: string
  school: SchoolId
  /** Nothing for the run as a whole. */
  pupil: PupilId | null
  answer: 'accepted' | 'rejected'
  reason: string | null
  saidBy: string
  at: Instant
}

export type ReviewStanding = 'unanswered' | 'accepted' | 'rejected'
export type Reviewed = ToReview & {
  standing: ReviewStanding
  /** The last word on the run and on each pupil, where anything was said. */
  said: readonly ReviewAnswer[]
}

/** The school that a stop of a plan is at, by where it stands; nothing for a door. */
export function schoolAt(
  { school, latitude, longitude }: Pick<PlanStop, 'school' | 'latitude' | 'longitude'>,
  schools: readonly SchoolDay[],
): SchoolId | undefined {
  if (!school) return undefined
  return schools.find(({ place }) => place?.latitude === latitude && place?.longitude === longitude)?.school
}

type Beside = { schools: readonly SchoolDay[]; leftOut: ReadonlySet<PupilId> }

/** Everything there is to review in a plan, without whoever was left out of it. */
export function toReview(runs: readonly PlanRun[], { schools, leftOut }: Beside): ToReview[] {
  return runs.flatMap((run) => {
    const pupils = new Map<SchoolId, PupilId[]>()
    for (const stop of run.stops) {
      const school = schoolAt(stop, schools)
      const here = [...stop.boards, ...stop.alights].filter((pupil) => !leftOut.has(pupil))
      if (school !== undefined && here.length > 0)
        pupils.set(school, [...(pupils.get(school) ?? []), ...here])
    }
    return [...pupils].map(([school, theirs]) => ({ run, school, pupils: theirs }))
  })
}

/** How each stands after what was said, the last word first in `answers`. Whoever left the run is not counted. */
export function reviewed(those: readonly ToReview[], answers: readonly ReviewAnswer[]): Reviewed[] {
  const byRun = Map.groupBy(answers, ({ run, school }) => `${school} ${run}`)
  return those.map((one) => {
    const about = (byRun.get(`${one.school} ${one.run.name}`) ?? []).filter(
      ({ pupil }) => pupil === null || one.pupils.includes(pupil),
    )
    const said = [null, ...one.pupils].flatMap((who) => about.find(({ pupil }) => pupil === who) ?? [])
    return { ...one, said, standing: standingOf(said) }
  })
}

function standingOf(said: readonly ReviewAnswer[]): ReviewStanding {
  if (said.some(({ answer }) => answer === 'rejected')) return 'rejected'
  return said.some(({ pupil }) => pupil === null) ? 'accepted' : 'unanswered'
}
