/** A line chart drawn on the server: no script, no inline style, and the same figures in a table. */
import { tableView } from './listing.ts'

export type Series = { name: string; tone: 'stop' | 'care' | 'good' | 'own'; values: readonly number[] }
type LineChart = {
  id: string
  title: string
  /** One sentence with what the drawing shows. */
  says: string
  /** What stands along the foot: `Day`. */
  alongName: string
  labels: readonly string[]
  series: readonly Series[]
}

const WIDTH = 760
const HEIGHT = 300
const LEFT = 52
const RIGHT = WIDTH - 150
const TOP = 16
const BOTTOM = HEIGHT - 36
const LABEL_HEIGHT = 17

/** Where everything stands in the drawing. Every series has a value for every label. */
export function lineChart({ labels, series, ...words }: LineChart) {
  const top = roundUp(Math.max(1, ...series.flatMap(({ values }) => values)))
  const x = (i: number) => round(LEFT + (labels.length < 2 ? 0 : (i * (RIGHT - LEFT)) / (labels.length - 1)))
  const y = (value: number) => round(BOTTOM - (value / top) * (BOTTOM - TOP))
  const lines = series.map(({ name, tone, values }) => ({
    name,
    tone,
    path: values.map((value, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(value)}`).join(''),
    end: { x: x(values.length - 1), y: y(values.at(-1) ?? 0) },
    label: y(values.at(-1) ?? 0) + 4,
  }))
  return {
    ...words,
    width: WIDTH,
    height: HEIGHT,
    left: LEFT,
    right: RIGHT,
    bottom: BOTTOM,
    across: [0, 0.25, 0.5, 0.75, 1].map((share) => ({
      y: y(share * top),
      text: (share * top).toLocaleString('en-GB'),
    })),
    along: alongTicks(labels, x),
    lines: keptApart(lines),
    figures: tableView({
      caption: `${words.title}, as a table`,
      captionHidden: true,
      columns: [
        { heading: words.alongName, cell: ({ label }) => ({ text: label }) },
        ...series.map(({ name, values }) => ({
          heading: name,
          numeric: true,
          cell: ({ i }: { i: number }) => ({ text: (values[i] ?? 0).toLocaleString('en-GB') }),
        })),
      ],
      rows: labels.map((label, i) => ({ label, i })),
      empty: { title: 'No figures', says: 'There is no day to show.' },
    }),
  }
}

/** Names at the ends of lines, moved down until none covers another. */
function keptApart<Line extends { label: number }>(lines: readonly Line[]): Line[] {
  let lowest = Number.NEGATIVE_INFINITY
  const moved = new Map<Line, number>()
  for (const line of [...lines].sort((a, b) => a.label - b.label)) {
    lowest = Math.max(line.label, lowest + LABEL_HEIGHT)
    moved.set(line, lowest)
  }
  return lines.map((line) => ({ ...line, label: moved.get(line) ?? line.label }))
}

function alongTicks(labels: readonly string[], x: (i: number) => number) {
  const last = labels.length - 1
  const step = Math.max(1, Math.ceil(labels.length / 6))
  return labels.flatMap((text, i) => {
    const wanted = i === last || (i % step === 0 && last - i >= step * 0.75)
    return wanted ? [{ x: x(i), text, anchor: i === 0 ? 'start' : i === last ? 'end' : 'middle' }] : []
  })
}

/** The next of 4, 8, 12, 20, 40, 80… so that four steps are round numbers. */
function roundUp(n: number): number {
  const power = 10 ** Math.floor(Math.log10(n / 4))
  const step = [1, 2, 3, 5, 10].find((one) => one * power * 4 >= n) ?? 10
  return Math.max(4, step * power * 4)
}

const round = (n: number) => Math.round(n * 10) / 10
