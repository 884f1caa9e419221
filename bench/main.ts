/**
 * npm run bench [-- NAME…] [--json] [--write] [--shared FOLDER]
 * Measures every part, or those named, and prints a table. --json prints figures for a program to read; --write puts
 * the tables into docs/performance.md; --shared says where extracts and instances lie (FIRSTBELL_SHARED, ../shared).
 * A benchmark is not a test: nothing fails for being slow, it is printed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dayInWords, dayOf, now } from '#ground/time.ts'
import { countiesOf } from './counties.ts'
import type { Bench } from './part.ts'
import { parts } from './parts.ts'
import { type Measured, machineInWords, pageWith, tableOf } from './table.ts'
import { timed } from './timing.ts'

const PAGE = resolve(import.meta.dirname, '../docs/performance.md')
const names = parts.map(({ name }) => name)

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, write: { type: 'boolean' }, shared: { type: 'string' } },
})
const unknown = positionals.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no part called ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  process.exitCode = 2
} else {
  await measure(positionals.length > 0 ? positionals : names)
}

async function measure(chosen: readonly string[]): Promise<void> {
  const say = (line: string) => console.error(line)
  const counties = countiesOf(say)
  const bench: Bench = {
    county: counties.county,
    say,
    shared: values.shared ?? process.env['FIRSTBELL_SHARED'] ?? resolve(import.meta.dirname, '../../shared'),
    async time(what, work, how) {
      const figure = await timed(what, work, how)
      say(`  ${what}: ${Math.round(figure.median)} ${figure.unit}`)
      return figure
    },
  }
  try {
    const measured: Measured[] = []
    for (const part of parts.filter(({ name }) => chosen.includes(name))) {
      say(`── ${part.name}`)
      const figures = await part.measure(bench)
      // A part that was skipped has said why; its last table is kept.
      if (figures.length > 0) measured.push({ part, figures })
    }
    const machine = machineInWords(await counties.version(), dayInWords(dayOf(now())))
    if (values.json) console.log(JSON.stringify(inJson(measured, machine), null, 2))
    else console.log(measured.map((one) => tableOf(one, machine)).join('\n\n'))
    if (values.write) write(measured, machine)
  } finally {
    await counties.close()
  }
}

function inJson(measured: readonly Measured[], machine: string) {
  return {
    machine,
    parts: measured.map(({ part, figures }) => ({ name: part.name, figures })),
  }
}

function write(measured: readonly Measured[], machine: string): void {
  const sections = measured.map((one) => ({ name: one.part.name, text: tableOf(one, machine) }))
  writeFileSync(PAGE, pageWith(readFileSync(PAGE, 'utf8'), sections, names))
}
