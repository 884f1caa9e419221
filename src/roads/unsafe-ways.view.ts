/** Ways on foot, marked or found, in words and on a map. */
import type { SchoolPlace } from '#distances/road-build-store'
import type { UnsafeWay } from '#distances/unsafe-way-store'
import { inMiles } from '#ground/distance.ts'
import { dayInWords, momentInWords, type PlainDate } from '#ground/time.ts'
import { tableView } from '#web/listing.ts'
import { lineAlong, mapView, type Pin } from '#web/map.view.ts'
import { paths } from '#web/paths.ts'
import { type Footway, MOST_FOOTWAYS, middleOf, type WhichFootways } from './answers/footways.ts'
import type { Place } from './answers/travel-times.ts'
import type { WayBySchool } from './ways-by-school.ts'

type Standing = {
  today: PlainDate
  /** Which of them the network in use holds; nothing where there is no network. */
  known: ReadonlySet<number> | undefined
}

/** The ways that are marked. */
export const markedTable = (marked: readonly UnsafeWay[], { today, known }: Standing) =>
  tableView<UnsafeWay>({
    caption: 'Marked unsafe to walk along',
    columns: [
      {
        heading: 'Way',
        cell: ({ way, name }) => ({
          text: nameOf({ name }),
          href: paths.unsafeWay(way),
          ...(known && !known.has(way) && { hint: 'Not in the network in use: find it again and mark it' }),
        }),
      },
      { heading: 'Why', cell: ({ reason }) => ({ text: reason }) },
      { heading: 'From', cell: (one) => ({ text: daysInWords(one, today) }) },
      { heading: 'Marked', cell: ({ by, at }) => ({ text: by, hint: momentInWords(at) }) },
      {
        heading: 'Pupils',
        numeric: true,
        cell: ({ pupils, way }) => ({ text: pupils, ...(pupils > 0 && { href: paths.unsafeWay(way) }) }),
      },
    ],
    rows: marked,
    empty: {
      title: 'No road is marked unsafe',
      says: 'Every walk to school is the shortest there is.',
    },
  })

/** `From 2 November 2026`, `until …`. */
export const daysInWords = ({ from, until }: Pick<UnsafeWay, 'from' | 'until'>, today: PlainDate): string =>
  [
    from > today ? `From ${dayInWords(from)} on` : `Since ${dayInWords(from)}`,
    ...(until ? [`until before ${dayInWords(until)}`] : []),
  ].join(', ')

/** How many were found, and what to do when none or too many were. */
export function foundView(found: readonly Footway[], asked: WhichFootways) {
  if (found.length > 0)
    return found.length === MOST_FOOTWAYS
      ? `The first ${MOST_FOOTWAYS}. Give more of the name.`
      : 'A long road is several ways, one after the other: mark each that is unsafe.'
  return 'named' in asked
    ? `No way on foot has “${asked.named}” in its name. Give a part of the name, or choose the way on the map.`
    : 'No way on foot is near that point. Come closer on the map, and choose the way itself.'
}

/** The ways that were found, each with what tells it from the others of its name. */
export const foundTable = (found: readonly WayBySchool[], mayMark: boolean) =>
  tableView<WayBySchool & { number: number }>({
    caption: 'Ways found',
    columns: [
      { heading: 'Number', cell: ({ number }) => ({ text: number }) },
      {
        heading: 'Way',
        cell: ({ way, name }) => ({
          text: nameOf({ name }),
          ...(mayMark && { href: paths.unsafeWayMark(way) }),
        }),
      },
      { heading: 'Meets', cell: ({ meets }) => ({ text: meets.slice(0, 6).join(', ') }) },
      {
        heading: 'Nearest school',
        cell: ({ nearest }) => (nearest ? { text: nearest.school, hint: inMiles(nearest.metres) } : {}),
      },
      { heading: 'Length', numeric: true, cell: ({ metres }) => ({ text: inMiles(metres) }) },
    ],
    rows: found.map((way, i) => ({ ...way, number: i + 1 })),
    empty: { title: 'Nothing found', says: '' },
  })

/** What a way is called where it has no name. */
export const nameOf = ({ name }: Pick<Footway, 'name'>): string => name || 'A path without a name'

type Shown = {
  /** Where somebody pressed on the map. */
  pressed: Place | undefined
  marked: readonly Footway[]
  found: readonly Footway[]
  schools: readonly SchoolPlace[]
  mayMark: boolean
}

/** The ways that were found by their numbers; else where somebody pressed; else the schools. The marked ways are in all. */
export function unsafeMap({ pressed, marked, found, schools, mayMark }: Shown) {
  const { says, pins } =
    found.length > 0 ? foundPins(found) : pressed ? pressedPin(pressed) : schoolPins(schools)
  // What somebody looks for decides what is in view; the marked ways do, while nobody looks for anything.
  const isElsewhere = found.length > 0 || pressed !== undefined
  return mapView({
    label: found.length > 0 ? 'Map of the ways found' : 'Map of the ways marked unsafe',
    table: found.length > 0 ? 'found' : 'marked',
    says: [
      says,
      ...(marked.length > 0 ? ['Broken red lines are marked unsafe.'] : []),
      ...(mayMark ? ['Press on a road or path to choose it.'] : []),
    ].join(' '),
    pins,
    lines: [
      ...marked.flatMap(({ shapes }) =>
        shapes.map((shape) => ({
          ...lineAlong(shape, 'unsafe'),
          ...(isElsewhere && { beside: true as const }),
        })),
      ),
      ...found.flatMap(({ shapes }) => shapes.map((shape) => lineAlong(shape))),
    ],
    ...(mayMark && { choose: `${paths.unsafeWays}?near=` }),
    closest: found.length > 0 ? 15 : 13,
  })
}

type Pins = { says: string; pins: readonly Pin[] }

const foundPins = (found: readonly Footway[]): Pins => ({
  says: 'Numbers are those of the table of ways found.',
  pins: found.map((way, i) => ({ ...middleOf(way), kind: 'way', label: String(i + 1), says: nameOf(way) })),
})

const pressedPin = (pressed: Place): Pins => ({
  says: 'A cross stands where you pressed.',
  pins: [{ ...pressed, kind: 'way', label: '×', says: 'Where you pressed' }],
})

const schoolPins = (schools: readonly SchoolPlace[]): Pins => ({
  says: 'Squares are schools.',
  pins: schools.map(({ school, place }) => ({ ...place, kind: 'school', label: 'S', says: school })),
})
