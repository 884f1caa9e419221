/** The table of speeds as tables of a page. */
import type { DatedSpeeds } from '#distances/speed-store'
import { dayInWords, momentInWords } from '#ground/time.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import type { SpeedTable } from './network/speed-table.ts'
import {
  numberIn,
  SPEED_GROUPS,
  SPEED_ROWS,
  type SpeedCell,
  type SpeedGroup,
  type SpeedRow,
} from './speed-rows.ts'

const FIRST_HEADINGS: Readonly<Record<SpeedGroup, string>> = {
  averages: 'Road',
  times: 'Time of day',
  limits: 'Vehicle',
  sizes: 'Vehicle',
  junctions: 'Where',
}

const CAPTIONS: Readonly<Record<SpeedGroup, string>> = {
  averages: 'Averages of a car on a clear road, by class of road',
  times: 'Times of day: averages are multiplied by these',
  limits: 'Limits where no sign says otherwise, by carriageway',
  sizes: 'Sizes that signs of weight, width and height are held against',
  junctions: 'Junctions and everything else',
}

/** A table for each group of rows. Whoever may change a row finds its form behind its name. */
export const speedTables = (speeds: SpeedTable, mayChange: boolean) =>
  SPEED_GROUPS.map((group) => {
    const rows = SPEED_ROWS.filter((row) => row.group === group)
    const [first] = rows
    const isGrid = rows.every(({ cells }) => cells.length === first?.cells.length && group !== 'junctions')
    return tableView<SpeedRow>({
      caption: CAPTIONS[group],
      columns: [
        {
          heading: FIRST_HEADINGS[group],
          cell: ({ row, name }) => ({ text: name, ...(mayChange && { href: paths.speedRow(row) }) }),
        },
        ...(isGrid && first
          ? first.cells.map(({ label, unit }, i) => ({
              heading: unit === '' ? label : `${label}, ${unit}`,
              numeric: true,
              cell: ({ cells }: SpeedRow) => ({ text: numberIn(speeds, cells[i] as SpeedCell) }),
            }))
          : [
              {
                heading: 'What it costs',
                cell: ({ cells }: SpeedRow) => ({
                  lines: cells.map((cell) => ({
                    text: `${cell.label}: ${numberIn(speeds, cell)} ${cell.unit}`.trim(),
                  })),
                }),
              },
            ]),
      ],
      rows,
      empty: { title: '', says: '' },
    })
  })

/** Who changed the table, from when and why. */
export const changesTable = (changes: readonly Omit<DatedSpeeds, 'speeds'>[]) =>
  tableView<Omit<DatedSpeeds, 'speeds'>>({
    caption: 'Changes',
    columns: [
      {
        heading: 'From',
        cell: ({ from, until }) => ({
          text: dayInWords(from),
          ...(until && { hint: `Until ${dayInWords(until)}` }),
        }),
      },
      { heading: 'Why', cell: ({ reason }) => ({ text: reason }) },
      { heading: 'Recorded', cell: ({ by, at }) => ({ text: by, hint: momentInWords(at) }) },
    ],
    rows: changes,
    empty: {
      title: 'Nothing was changed',
      says: 'This is the table that comes with Firstbell.',
    },
  })
