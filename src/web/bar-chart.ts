/** A chart of bars drawn on the server, one group a row: no script, no inline style, and the same figures in a table beside. */
import { tableView } from './listing.ts'

type Bar = { value: number; href?: string }
type BarChart = {
  id: string
  title: string
  /** One sentence with what the drawing shows. */
  says: string
  /** What the rows are: `Minutes aboard`. */
  alongName: string
  /** What is counted, in words: `Journeys`. */
  countName: string
  series: readonly { name: string; tone: 'before' | 'after' }[]
  rows: readonly { label: string; bars: readonly Bar[] }[]
}

const WIDTH = 380
const LEFT = 128
const RIGHT = WIDTH - 48
const BAR = 13
const BETWEEN = 12

/** Where everything stands in the drawing. Every row has a bar for every series. */
export function barChart({ rows, series, alongName, countName, ...words }: BarChart) {
  const most = Math.max(1, ...rows.flatMap(({ bars }) => bars.map(({ value }) => value)))
  const tall = series.length * BAR + BETWEEN
  return {
    ...words,
    width: WIDTH,
    height: rows.length * tall + BETWEEN,
    left: LEFT,
    series,
    rows: rows.map(({ label, bars }, i) => ({
      label,
      y: BETWEEN + i * tall + (series.length * BAR) / 2 + 4,
      bars: bars.map(({ value }, s) => ({
        tone: series[s]?.tone ?? 'after',
        y: BETWEEN + i * tall + s * BAR,
        height: BAR - 2,
        width: Math.round(((RIGHT - LEFT) * value * 10) / most) / 10,
        text: value.toLocaleString('en-GB'),
      })),
    })),
    figures: tableView({
      caption: `${words.title}: ${countName.toLowerCase()}`,
      captionHidden: true,
      columns: [
        { heading: alongName, cell: ({ label }) => ({ text: label }) },
        ...series.map(({ name }, s) => ({
          heading: name,
          numeric: true,
          cell: ({ bars }: BarChart['rows'][number]) => cellOf(bars[s]),
        })),
      ],
      rows,
      empty: { title: 'No figures', says: 'There is nothing to count.' },
    }),
  }
}

const cellOf = ({ value, href }: Bar = { value: 0 }) => ({
  text: value.toLocaleString('en-GB'),
  ...(href !== undefined && value > 0 && { href }),
})
