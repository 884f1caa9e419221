/** One way marked unsafe, in words and on a map, and whose walks that changed. */
import type { Found } from '#distances'
import type { UnsafeWay, WalkAlong } from '#distances/unsafe-way-store'
import { inMiles, type Metres, metres } from '#ground/distance.ts'
import type { PupilId } from '#ground/ids.ts'
import { momentInWords, type PlainDate } from '#ground/time.ts'
import { tableView } from '#web/listing.ts'
import { lineAlong, mapView } from '#web/map.view.ts'
import { paths } from '#web/paths.ts'
import { type Footway, middleOf } from './answers/footways.ts'
import { daysInWords, nameOf } from './unsafe-ways.view.ts'

/** What is known of the mark and of the way. */
export function unsafeWayRows(
  marked: UnsafeWay,
  { today, footway }: { today: PlainDate; footway: Footway | undefined },
) {
  const row = (key: string, text: string, hint = '') => ({ key, text, lines: [], hint })
  return [
    row('Why', marked.reason),
    row('Unsafe', daysInWords(marked, today)),
    row('Marked by', marked.by, momentInWords(marked.at)),
    footway
      ? row('Length', inMiles(footway.metres), `OpenStreetMap way ${marked.way}`)
      : row('Length', 'Not known', `OpenStreetMap way ${marked.way} is not in the network in use`),
    ...(footway && footway.meets.length > 0 ? [row('Meets', footway.meets.join(', '))] : []),
  ]
}

/** The walks that led along it when it was marked, and what they are now. */
export const changedWalksTable = (walks: readonly WalkAlong[], names: ReadonlyMap<PupilId, string>) =>
  tableView<WalkAlong>({
    caption: 'Walks that led along it when it was marked',
    columns: [
      {
        heading: 'Pupil',
        cell: ({ pupil }) => ({ text: names.get(pupil) ?? `Pupil ${pupil}`, href: paths.pupil(pupil) }),
      },
      { heading: 'School', cell: ({ schoolName }) => ({ text: schoolName }) },
      { heading: 'Before', numeric: true, cell: ({ before }) => ({ text: farInWords(metres(before)) }) },
      { heading: 'Now', numeric: true, cell: (walk) => ({ text: nowInWords(walk) }) },
    ],
    rows: walks,
    empty: {
      title: 'No pupil’s walk led along it',
      says: 'Walks are told here from the moment they are measured.',
    },
  })

const farInWords = (far: Metres): string => `${inMiles(far)} (${far.toLocaleString('en-GB')} metres)`

function nowInWords({ now, nowMetres }: WalkAlong): string {
  if (nowMetres !== null) return farInWords(metres(nowMetres))
  return now === null ? 'Not measured' : (without[now] ?? '')
}

const without: Partial<Record<Found, string>> = {
  'no-way': 'No safe way',
  'too-far-from-any-road': 'Too far from any road',
}

/** Whose walks would change, by name. */
export const walkersInWords = (walkers: readonly string[]): string[] =>
  walkers.length === 0
    ? ['No pupil’s walk to school leads along it.']
    : [
        `${walkers.length === 1 ? 'One pupil’s walk leads' : `${walkers.length} pupils’ walks lead`} along it, and ${walkers.length === 1 ? 'is' : 'are'} measured again within minutes:`,
        ...walkers,
      ]

/** The way by itself. */
export const unsafeWayMap = (footway: Footway) =>
  mapView({
    label: `Map of ${nameOf(footway)}`,
    table: 'way',
    says: 'The broken red line is marked unsafe.',
    pins: [{ ...middleOf(footway), kind: 'way', label: '!', says: nameOf(footway) }],
    lines: footway.shapes.map((shape) => lineAlong(shape, 'unsafe')),
  })
