/** The schools of Westmarch: how many, of which kind, where, and when their bells ring. */
import type { Random } from '#ground/random.ts'
import { addDays, type PlainDate, plainDate } from '#ground/time.ts'
import { februaryHalfTerm, schoolDays, schoolYear } from './calendar.ts'
import { type Chronicle, days } from './chronicle.ts'
import { schoolNames } from './names.ts'
import { type Place, type Point, places } from './places.ts'
import { houseIn } from './roads/houses.ts'

export type Phase = 'primary' | 'secondary' | 'all-through' | 'post-16'
export type School = {
  id: number
  name: string
  kind: string
  phase: Phase
  place: Place
  point: Point
  street: string
  opens: string
  closes: string
  /** Out-of-county terms: open in the February week when the county's own schools are shut. */
  ownCalendar: boolean
}

const kinds: readonly { kind: string; phase: Phase; weight: number }[] = [
  { kind: 'special', phase: 'all-through', weight: 34 },
  { kind: 'special', phase: 'secondary', weight: 18 },
  { kind: 'special', phase: 'primary', weight: 12 },
  { kind: 'resourced provision', phase: 'primary', weight: 10 },
  { kind: 'resourced provision', phase: 'secondary', weight: 8 },
  { kind: 'independent special', phase: 'all-through', weight: 8 },
  { kind: 'alternative provision', phase: 'secondary', weight: 5 },
  { kind: 'college', phase: 'post-16', weight: 5 },
]
const BELLS = [
  ['08:40', '15:00'],
  ['08:50', '15:10'],
  ['09:00', '15:20'],
  ['09:10', '15:30'],
  ['09:30', '15:45'],
] as const

/** Draws so many schools, in the larger places first; one of each phase at the least. */
export function drawSchools(
  random: Random,
  { count, number }: { count: number; number: Chronicle['number'] },
): School[] {
  const seats = [...places]
    .filter(({ kind }) => kind !== 'hamlet')
    .sort((a, b) => b.population - a.population)
  const names = schoolNames(
    random.branch('names'),
    count,
    seats.map(({ name }) => name),
  )
  return names.map((name, i) => {
    const drawn = kinds[i < 4 ? ([0, 1, 2, 7][i] ?? 0) : -1] ?? random.weighted(kinds, ({ weight }) => weight)
    const place =
      i < seats.length / 3 ? (seats[i] as Place) : random.weighted(seats, ({ population }) => population)
    const [opens, closes] = random.oneOf(BELLS)
    const ownCalendar = i === 4
    const id = number('school')
    return {
      id,
      name,
      kind: drawn.kind,
      phase: drawn.phase,
      place,
      ...houseIn(random, place),
      opens,
      closes,
      ownCalendar,
    }
  })
}

/** Records schools as they stand from a day on. */
export function recordSchools(book: Chronicle, schools: readonly School[], from: PlainDate): void {
  for (const { id, name, kind, phase, place, point, street, opens, closes } of schools) {
    book.insert('school', { school_id: id })
    const local = { school_id: id, valid: days(from) }
    const phone = `01632 96${String(1000 + id).padStart(4, '0')}`
    book.insert('school_particulars', {
      ...local,
      urn: String(900_100 + id),
      name,
      kind,
      phase,
      area: place.district,
      phone,
      email: `office@school${id}.westmarch.example`,
    })
    book.insert('school_entrance', {
      ...local,
      name: 'Main entrance',
      site: 'Main site',
      address: `${street}, ${place.name}`,
      postcode: `${place.outward} 1AA`,
      ...point,
    })
    book.insert('bell_time', { ...local, days: '{[0,4),[7,11)}', opens, closes })
    // Fridays end early at a school in eight: the afternoon run is planned for it, or nobody is at the gate.
    book.insert('bell_time', {
      ...local,
      days: '{[4,5),[11,12)}',
      opens,
      closes: id % 8 === 3 ? '13:30' : closes,
    })
  }
}

/** Records one school year of every school: terms, training days and the county's bank holidays. */
export function recordSchoolYear(
  book: Chronicle,
  schools: readonly School[],
  { year, random }: { year: number; random: Random },
): void {
  const county = schoolYear(year)
  for (const { day, name } of county.bankHolidays)
    book.insert('bank_holiday', { name, valid: days(day, addDays(day, 1)) })
  const open = schoolDays(county)
  for (const school of schools) {
    for (const { name, firstDay, lastDay } of termsOf(school, year)) {
      book.insert('school_term', { school_id: school.id, name, valid: days(firstDay, addDays(lastDay, 1)) })
    }
    const draw = random.branch(`inset ${school.id} ${year}`)
    const insets = new Set([open[0], draw.oneOf(open.slice(60, 90)), draw.oneOf(open.slice(150, 180))])
    for (const day of [...insets].filter((one) => one !== undefined).sort()) {
      book.insert('school_closure', {
        school_id: school.id,
        kind: 'inset',
        part: 'whole-day',
        reason: 'Staff training',
        valid: days(day, addDays(day, 1)),
      })
    }
  }
}

/** The school with a calendar of its own has its February week a week later. */
function termsOf({ ownCalendar }: School, year: number) {
  const { terms } = schoolYear(year)
  if (!ownCalendar) return terms
  const shut = februaryHalfTerm(year + 1)
  return terms.map((term) => {
    if (term.name === 'Spring, first half') return { ...term, lastDay: addDays(shut, 4) }
    if (term.name === 'Spring, second half') return { ...term, firstDay: addDays(shut, 14) }
    return term
  })
}

/** 1 September. */
export const september = (year: number): PlainDate => plainDate(`${year}-09-01`)
