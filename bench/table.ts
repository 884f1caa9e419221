/** Figures as a table, and the page of docs that keeps the last table of every part. */
import { cpus, loadavg, totalmem } from 'node:os'
import type { Figure, Part } from './part.ts'

export type Measured = { part: Part; figures: readonly Figure[] }

const HEAD = '| what | n | median | lowest to highest | held to | |\n|---|--:|--:|--:|--:|---|'

/** One part as Markdown: its heading, what it is about, the machine, the table. */
export function tableOf({ part, figures }: Measured, machine: string): string {
  const rows = figures.map((figure) => {
    const { what, unit, n, median, lowest, highest } = figure
    const { limit, held } = heldTo(figure)
    const spread = n > 1 ? `${round(lowest)} to ${round(highest)}` : ''
    return `| ${what} | ${n} | ${round(median)} ${unit} | ${spread} | ${limit} | ${held} |`
  })
  return [`## ${part.name}`, part.about, machine, [HEAD, ...rows].join('\n')].join('\n\n')
}

function heldTo({ unit, median, atMost, atLeast }: Figure): { limit: string; held: string } {
  const said = (isHeld: boolean) => (isHeld ? 'held' : '**missed**')
  if (atMost !== undefined) return { limit: `at most ${round(atMost)} ${unit}`, held: said(median <= atMost) }
  if (atLeast !== undefined)
    return { limit: `at least ${round(atLeast)} ${unit}`, held: said(median >= atLeast) }
  return { limit: '', held: '' }
}

const round = (n: number): string =>
  n >= 100
    ? Math.round(n).toLocaleString('en-GB')
    : n.toLocaleString('en-GB', { maximumSignificantDigits: 3 })

/** What it was measured on; of the database, its version. */
export function machineInWords(postgres: string, day: string): string {
  const [first] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const [, busy = 0] = loadavg()
  return `Measured on ${day}: ${first?.model.trim() ?? 'a processor'}, ${cpus().length} cores (${busy.toFixed(1)} programs wanting one, this among them), ${memory} GB; Node ${process.versions.node}, PostgreSQL ${postgres}.`
}

/** The page with these parts put in place of what it held of them; the others are kept as they were measured. */
export function pageWith(
  page: string,
  sections: readonly { name: string; text: string }[],
  order: readonly string[],
): string {
  const [intro = '', ...kept] = page.split(/^(?=## )/m)
  const held = new Map(kept.map((text) => [/^## (.+)$/m.exec(text)?.[1]?.trim() ?? '', text.trim()]))
  for (const { name, text } of sections) held.set(name, text.trim())
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  const sorted = [...held].sort(([a], [b]) => rank(a) - rank(b)).map(([, text]) => text)
  return `${[intro.trim(), ...sorted].join('\n\n')}\n`
}
