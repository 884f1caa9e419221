/** The walk to school on a map, and the table that says the same: road by road, from the door. */
import { inMiles, metres, toMiles } from '#ground/distance.ts'
import type { Walk } from '#roads'
import { tableView } from '#web/listing.ts'
import { lineAlong, type MapLine, mapView } from '#web/map.view.ts'
import type { WalkToSchool } from './walk-to-school.ts'

/** The map and the table of each walk. */
export const walkViews = (walks: readonly WalkToSchool[]) =>
  walks.map(({ measured: { schoolName, from, to, avoids }, walk }, i) => ({
    id: `walk-${i + 1}`,
    heading: walks.length === 1 ? 'The walk to school' : `The walk to ${schoolName}`,
    map: mapView({
      label: `Map of the walk to ${schoolName}`,
      table: `walk-${i + 1}`,
      says: saysOf(walk, avoids.length > 0),
      pins: [
        { ...from, kind: 'home', label: 'H', says: 'Home' },
        { ...to, kind: 'school', label: 'S', says: schoolName },
      ],
      lines: [isWalk(walk) ? lineAlong(walk.shape) : straight(from, to)],
    }),
    table: isWalk(walk) && roadsTable(walk, schoolName),
    summary: isWalk(walk) ? `Road by road: ${walk.roads.length} in all, ${inMiles(lengthOf(walk))}` : '',
    says: isWalk(walk) ? '' : whyNot[walk],
  }))

const isWalk = (walk: WalkToSchool['walk']): walk is Walk => typeof walk === 'object'

const lengthOf = ({ roads }: Walk) => metres(roads.reduce((sum, road) => sum + road.metres, 0))

const saysOf = (walk: WalkToSchool['walk'], avoids: boolean): string =>
  isWalk(walk)
    ? `H is home and S the school. The line is the shortest ${avoids ? 'walk that keeps clear of roads marked unsafe' : 'walk'}.`
    : `H is home and S the school. Dashes join them: ${whyNot[walk].toLowerCase()}.`

const whyNot: Readonly<Record<Exclude<WalkToSchool['walk'], Walk>, string>> = {
  'no-way': 'There is no way on foot',
  'not-measured': 'The walk is not measured along roads',
  'another-network': 'The network that measured the walk is not in use any more',
}

type Point = { longitude: number; latitude: number }
const straight = (from: Point, to: Point): MapLine => ({
  kind: 'straight',
  along: [from, to].map(({ longitude, latitude }) => [longitude, latitude] as const),
})

const roadsTable = ({ roads }: Walk, school: string) =>
  tableView<Walk['roads'][number] & { so: number }>({
    caption: `From home to ${school} on foot`,
    columns: [
      { heading: 'Along', cell: ({ name }) => ({ text: name || 'A path without a name' }) },
      {
        heading: 'Metres',
        numeric: true,
        cell: (road) => ({ text: Math.round(road.metres).toLocaleString('en-GB') }),
      },
      {
        heading: 'So far, miles',
        numeric: true,
        cell: ({ so }) => ({ text: toMiles(metres(so)).toFixed(2) }),
      },
    ],
    rows: roads.map((road, i) => ({
      ...road,
      so: roads.slice(0, i + 1).reduce((sum, one) => sum + one.metres, 0),
    })),
    empty: { title: 'Home and school are one', says: '' },
  })
