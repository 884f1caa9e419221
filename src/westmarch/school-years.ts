/** Each August: children placed on routes, routes let for those there is no room for, families and schools told. */
import type { Random } from '#ground/random.ts'
import { addDays, instant, plainDate } from '#ground/time.ts'
import type { Operator } from './carriers.ts'
import type { Child } from './children.ts'
import { type Chronicle, days } from './chronicle.ts'
import { drawGroups } from './network.ts'
import { august, confirmRoute, giveSeats, hasRoomFor, letRoute, planRuns, type Route } from './routes.ts'
import { type School, september } from './schools.ts'

export type Casts = {
  schools: readonly School[]
  operators: readonly Operator[]
  children: readonly Child[]
}

/**
 * Plans one school year and records it: gives the routes that run in it. Routes of the year before go on with the
 * children who still attend their school.
 */
export function recordTransport(
  book: Chronicle,
  random: Random,
  { casts, year, before }: { casts: Casts; year: number; before: readonly Route[] },
): Route[] {
  const seated = casts.children.filter((child) => isCarried(child, year))
  const riding = new Set<number>()
  const going = before
    .filter(({ until }) => until > september(year))
    .map((route) => {
      const children = route.group.children.filter(({ schools }) => schools.get(year)?.id === route.school.id)
      for (const { id } of children) riding.add(id)
      return { ...route, group: { ...route.group, children } }
    })
  const waiting = seated.filter(({ id }) => !riding.has(id))
  const unplaced = waiting.filter((child) => !placeOn(going, child, year))

  book.begin({
    at: instant(`${year}-08-06T10:00`),
    by: 'commissioner',
    reason: `Contracts let for ${year}/${(year + 1) % 100}`,
  })
  const fresh = casts.schools.flatMap((school) => {
    const here = unplaced.filter(({ schools }) => schools.get(year)?.id === school.id)
    return drawGroups(random.branch(`groups ${school.id} ${year}`), school, here)
  })
  const until = august(year + 4)
  const letNow = fresh.map((group) => {
    const operator = random.weighted(casts.operators, ({ size }) => size)
    return letRoute(book, random, { group, operator, from: september(year), until })
  })
  const routes = [...going, ...letNow].filter(({ group }) => group.children.length > 0)
  recordSeats(book, routes, { year, fresh: new Set(letNow.map(({ id }) => id)) })
  recordOtherWays(book, casts.children, year)
  return routes
}

/** Who waits for a decision is given no seat yet. */
const isCarried = ({ travels, schools, eligibility }: Child, year: number): boolean =>
  travels === 'seat' && eligibility !== 'pending' && schools.has(year)

function placeOn(routes: readonly Route[], child: Child, year: number): boolean {
  const school = child.schools.get(year)
  const route = routes.find((one) => one.school.id === school?.id && hasRoomFor(one, child))
  if (route) route.group.children.push(child)
  return route !== undefined
}

function recordSeats(
  book: Chronicle,
  routes: readonly Route[],
  { year, fresh }: { year: number; fresh: ReadonlySet<number> },
): void {
  const when = { from: september(year), until: august(year + 1) }
  book.begin({
    at: instant(`${year}-08-13T09:30`),
    by: 'transport-officer',
    reason: `Seats for the school year ${year}/${(year + 1) % 100}`,
  })
  for (const route of routes) {
    planRuns(book, route, when)
    giveSeats(book, route, when)
  }
  book.begin({
    at: instant(`${year}-08-22T15:10`),
    by: 'transport-officer',
    reason: 'Operators accepted; crews checked; families and schools told',
  })
  for (const route of routes) {
    const first = fresh.has(route.id)
    const rungs = {
      signed: first,
      accepted: first,
      checked: first,
      schoolTold: true,
      told: route.group.children,
    }
    confirmRoute(book, route, { ...when, rungs, on: plainDate(`${year}-08-21`) })
  }
}

/** Allowances, passes and training, with the consent that each needs. */
function recordOtherWays(book: Chronicle, children: readonly Child[], year: number): void {
  for (const child of children.filter(({ travels, schools }) => travels !== 'seat' && schools.has(year))) {
    const valid = days(september(year), august(year + 1))
    for (const direction of [1, 2]) {
      book.insert('travel_arrangement', {
        pupil_id: child.id,
        direction,
        days: '{[0,5),[7,12)}',
        kind: child.travels,
        provider: child.travels === 'travel-pass' ? 'Westmarch Buses' : null,
        reason: null,
        valid,
      })
    }
    if (child.travels === 'travel-pass') continue
    book.insert('travel_consent', {
      pupil_id: child.id,
      kind: child.travels,
      given_by: `Parent of ${child.givenName} ${child.familyName}`,
      evidence: 'Signed form',
      valid,
    })
  }
}

/** Renewals of certificates as they come in, a chapter a month. */
export function recordRenewals(book: Chronicle, { from, until }: { from: string; until: string }): void {
  for (let day = plainDate(from); day < until; day = addDays(day, 28)) {
    const due = book.due(addDays(day, 13))
    if (due.length === 0) continue
    book.begin({ at: instant(`${day}T11:20`), by: 'commissioner', reason: 'Certificates renewed and seen' })
    for (const { table, row } of due) book.insert(table, row)
  }
}
