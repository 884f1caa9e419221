/** The homes of a school’s pupils on a map, and the table that says the same. */
import type { Found } from '#distances'
import type { PupilDistance } from '#distances/store'
import { inMiles, metres } from '#ground/distance.ts'
import type { PupilId } from '#ground/ids.ts'
import { withQuery } from '#web/address.ts'
import { tableView } from '#web/listing.ts'
import { mapView } from '#web/map.view.ts'
import type { Lists } from '#web/page.ts'
import { paths } from '#web/paths.ts'

type Names = ReadonlyMap<PupilId, string>
const nameIn = (names: Names, pupil: PupilId): string => names.get(pupil) ?? `Pupil ${pupil}`

/** Each home with the number of its row, and the school; nothing while nobody is measured. */
export function catchmentMap(
  distances: readonly PupilDistance[],
  { school, names }: { school: string; names: Names },
) {
  const gates = new Map(distances.map(({ to }) => [`${to.longitude} ${to.latitude}`, to]))
  return mapView({
    label: `Map of where pupils of ${school} live`,
    table: 'homes',
    says: 'Numbers are those of the table below: discs are homes, the square is the school.',
    pins: [
      ...distances.map(({ pupil, from }, i) => ({
        ...from,
        kind: 'home' as const,
        label: String(i + 1),
        says: nameIn(names, pupil),
      })),
      ...[...gates.values()].map((gate) => ({ ...gate, kind: 'school' as const, label: 'S', says: school })),
    ],
    lines: [],
  })
}

/** The pupils by their walk, the shortest first, with the direct drive. */
export const catchmentTable = (
  distances: readonly PupilDistance[],
  { names, moment }: { names: Names; moment: Lists },
) =>
  tableView<PupilDistance & { number: number }>({
    caption: 'Pupils, the shortest walk first',
    columns: [
      { heading: 'Number', cell: ({ number }) => ({ text: number }) },
      {
        heading: 'Pupil',
        cell: ({ pupil }) => ({ text: nameIn(names, pupil), href: withQuery(paths.pupil(pupil), moment) }),
      },
      {
        heading: 'On foot',
        numeric: true,
        cell: ({ walk, walkMetres }) => ({ text: farInWords(walk, walkMetres) }),
      },
      {
        heading: 'By road',
        numeric: true,
        cell: ({ drive, driveMetres, driveSeconds }) => ({
          text: farInWords(drive, driveMetres),
          ...(driveSeconds !== null && { hint: `${Math.max(1, Math.round(driveSeconds / 60))} min` }),
        }),
      },
    ],
    rows: distances.map((one, i) => ({ ...one, number: i + 1 })),
    empty: {
      title: 'Nobody is measured to this school on this day',
      says: 'A pupil is measured once their home and the school are placed on the map.',
    },
  })

function farInWords(found: Found, far: number | null): string {
  if (far !== null) return `${inMiles(metres(far))}${found === 'estimated' ? ' (estimated)' : ''}`
  return found === 'no-way' ? 'No way' : 'Too far from any road'
}
