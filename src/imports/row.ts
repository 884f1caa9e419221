/** What a row says, cell by cell, before anybody asks whether it is new; or each cell that cannot be meant. */
import { type PlainDate, plainDate } from '#ground/time.ts'
import { FIRST_DAY, LAST_DAY, type Subject } from './kind.ts'
import type { Found, Matched } from './mapping.ts'
import { bornFromAge, endsBeforeItStarts } from './reading.ts'
import type { Row } from './sheet.ts'

/** A cell that cannot be taken: where it is, what it holds, what is wrong and what to do. */
export type CellError = { column: string; value: string; says: string; todo: string }

export type Named = { names: Subject; text: string; column: string }

export type RowRead = {
  line: number
  /** What each filled cell means, by our heading. */
  values: ReadonlyMap<string, unknown>
  /** What was written in each filled cell, by our heading. */
  written: ReadonlyMap<string, string>
  /** Cells that name something on the register, by our heading. */
  named: ReadonlyMap<string, Named>
  /** Under what the file calls each of our columns. */
  columns: ReadonlyMap<string, string>
  from: PlainDate
  /** The first day on which it no longer holds. */
  lastDay: PlainDate | null
  firstGiven: boolean
}

export type RowOutcome = { read: RowRead } | { line: number; errors: readonly CellError[] }

/** Reads one row of a sheet. A row without a first day holds from `asOf`. */
export function readRow({ found, sheet }: Matched, row: Row, asOf: PlainDate): RowOutcome {
  const { line } = row
  if (row.broken !== undefined) {
    return {
      line,
      errors: [
        {
          column: '',
          value: row.cells.join(' | ').slice(0, 80),
          says: `the row is broken: ${row.broken}`,
          todo: 'Correct the row.',
        },
      ],
    }
  }
  const cells = new Cells()
  for (const one of found) {
    const { ours, at, fixed } = one
    const column = sheet.headings[at] ?? ours.heading
    const text = wordOf(one, (at < 0 ? fixed : row.cells[at]) ?? '')
    cells.columns.set(ours.heading, column)
    if (text !== '') cells.take(one, text, column)
    else if (ours.needed)
      cells.errors.push({
        column,
        value: '',
        says: 'is empty and is needed',
        todo: `Fill in ${ours.heading.toLowerCase()}.`,
      })
  }
  return cells.asRow(line, asOf)
}

function wordOf({ means }: Found, text: string): string {
  return (means && Object.hasOwn(means, text) ? means[text] : text) ?? ''
}

class Cells {
  readonly values = new Map<string, unknown>()
  readonly written = new Map<string, string>()
  readonly named = new Map<string, Named>()
  readonly columns = new Map<string, string>()
  readonly errors: CellError[] = []

  take({ ours, ageOn }: Found, text: string, column: string): void {
    this.written.set(ours.heading, text)
    if (ours.names) {
      this.named.set(ours.heading, { names: ours.names, text, column })
      return
    }
    const read = (ageOn === undefined ? ours.reads : bornFromAge(plainDate(ageOn)))(text)
    if ('value' in read) this.values.set(ours.heading, read.value)
    else this.errors.push({ column, value: text, says: `is not ${read.expected}`, todo: read.todo })
  }

  asRow(line: number, asOf: PlainDate): RowOutcome {
    const { values, written, named, columns, errors } = this
    const first = values.get(FIRST_DAY) as PlainDate | undefined
    const lastDay = (values.get(LAST_DAY) as PlainDate | undefined) ?? null
    const from = first ?? (lastDay !== null && lastDay < asOf ? lastDay : asOf)
    if (first !== undefined && lastDay !== null && endsBeforeItStarts(first, lastDay)) {
      errors.push({
        column: columns.get(LAST_DAY) ?? LAST_DAY,
        value: written.get(LAST_DAY) ?? '',
        says: `is before the first day, ${first}`,
        todo: 'Correct one of the two days.',
      })
    }
    if (errors.length > 0) return { line, errors }
    return { read: { line, values, written, named, columns, from, lastDay, firstGiven: first !== undefined } }
  }
}
