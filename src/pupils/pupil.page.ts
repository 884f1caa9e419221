/** One pupil: what to do next, the ladder each way, the week, and everything known, on any day at any moment. */
import type { Role } from '#access'
import { distancesAsAt } from '#distances/store'
import { type PupilId, readId } from '#ground/ids.ts'
import { type AsAt, addDays, ageOn, eachDay, earlierOf, weekdayOf } from '#ground/time.ts'
import { type Belief, beliefsAboutPupil } from '#knowledge/store'
import { seatsOfPupil } from '#routes/seat-store'
import { type DayLeg, travelOfPupil } from '#travel-arrangements/week-store'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { schoolAndRunNames } from './name-store.ts'
import { directionView, nextView, weekView } from './pupil.view.ts'
import { distanceRows } from './pupil-distance.view.ts'
import { historyView, timelineView } from './pupil-history.view.ts'
import {
  carerViews,
  eligibilityRows,
  homeRows,
  identityRows,
  needRows,
  placementRows,
} from './pupil-record.view.ts'
import { type PupilRecord, pupilAsAt } from './pupil-store.ts'
import { walksToSchool } from './walk-to-school.ts'
import { walkViews } from './walk-to-school.view.ts'

const readers = ['transport-officer', 'eligibility-officer', 'commissioner', 'manager', 'auditor'] as const
const changers: readonly Role[] = ['transport-officer', 'eligibility-officer', 'manager']
/** A commissioner buys the run: home, family and medicines are not theirs to see. */
const closer: readonly Role[] = ['transport-officer', 'eligibility-officer', 'manager', 'auditor']

const SCHOOL_DAY_WITHIN = 14

export const pupilPage: Page = {
  path: '/pupils/:pupilId',
  allow: readers,

  async get(visit) {
    const { asAt, person, query, path } = visit
    const moment = cutOf(visit)
    const hasOneOf = (roles: readonly Role[]) => person.roles.some((role) => roles.includes(role))
    const maySee = hasOneOf(closer)
    const mayChange = hasOneOf(changers) && !asAt.chosen
    const pupil = pupilIn(visit)
    const known = pupil && (await everythingOf(visit, pupil, maySee))
    if (!known) return notFound
    const { record, legs, day, seats, distances, walks, beliefs, names } = known
    const name = nameOf(record)
    const today = legs.filter((leg) => leg.day === day)
    return show(
      'pupils/pupil.njk',
      {
        title: name,
        caption: captionOf(record, moment),
        errors: asAt.errors,
        asAt: asAtView(asAt, { path, query }),
        next: nextView({ pupil, name: record.particulars.given_name, legs: today, mayChange }),
        day,
        isToday: day === moment.on,
        ways: today.map((leg) =>
          directionView(
            leg,
            seats.find(({ direction }) => direction === leg.direction),
            record,
          ),
        ),
        week: weekView(legs, moment.on),
        identity: identityRows(record, moment.on),
        homes: maySee ? homeRows(record, true) : [],
        distances: maySee ? distanceRows(record, distances) : [],
        walks: walkViews(walks),
        placements: placementRows(record, moment.on),
        needs: needRows(record, maySee),
        eligibility: eligibilityRows(record),
        carers: maySee ? carerViews(record, mayChange ? pupil : undefined) : [],
        timeline: maySee ? timelineView(beliefs, names) : [],
        history: maySee ? historyOf(visit) : '',
        actions: mayChange ? [...decisionFor(person, pupil), ...actionsFor(pupil)] : [],
      },
      { pupils: [pupil] },
    )
  },
}

export const pupilHistoryPage: Page = {
  path: '/pupils/:pupilId/history',
  allow: ['transport-officer', 'eligibility-officer', 'manager', 'auditor'],

  async get(visit) {
    const pupil = pupilIn(visit)
    if (!pupil) return notFound
    const [record, beliefs] = await Promise.all([
      pupilAsAt(visit.sql, pupil, cutOf(visit)),
      beliefsKnownBy(visit, pupil),
    ])
    if (!record) return notFound
    const view = {
      title: `Everything recorded about ${nameOf(record)}`,
      errors: [],
      back: paths.pupil(pupil),
      rows: historyView(beliefs, await namesFor(visit, beliefs)),
    }
    return show('pupils/pupil-history.njk', view, { pupils: [pupil] })
  },
}

const pupilIn = ({ params }: Visit): PupilId | undefined => readId<'Pupil'>(params['pupilId'])

/** All that the page shows: first, at once, what hangs on no other answer; then what hangs on those. */
async function everythingOf(visit: Visit, pupil: PupilId, maySee: boolean) {
  const { sql } = visit
  const moment = cutOf(visit)
  const [record, { legs, day }, beliefs, distances] = await Promise.all([
    pupilAsAt(sql, pupil, moment),
    travelAround(visit, pupil, moment),
    maySee ? beliefsKnownBy(visit, pupil) : [],
    maySee ? distancesAsAt(sql, pupil, moment) : [],
  ])
  if (!record) return undefined
  const [seats, names, walks] = await Promise.all([
    seatsOfPupil(sql, pupil, { ...moment, on: day }),
    namesFor(visit, beliefs),
    distances.length > 0 ? walksToSchool(await visit.roads(), distances) : [],
  ])
  return { record, legs, day, seats, distances, walks, beliefs, names }
}

const historyOf = ({ path, queryLists }: Visit): string =>
  withQuery(`${path}/history`, sameMoment(queryLists))

const cutOf = ({ asAt, now }: Visit): AsAt => ({ on: asAt.on, knownAt: earlierOf(asAt.knownAt, now) })

const nameOf = ({ particulars: { given_name: given, family_name: family } }: PupilRecord) =>
  `${given} ${family}`

function captionOf({ particulars, placements, registered }: PupilRecord, { on }: AsAt): string {
  if (!registered) return 'Not on the register on this day'
  const placed = placements.find(({ first_day: first }) => first <= on)
  const age = `${ageOn(particulars.born_on, on)} years old`
  return placed?.school ? `${age}, ${placed.school}` : `${age}, no school place`
}

/** The days of the week asked about, and the first from then on with somewhere to travel. */
async function travelAround({ sql }: Visit, pupil: PupilId, { on, knownAt }: AsAt) {
  const monday = addDays(on, 1 - weekdayOf(on))
  const days = eachDay(monday, addDays(on, SCHOOL_DAY_WITHIN))
  const legs = await travelOfPupil(sql, pupil, { days, knownAt })
  const travels = legs.find((leg) => leg.day >= on && leg.state !== 'not-requiring')
  const week: DayLeg[] = legs.filter(({ day }) => day < addDays(monday, 7) || day === travels?.day)
  return { legs: week, day: travels?.day ?? on }
}

async function beliefsKnownBy(visit: Visit, pupil: PupilId) {
  const beliefs = await beliefsAboutPupil(visit.sql, pupil)
  const { knownAt } = cutOf(visit)
  return beliefs
    .filter((belief) => earlierOf(belief.knownFrom, knownAt) === belief.knownFrom)
    .map((belief) =>
      belief.knownUntil && earlierOf(belief.knownUntil, knownAt) === belief.knownUntil
        ? belief
        : { ...belief, knownUntil: null },
    )
}

const namesFor = async ({ sql }: Visit, beliefs: readonly Belief[]) => ({
  ...(await schoolAndRunNames(sql, beliefs)),
  maySeeHome: true,
})

/** Whether a pupil is eligible is not for whoever arranges their travel to say. */
const decisionFor = ({ roles }: Visit['person'], pupil: PupilId) =>
  roles.some((role) => role === 'eligibility-officer' || role === 'manager')
    ? [{ text: 'Record a decision', href: paths.pupilDecision(pupil) }]
    : []

const actionsFor = (pupil: PupilId) => [
  { text: 'Find a seat', href: paths.pupilSeat(pupil) },
  { text: 'Record another arrangement', href: paths.pupilArrangement(pupil) },
  { text: 'Gives up what carries them', href: paths.pupilTravelEnds(pupil) },
  { text: 'Consent is taken back', href: paths.pupilConsent(pupil) },
  { text: 'Take a travel need form', href: paths.pupilNeed(pupil) },
  { text: 'Is away', href: paths.pupilAbsence(pupil) },
  { text: 'Moves home', href: paths.pupilMovesHome(pupil) },
  { text: 'Moves school', href: paths.pupilMovesSchool(pupil) },
  { text: 'Attends part of the week, or two schools', href: paths.pupilPlacement(pupil) },
  { text: 'Name, number or plan changes', href: paths.pupilParticulars(pupil) },
  { text: 'Keep apart from, or travels well with, somebody', href: paths.pupilPairing(pupil) },
  { text: 'Leaves', href: paths.pupilLeaves(pupil) },
  { text: 'Somebody else cares for them', href: paths.newCarer(pupil) },
]
