/** The children of Westmarch who are carried to school, and what each needs on the way. */
import type { Random } from '#ground/random.ts'
import { addDays, ageOn, type PlainDate, plainDate } from '#ground/time.ts'
import type { Chronicle } from './chronicle.ts'
import { addressIn, type PersonName, personName } from './names.ts'
import { type Place, type Point, places } from './places.ts'
import { houseIn } from './roads/houses.ts'
import { type Phase, type School, september } from './schools.ts'

export type Travels = 'seat' | 'personal-travel-budget' | 'mileage' | 'travel-pass' | 'travel-training'
export type Child = PersonName & {
  id: number
  bornOn: PlainDate
  place: Place
  point: Point
  address: string
  postcode: string
  /** The school of each school year, by its September; none before joining or after leaving. */
  schools: ReadonlyMap<number, School>
  joins: PlainDate
  leaves: PlainDate | null
  primaryNeed: string
  wheelchair: boolean
  assistant: 'none' | 'shared' | 'own'
  alone: boolean
  medical: boolean
  lookedAfter: boolean
  travels: Travels
  eligibility: 'eligible' | 'pending' | 'under-appeal'
}

const needs: readonly [name: string, weight: number][] = [
  ['Autistic spectrum disorder', 36],
  ['Social, emotional and mental health', 18],
  ['Severe learning difficulty', 12],
  ['Moderate learning difficulty', 11],
  ['Speech, language and communication needs', 10],
  ['Physical disability', 6],
  ['Profound and multiple learning difficulty', 4],
  ['Hearing or visual impairment', 3],
]
const otherWays: readonly [Travels, number][] = [
  ['seat', 905],
  ['personal-travel-budget', 45],
  ['mileage', 30],
  ['travel-pass', 15],
  ['travel-training', 5],
]

type Wanted = {
  count: number
  schools: readonly School[]
  years: readonly number[]
  number: Chronicle['number']
}

/**
 * Draws the children of some school years: `count` in the first, and each September about as many new ones as have
 * left. Nobody is younger than four at the start of a school year, or older than eighteen.
 */
export function drawChildren(random: Random, { count, schools, years, number }: Wanted): Child[] {
  const [first = 0] = years
  const here = Array.from({ length: count }, () =>
    drawChild(random, { joined: first, schools, years, number, new: false }),
  )
  const joiners = years.slice(1).flatMap((year) => {
    const left = here.filter(({ leaves }) => leaves?.startsWith(String(year))).length
    return Array.from({ length: left + Math.round(count * 0.02) }, () =>
      drawChild(random, { joined: year, schools, years, number, new: true }),
    )
  })
  return [...here, ...joiners]
}

type Drawn = {
  joined: number
  schools: readonly School[]
  years: readonly number[]
  number: Chronicle['number']
  new: boolean
}

function drawChild(random: Random, { joined, schools, years, number, ...drawn }: Drawn): Child {
  const id = number('pupil')
  // Who joins is seldom near the end of school.
  const age = drawn.new ? random.oneOf([4, 4, 4, 5, 7, 9, 11, 11, 11, 13, 16]) : random.between(4, 18)
  const bornOn = addDays(plainDate(`${joined - age}-08-31`), -random.between(0, 364))
  const place = random.weighted(
    places.filter(({ island }) => island !== 'St Morwen'),
    ({ population }) => population,
  )
  const attended = schoolsOver(random, { bornOn, place, joined, schools, years })
  const house = houseIn(random, place)
  const last = [...attended.keys()].at(-1) ?? joined
  const inward = `${random.between(1, 9)}${random.oneOf([...'ABDEFGHJLNPQRSTUWXYZ'])}${random.oneOf([...'ABDEFGHJLNPQRSTUWXYZ'])}`
  return {
    id,
    ...personName(random),
    bornOn,
    place,
    point: house.point,
    address: `${addressIn(random, house.street)}, ${place.name}`,
    postcode: `${place.outward} ${inward}`,
    schools: attended,
    joins: september(joined),
    leaves: last < (years.at(-1) ?? 0) ? plainDate(`${last + 1}-08-01`) : null,
    ...drawNeeds(random),
    lookedAfter: random.percent(6),
    travels: random.weighted(otherWays, ([, weight]) => weight)[0],
    eligibility: standingOf(random, joined === years.at(-1) && drawn.new),
  }
}

/** Somebody new may still be waiting for a decision; an appeal can come at any time. */
function standingOf(random: Random, isNew: boolean): Child['eligibility'] {
  const draw = random.unit()
  if (isNew && draw < 0.12) return 'pending'
  return draw > 0.99 ? 'under-appeal' : 'eligible'
}

function drawNeeds(random: Random) {
  const primaryNeed = random.weighted(needs, ([, weight]) => weight)[0]
  const severe = /Profound|Physical|Severe/.test(primaryNeed)
  const wheelchair = random.percent(severe ? 30 : 1)
  const own = random.percent(severe ? 14 : 4)
  const shared = random.percent(severe || wheelchair ? 70 : 22)
  const assistant: Child['assistant'] = own ? 'own' : shared ? 'shared' : 'none'
  const medical = random.percent(severe ? 28 : 6)
  return { primaryNeed, wheelchair, assistant, medical, alone: random.percent(4) }
}

const attends: Readonly<Record<Phase, (age: number) => boolean>> = {
  primary: (age) => age <= 10,
  secondary: (age) => age >= 11 && age <= 15,
  'all-through': (age) => age <= 18,
  'post-16': (age) => age >= 16 && age <= 18,
}

type Life = {
  bornOn: PlainDate
  place: Place
  joined: number
  schools: readonly School[]
  years: readonly number[]
}

/** The same school as long as it takes their age; then the next; after sixteen only some go on. */
function schoolsOver(random: Random, { bornOn, place, joined, schools, years }: Life): Map<number, School> {
  const attended = new Map<number, School>()
  const staysOn = random.percent(45)
  let school: School | undefined
  for (const year of years.filter((one) => one >= joined)) {
    const age = ageOn(bornOn, plainDate(`${year}-08-31`))
    if (age > 18 || (age > 15 && !staysOn && attended.size > 0)) break
    if (!school || !attends[school.phase](age)) {
      const fitting = schools.filter(({ phase }) => attends[phase](age))
      school = random.weighted(fitting, (one) => 1 / (1 + kilometresBetween(one.point, place) ** 1.6 / 20))
    }
    attended.set(year, school)
  }
  return attended
}

/** As the crow flies, at the latitude of Westmarch. */
export function kilometresBetween(a: Point, b: Point): number {
  return Math.hypot((a.latitude - b.latitude) * 111.2, (a.longitude - b.longitude) * 69.9)
}
