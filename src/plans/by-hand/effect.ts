/** What a change by hand does to everybody aboard. */
import type { PupilId } from '#ground/ids.ts'
import type { PlanRun } from '../translation/runs-of.ts'
import type { Changed, Doing } from './hand-change.ts'

/** How somebody’s ride on these vehicles was and becomes, in minutes of the day and aboard. */
export type EffectOnPupil = {
  pupil: PupilId
  direction: 1 | 2
  /** Whether it is they who change vehicle. */
  moves: boolean
  before: Seat
  after: Seat
}
type Seat = Pick<PlanRun, 'name'> &
  Pick<PlanRun['riders'][number], 'startsAt' | 'endsAt' | 'ridden' | 'length' | 'sharesWith'>

/** Everybody aboard in the directions that are touched, whoever changes vehicle first. */
export function effectsOf(
  { asked, before, after }: Changed,
  doing: Doing,
  rides: readonly number[],
): EffectOnPupil[] {
  const [was, is] = [seatsIn(before.runs), seatsIn(after.runs)]
  const theirs = doing.does === 'become' ? undefined : new Set(doing.rides.map((ride) => rides.indexOf(ride)))
  const touched = new Set([...(theirs ?? [])].map((r) => asked.question.rides[r]?.direction))
  return [...was]
    .flatMap(([r, seat]) => {
      const now = is.get(r)
      const about = asked.question.rides[r]
      if (!now || !about || (theirs && !touched.has(about.direction))) return []
      const moves = doing.does === 'carry' && theirs?.has(r) === true
      return [{ pupil: about.pupil, direction: about.direction, moves, before: seat, after: now }]
    })
    .toSorted((a, b) => Number(b.moves) - Number(a.moves))
}

/** Who is called for or set down at another time, though it is not they who change vehicle. */
export const othersTouched = (effects: readonly EffectOnPupil[]): PupilId[] => [
  ...new Set(effects.filter((one) => !one.moves && hasAnotherDay(one)).map(({ pupil }) => pupil)),
]

const hasAnotherDay = ({ before, after }: EffectOnPupil): boolean =>
  before.startsAt !== after.startsAt || before.endsAt !== after.endsAt

const seatsIn = (runs: readonly PlanRun[]): Map<number, Seat> =>
  new Map(
    runs.flatMap(({ name, riders }) =>
      riders.map(({ ride, startsAt, endsAt, ridden, length, sharesWith }) => [
        ride,
        { name, startsAt, endsAt, ridden, length, sharesWith },
      ]),
    ),
  )
