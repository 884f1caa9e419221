/**
 * The February in which a whole network is let again at once. Contracts end on the Friday before half-term, their
 * successors begin on the Monday after it, and on that morning a third of the children on them have nothing that is
 * ready. It is put right over three weeks. What Kent's auditors found in 2022 is the pattern; every child is invented.
 */
import type { Random } from '#ground/random.ts'
import { addDays, instant, momentAt, type PlainDate, type WallTime } from '#ground/time.ts'
import { februaryHalfTerm, schoolDays, schoolYear } from './calendar.ts'
import { MANAGER } from './cast.ts'
import type { Child } from './children.ts'
import { type Chronicle, days } from './chronicle.ts'
import { august, confirmRoute, giveSeats, letRoute, planRuns, type Route } from './routes.ts'
import type { Casts } from './school-years.ts'

/** How a route let again stands on the first morning. */
type Standing = 'ready' | 'not-accepted' | 'nobody'
type Successor = { old: Route; route: Route; standing: Standing; settles: number; omitted: Child | undefined }

const SHARE_LET_AGAIN = 72
const WEEKS = 15

/** Records the February of a school year, and gives the routes as they run after it. */
export function recordFebruary(
  book: Chronicle,
  random: Random,
  { casts, year, routes }: { casts: Casts; year: number; routes: readonly Route[] },
): Route[] {
  const halfTerm = februaryHalfTerm(year + 1)
  const ends = addDays(halfTerm, -3)
  const begins = addDays(halfTerm, 7)
  const until = august(year + 1)
  const kept = routes.filter(() => !random.percent(SHARE_LET_AGAIN))
  const again = routes.filter((route) => !kept.includes(route))

  book.begin({
    at: instant(`${year + 1}-01-23T16:45`),
    by: 'manager',
    reason: 'The network is let again: contracts end at half-term, the risk is accepted',
  })
  acceptRisk(book, again, { from: addDays(ends, 1), until })
  const successors = again.map((old) => successorOf(book, random, { old, casts, begins }))
  for (const { old, route, standing, omitted } of successors) {
    book.withdraw('contract_terms', { contract_id: old.contract, valid: days(addDays(ends, 1)) })
    planRuns(book, route, { from: begins, until })
    const children = route.group.children.filter((child) => child !== omitted)
    if (standing !== 'nobody') giveSeats(book, route, { from: begins, until, does: 'state', children })
  }

  book.begin({
    at: instant(`${addDays(begins, -6)}T17:50`),
    by: 'transport-officer',
    reason: 'Contracts signed; operators and families answered',
  })
  for (const { route, standing, omitted } of successors.filter((one) => one.standing !== 'nobody')) {
    const ready = standing === 'ready'
    const told = route.group.children.filter((child) => child !== omitted && (ready || child.id % 3 === 0))
    const rungs = {
      signed: ready || route.id % 2 === 0,
      accepted: ready,
      checked: ready,
      schoolTold: ready,
      told,
    }
    confirmRoute(book, route, { from: begins, until, rungs, on: addDays(begins, -7) })
  }
  putRight(book, random, { successors, begins, until, year })
  return [...kept, ...successors.map(({ route }) => route)]
}

function acceptRisk(
  book: Chronicle,
  routes: readonly Route[],
  { from, until }: { from: PlainDate; until: PlainDate },
): void {
  for (const { id } of routes.flatMap(({ group }) => group.children)) {
    for (const direction of [1, 2]) {
      book.insert('accepted_gap', {
        pupil_id: id,
        direction,
        accepted_by: MANAGER,
        reason: 'New contracts are promised for the first day after half-term',
        change: 'Re-tender of the whole network',
        valid: days(from, until),
      })
    }
  }
}

function successorOf(
  book: Chronicle,
  random: Random,
  { old, casts, begins }: { old: Route; casts: Casts; begins: PlainDate },
): Successor {
  const operator = random.weighted(casts.operators, ({ size }) => size)
  const standing = random.weighted(
    [
      ['ready', 36],
      ['not-accepted', 36],
      ['nobody', 28],
    ] as const,
    ([, weight]) => weight,
  )[0]
  const route = letRoute(book, random, {
    group: { ...old.group, children: [...old.group.children] },
    operator,
    from: begins,
    until: august(Number(old.until.slice(0, 4))),
  })
  // The optimiser's output had known anomalies: some children were on no route at all.
  const omitted =
    old.group.children.length > 2 && random.percent(9) ? random.oneOf(old.group.children) : undefined
  return { old, route, standing, settles: settlesOn(random), omitted }
}

/** Most are settled in the first week and a half; the last of them after three weeks. */
const settlesOn = (random: Random): number =>
  Math.min(WEEKS - 1, Math.floor(-Math.log(1 - random.unit()) * 5.2))

type Righting = { successors: readonly Successor[]; begins: PlainDate; until: PlainDate; year: number }

/** Each school day of three weeks: what families did meanwhile, and which routes came to be ready. */
function putRight(book: Chronicle, random: Random, { successors, begins, until, year }: Righting): void {
  const open = schoolDays(schoolYear(year)).filter((day) => day >= begins)
  const meanwhile = new Set<number>()
  for (const [i, day] of open.slice(0, WEEKS).entries()) {
    const settled = successors.filter(({ settles, standing }) => standing !== 'ready' && settles === i)
    const reason = `Situation of the day: ${settled.length} routes made ready`
    book.begin({ at: momentAt(day, '17:30' as WallTime), by: 'transport-officer', reason })
    const when = { from: addDays(day, 1), begins, until }
    for (const one of settled) settle(book, one, when)
    for (const one of successors.filter((late) => foundOn(late) === i)) findOmitted(book, one, when)
    const stranded = successors
      .filter((one) => isStranded(one, i))
      .flatMap(({ route }) => route.group.children)
    const left = stranded.filter(({ id }) => !meanwhile.has(id))
    for (const child of left.filter(() => random.percent(i < 3 ? 34 : 16))) {
      meanwhile.add(child.id)
      recordMeanwhile(book, random, { child, ...when })
    }
  }
}

const isStranded = ({ standing, settles }: Successor, day: number) => standing === 'nobody' && settles > day

/** The day on which somebody notices the child on no route: not before the fifth, nor before there is a route. */
const foundOn = ({ omitted, standing, settles }: Successor): number | undefined =>
  omitted && Math.max(4, standing === 'ready' ? 0 : settles)

type When = { from: PlainDate; begins: PlainDate; until: PlainDate }

function findOmitted(book: Chronicle, { route, omitted }: Successor, { from, until }: When): void {
  if (!omitted) return
  giveSeats(book, route, { from, until, does: 'state', children: [omitted] })
  confirmRoute(book, route, { from, until, rungs: { told: [omitted] }, on: addDays(from, -1) })
}

function settle(
  book: Chronicle,
  { route, standing, omitted }: Successor,
  { from, begins, until }: When,
): void {
  const on = addDays(from, -1)
  const children = route.group.children.filter((child) => child !== omitted)
  if (standing === 'nobody') {
    giveSeats(book, route, { from, until, does: 'state', children })
    const rungs = { signed: true, accepted: true, checked: true, schoolTold: true, told: children }
    confirmRoute(book, { ...route, from }, { from, until, rungs, on })
    return
  }
  // Every third family had been told before anybody could know whether it was true.
  const told = children.filter(({ id }) => id % 3 !== 0)
  const rungs = { signed: route.id % 2 !== 0, accepted: true, checked: true, schoolTold: true, told }
  confirmRoute(book, { ...route, from: begins }, { from, until, rungs, on })
}

function recordMeanwhile(
  book: Chronicle,
  random: Random,
  { child, from, until }: { child: Child; from: PlainDate; until: PlainDate },
): void {
  const how = random.weighted(
    [
      ['interim-parental', 62],
      ['temporary-vehicle', 24],
      ['offer-declined', 14],
    ] as const,
    ([, weight]) => weight,
  )[0]
  const ends = how === 'temporary-vehicle' ? addDays(from, 19) : until
  const reasons = {
    'interim-parental': 'No vehicle yet; the family drives and is owed the cost',
    'temporary-vehicle': 'Spot hire until the new operator is ready',
    'offer-declined': 'Offered a shared taxi with strangers; must be met by a known assistant',
  }
  for (const direction of [1, 2]) {
    book.state('travel_arrangement', {
      pupil_id: child.id,
      direction,
      days: '{[0,5),[7,12)}',
      kind: how,
      provider: how === 'temporary-vehicle' ? 'Spot hire' : null,
      reason: reasons[how],
      valid: days(from, ends < until ? ends : until),
    })
  }
}
