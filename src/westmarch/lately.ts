/** The last weeks before today: what an officer finds on the list of exceptions this morning, a few of each kind. */
import type { Random } from '#ground/random.ts'
import {
  addDays,
  instant,
  momentAt,
  type PlainDate,
  plainDate,
  type WallTime,
  weekdayOf,
} from '#ground/time.ts'
import { schoolDays, schoolYear } from './calendar.ts'
import { MANAGER } from './cast.ts'
import type { Child } from './children.ts'
import { type Chronicle, days } from './chronicle.ts'
import { recordChild } from './families.ts'
import { placeNamed } from './places.ts'
import { houseIn } from './roads/houses.ts'
import { august, giveSeats, hasRoomFor, type Route } from './routes.ts'
import type { Casts } from './school-years.ts'

type Lately = {
  casts: Casts
  year: number
  routes: readonly Route[]
  /** The first day of the story. */
  since: PlainDate
  today: PlainDate
}

/** Records what happened between the start of the school year and today. */
export function recordLately(
  book: Chronicle,
  random: Random,
  { casts, year, routes, since, today }: Lately,
): void {
  const open = schoolDays(schoolYear(year)).filter((day) => day < today)
  const began = open[12]
  if (began === undefined) return
  const small = routes.filter(({ group }) => group.children.length >= 2 && group.children.length <= 4)
  const [handedBack, hired, ghost, moved, mixed] = random.shuffled(small)
  const when = { random, until: august(year + 1), today, last: open.at(-1) ?? today }
  if (handedBack) recordHandBack(book, handedBack, when)
  if (hired) recordSpotHire(book, hired, when)
  if (ghost) recordGhost(book, ghost, { ...when, began })
  if (moved) recordMove(book, moved, when)
  if (mixed) recordUnsuitable(book, mixed, when)
  recordAbsences(book, routes, when)
  recordSnow(book, casts, { since, today })
}

type When = { random: Random; until: PlainDate; today: PlainDate; last: PlainDate }

const evening = (day: PlainDate, time = '16:20') => momentAt(day, time as WallTime)
const both = [1, 2] as const

function accept(
  book: Chronicle,
  child: Child,
  { from, until, change }: { from: PlainDate; until: PlainDate; change: string },
): void {
  for (const direction of both) {
    book.state('accepted_gap', {
      pupil_id: child.id,
      direction,
      accepted_by: MANAGER,
      reason: 'No operator could be found in time; the family agreed to drive',
      change,
      valid: days(from, until),
    })
  }
}

/** An operator gave a contract back: its runs are still planned, and nothing stands behind them. */
function recordHandBack(book: Chronicle, route: Route, { until, today }: When): void {
  const ends = addDays(today, -4)
  book.begin({
    at: evening(addDays(today, -11)),
    by: 'manager',
    reason: `${route.reference} handed back by the operator`,
  })
  for (const child of route.group.children)
    accept(book, child, { from: ends, until, change: `End of ${route.reference}` })
  book.withdraw('contract_terms', { contract_id: route.contract, valid: days(ends) })
  const [first] = route.group.children
  if (!first) return
  book.begin({
    at: evening(addDays(today, -5)),
    by: 'transport-officer',
    reason: 'Family drives until a new operator is found',
  })
  for (const direction of both) {
    book.state('travel_arrangement', {
      pupil_id: first.id,
      direction,
      days: '{[0,5),[7,12)}',
      kind: 'interim-parental',
      reason: `${route.reference} was handed back`,
      valid: days(ends, until),
    })
  }
}

/** A spot hire that runs out within the fortnight. */
function recordSpotHire(book: Chronicle, { group, code }: Route, { until, today }: When): void {
  book.begin({
    at: evening(addDays(today, -9)),
    by: 'manager',
    reason: `${code}: vehicle off the road, spot hire`,
  })
  for (const child of group.children) {
    accept(book, child, { from: addDays(today, -8), until, change: `${code} off the road` })
    for (const direction of both) {
      book.state('travel_arrangement', {
        pupil_id: child.id,
        direction,
        days: '{[0,5),[7,12)}',
        kind: 'temporary-vehicle',
        provider: 'Spot hire',
        reason: 'Vehicle off the road',
        valid: days(addDays(today, -8), addDays(today, 6)),
      })
    }
  }
}

/** Everybody on a run has left, and the run still goes. */
function recordGhost(
  book: Chronicle,
  { group, code }: Route,
  { began, until }: When & { began: PlainDate },
): void {
  book.begin({ at: evening(began), by: 'transport-officer', reason: `${code}: its pupils left the county` })
  for (const { id } of group.children) {
    const mine = { pupil_id: id, valid: days(addDays(began, 3)) }
    for (const direction of both)
      book.withdraw('travel_arrangement', {
        ...mine,
        direction,
        days: '{[0,14)}',
        valid: days(addDays(began, 3), until),
      })
    book.withdraw('placement', { ...mine, pattern: '{[0,28)}' })
    book.withdraw('pupil_registration', mine)
  }
}

/** A family moved across the county; the seat could not follow. */
function recordMove(book: Chronicle, { group, code }: Route, { random, until, today }: When): void {
  const [child] = group.children
  if (!child) return
  const from = addDays(today, -1)
  const house = houseIn(random.branch('moves home'), placeNamed('Polwarren'))
  book.begin({
    at: evening(addDays(today, -6)),
    by: 'manager',
    reason: `${child.givenName} moves home; ${code} cannot go so far`,
  })
  accept(book, child, { from, until, change: 'Home move' })
  book.state('pupil_home', {
    pupil_id: child.id,
    pattern: '{[0,28)}',
    address: `3 ${house.street}, Polwarren`,
    postcode: 'WM9 5QQ',
    ...house.point,
    area: 'Skerrow Coast',
    protected: false,
    valid: days(from, child.leaves),
  })
  for (const direction of both)
    book.withdraw('travel_arrangement', {
      pupil_id: child.id,
      direction,
      days: '{[0,14)}',
      valid: days(from, until),
    })
}

/** On one run: a child who must now travel alone, and two who must be kept apart. */
function recordUnsuitable(book: Chronicle, { group, code }: Route, { today }: When): void {
  const [one, other] = group.children
  if (!one || !other) return
  book.begin({
    at: evening(addDays(today, -3)),
    by: 'eligibility-officer',
    reason: `Review meeting: ${code} no longer suits`,
  })
  book.state('travel_need', {
    pupil_id: one.id,
    mobility: one.wheelchair ? 'wheelchair' : 'seat',
    assistant: one.assistant,
    single_occupancy: true,
    single_occupancy_reason: 'Two incidents this month',
    single_occupancy_review_on: addDays(today, 90),
    answers: { communication: 'Speaks freely', handover: 'school-staff' },
    missing: [],
    sent_by: 'SEN team, East',
    valid: days(addDays(today, -2), one.leaves),
  })
  book.insert('pupil_pairing', {
    pupil_id: Math.min(one.id, other.id),
    other_id: Math.max(one.id, other.id),
    kind: 'keep-apart',
    reason: 'Agreed with both families',
    valid: days(addDays(today, -2)),
  })
}

/** This week's notified absences. */
function recordAbsences(book: Chronicle, routes: readonly Route[], { random, today, last }: When): void {
  const children = random
    .shuffled(routes.flatMap(({ group }) => group.children))
    .slice(0, Math.ceil(routes.length / 18))
  book.begin({ at: evening(last, '18:05'), by: 'transport-officer', reason: 'Absences notified' })
  for (const { id } of children) {
    const ends = addDays(today, random.between(1, 3))
    book.insert('pupil_absence', {
      pupil_id: id,
      notified_by: 'Parent',
      reason: random.oneOf(['Unwell', 'Hospital appointment']),
      valid: days(today, ends),
    })
  }
}

/** The year’s one day of snow, at the schools on the moor; none before the story begins. */
function recordSnow(
  book: Chronicle,
  { schools }: Casts,
  { since, today }: Pick<Lately, 'since' | 'today'>,
): void {
  const day = plainDate(`${today.slice(0, 4)}-01-28`)
  if (day < since || day >= today || weekdayOf(day) > 5) return
  book.begin({
    at: instant(`${day}T06:10`),
    by: 'transport-officer',
    reason: 'Snow: schools on Norrow Moor closed',
  })
  for (const { id, place } of schools.filter((school) => school.place.district === 'Norrow Moor')) {
    book.insert('school_closure', {
      school_id: id,
      kind: 'closure',
      part: 'whole-day',
      reason: `Snow at ${place.name}`,
      valid: days(day, addDays(day, 1)),
    })
  }
}

/** Children who came this week: the first has a seat nobody has told the family of, the others have nothing yet. */
export function recordNewcomers(
  book: Chronicle,
  {
    random,
    children,
    routes,
    until,
  }: { random: Random; children: readonly Child[]; routes: readonly Route[]; until: PlainDate },
): void {
  for (const [i, child] of children.entries()) {
    book.begin({
      at: evening(addDays(child.joins, -5)),
      by: 'eligibility-officer',
      reason: 'Joined in the middle of the year',
    })
    recordChild(book, random, child)
    const school = [...child.schools.values()][0]
    const route = routes.find((one) => one.school.id === school?.id && hasRoomFor(one, child))
    if (i > 0 || !route) continue
    book.begin({
      at: evening(addDays(child.joins, -2)),
      by: 'transport-officer',
      reason: `A seat on ${route.code}`,
    })
    giveSeats(book, route, { from: child.joins, until, children: [child] })
  }
}
