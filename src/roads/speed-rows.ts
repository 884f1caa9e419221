/** The table of speeds in rows that a person reads and changes, each a few numbers of it. */
import { type Drive, TIMES_OF_DAY, VEHICLES } from './answers/travel-times.ts'
import { ROAD_CLASSES, type RoadClass, type SpeedTable } from './network/speed-table.ts'

export type SpeedCell = {
  /** Where the number stands in the table. */
  path: readonly string[]
  label: string
  unit: string
  /** More than this is a slip of the pen. */
  most: number
}

export type SpeedRow = {
  /** Its name in an address. */
  row: string
  group: SpeedGroup
  name: string
  cells: readonly SpeedCell[]
}

export const SPEED_GROUPS = ['averages', 'times', 'limits', 'sizes', 'junctions'] as const
export type SpeedGroup = (typeof SPEED_GROUPS)[number]

const CLASS_NAMES: Readonly<Record<RoadClass, string>> = {
  motorway: 'Motorway',
  trunk: 'Trunk road',
  primary: 'A road',
  secondary: 'B road',
  tertiary: 'C road',
  unclassified: 'Unclassified road',
  residential: 'Residential street',
  'living-street': 'Living street',
  service: 'Service road',
  track: 'Track',
  ferry: 'Ferry',
}

const TIME_NAMES: Readonly<Record<Drive['at'], string>> = {
  'school-morning': 'School morning',
  'school-afternoon': 'School afternoon',
  'off-peak': 'Off peak',
}

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`

type Wide = Omit<SpeedCell, 'path' | 'label'>
const byPlace = (path: readonly string[], wide: Wide): SpeedCell[] => [
  { ...wide, path: [...path, 'builtUp'], label: 'Built up' },
  { ...wide, path: [...path, 'open'], label: 'Open country' },
]

/** Every row there is. */
export const SPEED_ROWS: readonly SpeedRow[] = [
  ...ROAD_CLASSES.map(
    (road): SpeedRow => ({
      row: road,
      group: 'averages',
      name: CLASS_NAMES[road],
      cells: byPlace(['averageMph', road], { unit: 'mph', most: 80 }),
    }),
  ),
  ...TIMES_OF_DAY.map(
    (at): SpeedRow => ({
      row: at,
      group: 'times',
      name: TIME_NAMES[at],
      cells: byPlace(['factor', at], { unit: '', most: 2 }),
    }),
  ),
  ...VEHICLES.map(
    (vehicle): SpeedRow => ({
      row: `limit-${vehicle}`,
      group: 'limits',
      name: capital(vehicle),
      cells: [
        ['single', 'Single'],
        ['dual', 'Dual'],
        ['motorway', 'Motorway'],
      ].map(([key = '', label = '']) => ({
        path: ['nationalMph', vehicle, key],
        label,
        unit: 'mph',
        most: 80,
      })),
    }),
  ),
  ...VEHICLES.map(
    (vehicle): SpeedRow => ({
      row: `size-${vehicle}`,
      group: 'sizes',
      name: capital(vehicle),
      cells: [
        { path: ['size', vehicle, 'weightTonnes'], label: 'Weight', unit: 'tonnes', most: 44 },
        { path: ['size', vehicle, 'widthMetres'], label: 'Width', unit: 'metres', most: 4 },
        { path: ['size', vehicle, 'heightMetres'], label: 'Height', unit: 'metres', most: 6 },
      ],
    }),
  ),
  {
    row: 'turns',
    group: 'junctions',
    name: 'Turns',
    cells: [
      { path: ['turnSeconds', 'left'], label: 'Left', unit: 'seconds', most: 120 },
      { path: ['turnSeconds', 'right'], label: 'Right, across the traffic', unit: 'seconds', most: 120 },
      { path: ['turnSeconds', 'signals'], label: 'At signals', unit: 'seconds', most: 120 },
      {
        path: ['turnSeconds', 'turningRound'],
        label: 'Turning round at a road’s end',
        unit: 'seconds',
        most: 300,
      },
    ],
  },
  {
    row: 'everywhere',
    group: 'junctions',
    name: 'Everywhere',
    cells: [
      { path: ['shareOfLimit'], label: 'Share of the limit that is driven', unit: '', most: 1 },
      { path: ['builtUpLimitMph'], label: 'Limit with street lamps and no sign', unit: 'mph', most: 80 },
      { path: ['ferryWaitMinutes'], label: 'Wait for a ferry', unit: 'minutes', most: 240 },
    ],
  },
]

/** The number in a cell. */
export function numberIn(speeds: SpeedTable, { path }: Pick<SpeedCell, 'path'>): number {
  let at: unknown = speeds
  for (const key of path) at = (at as Record<string, unknown>)[key]
  return at as number
}

/** The same table with other numbers in some cells. */
export function withNumbers(
  speeds: SpeedTable,
  changed: readonly { path: readonly string[]; number: number }[],
): SpeedTable {
  const copy = structuredClone(speeds) as unknown as Record<string, unknown>
  for (const { path, number } of changed) {
    let at = copy
    for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>
    at[path.at(-1) as string] = number
  }
  return copy as unknown as SpeedTable
}
