/** The operators of Westmarch, with the vehicles, drivers and assistants they put on each route. */
import type { Random } from '#ground/random.ts'
import { addDays, addMonths, type PlainDate } from '#ground/time.ts'
import { type Chronicle, days } from './chronicle.ts'
import { operatorNames, personName } from './names.ts'

export type Operator = { id: number; name: string; size: number }
export type Layouts = readonly (readonly [seats: number, wheelchairs: number])[]
export type VehicleType = { type: string; layouts: Layouts; dayRate: number; tailLift: boolean }

export const vehicleTypes = {
  car: { type: 'Car', layouts: [[4, 0]], dayRate: 9800, tailLift: false },
  people: { type: 'People carrier', layouts: [[6, 0]], dayRate: 13_200, tailLift: false },
  access: {
    type: 'Wheelchair-accessible car',
    layouts: [
      [4, 0],
      [2, 1],
    ],
    dayRate: 14_600,
    tailLift: false,
  },
  minibus: { type: 'Minibus', layouts: [[8, 0]], dayRate: 18_400, tailLift: false },
  lift: {
    type: 'Minibus with tail-lift',
    layouts: [
      [12, 0],
      [9, 1],
      [6, 2],
      [3, 3],
    ],
    dayRate: 24_900,
    tailLift: true,
  },
} as const satisfies Record<string, VehicleType>

/** Draws so many operators: a few large, most of them a family with three cars. */
export function drawOperators(
  random: Random,
  { count, number }: { count: number; number: Chronicle['number'] },
): Operator[] {
  return operatorNames(random.branch('names'), count).map((name, i) => ({
    id: number('operator'),
    name,
    size: Math.max(1, Math.round(24 / (i + 2))) + random.between(0, 3),
  }))
}

/** Records operators as admitted from a day on. */
export function recordOperators(book: Chronicle, operators: readonly Operator[], from: PlainDate): void {
  for (const { id, name, size } of operators) {
    book.insert('operator', { operator_id: id })
    book.insert('operator_particulars', {
      operator_id: id,
      name,
      company_number: String(9_000_000 + id * 137),
      phone: `01632 97${String(1000 + id).padStart(4, '0')}`,
      email: `office@operator${id}.westmarch.example`,
      vehicles_declared: size * 3 + 4,
      valid: days(from),
    })
  }
}

/** Who and what makes a route's runs. */
export type Crew = { vehicle: number; driver: number; assistants: readonly number[] }
export type CrewWanted = {
  operator: number
  vehicle: VehicleType
  assistants: number
  from: PlainDate
  /** Somebody whose badge nobody has seen yet. */
  unchecked?: boolean
}

/** Records the vehicle and people of a new route, each with its checks. */
export function hireCrew(book: Chronicle, random: Random, wanted: CrewWanted): Crew {
  const { operator, vehicle: kind, from, assistants } = wanted
  const vehicle = book.number('vehicle')
  book.insert('vehicle', { vehicle_id: vehicle })
  const registration = `WM${random.between(17, 25)} ${letters(random)}`
  const { type, layouts, tailLift } = kind
  book.insert('vehicle_particulars', {
    vehicle_id: vehicle,
    operator_id: operator,
    registration,
    vehicle_type: type,
    layouts,
    tail_lift: tailLift,
    valid: days(from),
  })
  for (const check of ['mot', 'insurance', ...(tailLift ? ['loler'] : [])]) {
    const months = check === 'loler' ? 6 : 12
    renew(book, random, {
      table: 'vehicle_check',
      subject: { vehicle_id: vehicle },
      check,
      months,
      ...wanted,
    })
  }
  const person = (post: 'driver' | 'passenger-assistant', checks: readonly string[]) => {
    const crew = book.number('crew')
    const { givenName, familyName } = personName(random)
    book.insert('crew', { crew_id: crew })
    const phone = `07700 9${String(10_000 + crew).padStart(5, '0')}`
    book.insert('crew_particulars', {
      crew_id: crew,
      operator_id: operator,
      name: `${givenName} ${familyName}`,
      post,
      phone,
      valid: days(from),
    })
    for (const check of checks) {
      if (wanted.unchecked === true && check === 'badge') continue
      renew(book, random, { table: 'crew_check', subject: { crew_id: crew }, check, months: 36, ...wanted })
    }
    return crew
  }
  return {
    vehicle,
    driver: person('driver', ['dbs', 'badge', 'licence', 'safeguarding']),
    assistants: Array.from({ length: assistants }, () =>
      person('passenger-assistant', ['dbs', 'badge', 'first-aid']),
    ),
  }
}

type Renewed = {
  table: string
  subject: Readonly<Record<string, number>>
  check: string
  months: number
  from: PlainDate
}

const YEARS_AHEAD = 4

/** A chain of certificates without a gap: the first somewhere in its life on the day the route begins, the rest later. */
function renew(book: Chronicle, random: Random, { table, subject, check, months, from }: Renewed): void {
  let begins = addDays(from, -random.between(20, months * 30 - 45))
  for (let i = 1; begins < addMonths(from, YEARS_AHEAD * 12); i++) {
    const ends = addMonths(begins, months)
    const how = table === 'crew_check' ? { verified_how: 'Certificate seen' } : {}
    const reference = `${check.slice(0, 3).toUpperCase()}-${random.between(10_000, 99_999)}-${i}`
    const row = { ...subject, kind: check, reference, ...how, valid: days(begins, ends) }
    // A renewal is known a fortnight or so before it is needed, not years.
    if (begins <= from) book.insert(table, row)
    else book.later(addDays(begins, -random.between(6, 24)), table, row)
    begins = ends
  }
}

const letters = (random: Random): string =>
  Array.from({ length: 3 }, () => random.oneOf([...'ABCDEFGHJKLMNOPRSTUVWXYZ'])).join('')
