/** Routes of Westmarch as they are let, planned and given seats, year by year. */
import type { Random } from '#ground/random.ts'
import { type PlainDate, plainDate } from '#ground/time.ts'
import { type Crew, hireCrew, type Operator } from './carriers.ts'
import type { Child } from './children.ts'
import { type Chronicle, days } from './chronicle.ts'
import { afternoonStops, fits, type Group, groupOf, morningStops } from './network.ts'
import { PENCE_PER_ASSISTANT_DAY, PENCE_PER_MILE } from './prices.ts'
import type { School } from './schools.ts'

export type Route = {
  id: number
  code: string
  contract: number
  reference: string
  operator: number
  school: School
  runs: readonly [toSchool: number, fromSchool: number]
  crew: Crew
  /** The group as it was let: vehicle and posts stay, children come and go. */
  group: Group
  from: PlainDate
  until: PlainDate
}

type Let = { group: Group; operator: Operator; from: PlainDate; until: PlainDate; unchecked?: boolean }

/** Lets a contract for one route and records its runs, vehicle and crew. Nothing is confirmed yet. */
export function letRoute(
  book: Chronicle,
  random: Random,
  { group, operator, from, until, ...but }: Let,
): Route {
  const { school, vehicle, assistants } = group
  const contract = book.number('contract')
  const id = book.number('route')
  const reference = `C-${String(1000 + contract)}`
  const code = `${school.name.slice(0, 3).toUpperCase()}-${String(id).padStart(3, '0')}`
  const { miles } = morningStops(group)
  const rate = vehicle.dayRate + miles * PENCE_PER_MILE + assistants * PENCE_PER_ASSISTANT_DAY
  const dailyRate = Math.round(rate / 50) * 50
  book.insert('contract', { contract_id: contract })
  book.insert('contract_terms', {
    contract_id: contract,
    operator_id: operator.id,
    reference,
    notice_days: 28,
    daily_rate_pence: dailyRate,
    variation_rate_pence: random.between(170, 290),
    extension_months: random.oneOf([0, 6, 12, 12]),
    status: 'in-force',
    valid: days(from, until),
  })
  book.insert('route', { route_id: id })
  book.insert('route_terms', {
    route_id: id,
    contract_id: contract,
    code,
    name: nameOf(group),
    school_id: school.id,
    valid: days(from, until),
  })
  const crew = hireCrew(book, random, { operator: operator.id, vehicle, assistants, from, ...but })
  const runs = [1, 2].map((direction) => {
    const run = book.number('run')
    book.insert('run', { run_id: run, route_id: id, direction })
    const always = { run_id: run, days: '{[0,5),[7,12)}', valid: days(from, until) }
    book.insert('run_vehicle', { ...always, vehicle_id: crew.vehicle })
    book.insert('run_crew', { ...always, crew_id: crew.driver, post: 'driver' })
    for (const assistant of crew.assistants)
      book.insert('run_crew', { ...always, crew_id: assistant, post: 'passenger-assistant' })
    return run
  })
  return {
    id,
    code,
    contract,
    reference,
    operator: operator.id,
    school,
    runs: [runs[0] ?? 0, runs[1] ?? 0],
    crew,
    group,
    from,
    until,
  }
}

function nameOf({ children }: Group): string {
  const first = children[0]?.place.name ?? 'Nowhere'
  const last = children.at(-1)?.place.name
  return last === undefined || last === first ? first : `${first} and ${last}`
}

/** Plans both runs of a route between two days: stops for the children aboard. */
export function planRuns(
  book: Chronicle,
  route: Route,
  { from, until, does = 'insert' }: { from: PlainDate; until: PlainDate; does?: 'insert' | 'state' },
): void {
  const { group, runs } = route
  const { stops, miles } = morningStops(group)
  const plan = {
    days: '{[0,5),[7,12)}',
    vehicle_type: group.vehicle.type,
    layouts: group.vehicle.layouts,
    assistant_posts: group.assistants,
    miles_live: miles,
    miles_dead: Math.round(miles * 4) / 10,
    valid: days(from, until),
  }
  book[does]('run_plan', { run_id: runs[0], ...plan, stops })
  book[does]('run_plan', { run_id: runs[1], ...plan, stops: afternoonStops(group) })
}

type Seats = { from: PlainDate; until: PlainDate; does?: 'insert' | 'state'; children?: readonly Child[] }

/** Gives the children of a route their seats, both ways. */
export function giveSeats(
  book: Chronicle,
  route: Route,
  { from, until, does = 'insert', children = route.group.children }: Seats,
): void {
  for (const { id } of children) {
    for (const [i, run] of route.runs.entries()) {
      book[does]('travel_arrangement', {
        pupil_id: id,
        direction: i + 1,
        days: '{[0,5),[7,12)}',
        kind: 'seat',
        run_id: run,
        valid: days(from, until),
      })
    }
  }
}

export type Rungs = {
  signed?: boolean
  accepted?: boolean
  checked?: boolean
  schoolTold?: boolean
  told?: readonly Child[]
}

/** Records the words that were given for a route: each only once for the same days. */
export function confirmRoute(
  book: Chronicle,
  { contract, runs, code, from: starts, until: ends }: Route,
  { from, until, rungs, on }: { from: PlainDate; until: PlainDate; rungs: Rungs; on: PlainDate },
): void {
  const word = { contract_id: contract, given_on: on, pupil_id: 0 }
  const whole = days(starts < from ? from : starts, ends)
  if (rungs.signed)
    book.insert('confirmation', {
      ...word,
      kind: 'contract-signed',
      run_id: 0,
      evidence: 'Signed copy on file',
      valid: whole,
    })
  for (const run_id of runs) {
    if (rungs.accepted)
      book.insert('confirmation', {
        ...word,
        run_id,
        kind: 'operator-accepted',
        evidence: `Email: ${code} accepted`,
        valid: whole,
      })
    if (rungs.checked)
      book.insert('confirmation', {
        ...word,
        run_id,
        kind: 'crew-and-vehicle-checked',
        evidence: 'Badges and vehicle seen',
        valid: whole,
      })
    if (rungs.schoolTold)
      book.insert('confirmation', {
        ...word,
        run_id,
        kind: 'school-told',
        evidence: 'List received by the school office',
        valid: days(from, until),
      })
    for (const { id } of rungs.told ?? []) {
      book.insert('confirmation', {
        ...word,
        run_id,
        pupil_id: id,
        kind: 'family-told',
        evidence: 'Text delivered',
        valid: days(from, until),
      })
    }
  }
}

/** Whether one more child may ride along: nobody travels alone, and there is room. */
export function hasRoomFor({ group }: Route, child: Child): boolean {
  if (child.alone || group.children.some(({ alone }) => alone)) return false
  const together = groupOf(group.school, [...group.children, child])
  if (together.assistants > group.assistants) return false
  const chairs = together.children.filter(({ wheelchair }) => wheelchair).length
  return fits(group.vehicle.layouts, together.children.length - chairs + group.assistants, chairs)
}

/** 1 August: when contracts of a school year end. */
export const august = (year: number): PlainDate => plainDate(`${year}-08-01`)
