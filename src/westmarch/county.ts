/** The whole story of Westmarch up to a day, from one seed. */
import { seeded } from '#ground/random.ts'
import { addDays, dayOf, instant, type PlainDate } from '#ground/time.ts'
import { schoolYearOf } from './calendar.ts'
import { drawOperators, recordOperators } from './carriers.ts'
import { type Child, drawChildren } from './children.ts'
import { type Chapter, type Chronicle, chronicle } from './chronicle.ts'
import { recordChild } from './families.ts'
import { recordFebruary } from './february.ts'
import { recordLately, recordNewcomers } from './lately.ts'
import { recordPrices } from './prices.ts'
import { august, type Route } from './routes.ts'
import { type Casts, recordRenewals, recordTransport } from './school-years.ts'
import { drawSchools, recordSchools, recordSchoolYear, september } from './schools.ts'

export type Wanted = {
  seed: string
  /** Pupils on the register, about: 500 to 15,000. */
  size: number
  /** School years it tells of, the one in progress included. Contracts are let anew, and that goes wrong, in the last but one. */
  years: number
  /** The day the story has come to; nothing later is known of. */
  today: PlainDate
}

export type Story = {
  chapters: readonly Chapter[]
  /** The highest number given to each kind of thing. */
  numbers: ReadonlyMap<string, number>
}

/**
 * Everything Westmarch's officers recorded, in the order in which they did: whole school years, and as much of the
 * last as there has been. The same seed, size, years and day give the same story.
 */
export function storyOf({ seed, size, years: count, today }: Wanted): Story {
  const random = seeded(`${seed}/${size}`)
  const book = chronicle()
  const latest = schoolYearOf(today)
  const years = Array.from({ length: count }, (_, i) => latest - count + 1 + i)
  const [first = latest] = years

  const schools = drawSchools(random.branch('schools'), {
    count: Math.max(8, Math.round(size / 30)),
    number: book.number,
  })
  const operators = drawOperators(random.branch('operators'), {
    count: Math.max(10, Math.round(size / 20)),
    number: book.number,
  })
  const children = drawChildren(random.branch('children'), {
    count: size,
    schools,
    years,
    number: book.number,
  })
  const casts: Casts = { schools, operators, children }

  book.begin({
    at: instant(`${first}-07-15T09:00`),
    by: 'administrator',
    reason: 'First load of the registers',
  })
  recordSchools(book, schools, september(first))
  recordOperators(book, operators, september(first))
  recordPrices(book, september(first))

  let routes: Route[] = []
  for (const year of years) {
    const draw = random.branch(`year ${year}`)
    recordYearBegins(book, { casts, year, random: draw })
    routes = recordTransport(book, draw, { casts, year, before: routes })
    if (year === latest - 1) routes = recordFebruary(book, draw.branch('february'), { casts, year, routes })
  }
  recordLately(book, random.branch('lately'), {
    casts,
    year: latest,
    routes,
    since: september(first),
    today,
  })
  recordNewcomers(book, {
    random: random.branch('families of newcomers'),
    children: newcomersTo(casts, { random, book, today }),
    routes,
    until: august(latest + 1),
  })
  recordRenewals(book, { from: september(first), until: today })
  return { chapters: inOrder(book.chapters, today), numbers: book.numbers }
}

function recordYearBegins(
  book: Chronicle,
  { casts, year, random }: { casts: Casts; year: number; random: ReturnType<typeof seeded> },
): void {
  book.begin({
    at: instant(`${year}-07-17T10:00`),
    by: 'administrator',
    reason: `Calendars of ${year}/${(year + 1) % 100}`,
  })
  recordSchoolYear(book, casts.schools, { year, random: random.branch('calendar') })
  book.begin({
    at: instant(`${year}-07-22T14:00`),
    by: 'eligibility-officer',
    reason: `Pupils who join in ${year}`,
  })
  for (const child of casts.children.filter(({ joins }) => joins === september(year))) {
    recordChild(book, random.branch(`child ${child.id}`), child)
  }
}

/** A handful who came this week, as somebody always does. */
function newcomersTo(
  { schools }: Casts,
  { random, book, today }: { random: ReturnType<typeof seeded>; book: Chronicle; today: PlainDate },
): Child[] {
  const year = schoolYearOf(today)
  const drawn = drawChildren(random.branch('newcomers'), {
    count: 3,
    schools,
    years: [year],
    number: book.number,
  })
  return drawn.map((child, i) => ({
    ...child,
    joins: addDays(today, -4 + i),
    eligibility: i === 2 ? 'pending' : 'eligible',
  }))
}

/** Chapters as they were written, each with something in it, none later than today. */
function inOrder(chapters: readonly Chapter[], today: PlainDate): Chapter[] {
  return chapters
    .filter(({ at, entries }) => entries.length > 0 && dayOf(at) < today)
    .sort((a, b) => Temporal.Instant.compare(a.at, b.at))
}
