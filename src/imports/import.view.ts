/** An import in words, for a terminal. */
import type { Worsening } from '#changeover/store'
import { dayInWords } from '#ground/time.ts'
import type { PlannedSheet } from './plan.ts'
import type { CellError } from './row.ts'
import type { Imported } from './store.ts'

type Told = Omit<Imported, 'importId'> & {
  importId: number | undefined
  notRead: readonly { from: string; says: string }[]
  worse: readonly Worsening[]
  dryRun: boolean
}

const ROWS_SHOWN = 20

/** What came of every sheet: a line each, then the rows that were not taken, then whom to ask about. */
export function importInWords({ sheets, missing, notRead, worse, dryRun, importId }: Told): string {
  const heading = dryRun ? 'Nothing has been changed. This import would bring:' : `Import ${importId}`
  const asked = missing.map(
    ({ kind, subjects }) =>
      `${subjects.length} ${kind} in the extract before are not in this one. Nothing was done about them.`,
  )
  return [
    heading,
    '',
    ...sheets.map(sheetInWords),
    ...sheets.flatMap(rowsInWords),
    ...notRead.map(problemInWords),
    ...asked,
    ...(worse.length > 0 ? [worseInWords(worse)] : []),
  ].join('\n')
}

/** A file or worksheet nobody could read, in one sentence. */
export const problemInWords = ({ from, says }: { from: string; says: string }): string => `${from} ${says}`

function sheetInWords({ from, kind, counts }: PlannedSheet): string {
  const { rows, unchanged, refused, held } = counts
  const loaded = counts.new + counts.changed
  return `${from} as ${kind}: ${rows} rows = ${loaded} loaded (${counts.new} new, ${counts.changed} changed) + ${unchanged} unchanged + ${refused + held} refused${held > 0 ? ` (${held} held for a person)` : ''}`
}

function rowsInWords({ from, said }: PlannedSheet): string[] {
  const shown = said
    .slice(0, ROWS_SHOWN)
    .flatMap(({ line, says }) => says.map((one) => `  ${from}, line ${line}: ${errorInWords(one)}`))
  return said.length > ROWS_SHOWN ? [...shown, `  ${from}: and ${said.length - ROWS_SHOWN} more rows`] : shown
}

/** `Date of birth "31/02/2015" is not a day that exists. Correct the day.` */
export const errorInWords = ({ column, value, says, todo }: CellError): string =>
  [column, value === '' ? '' : `"${value}"`, `${says}.`, todo].filter((part) => part !== '').join(' ')

/** Whom a change would leave worse off, and that it was refused. */
export function worseInWords(worse: readonly Worsening[]): string {
  const pupils = new Set(worse.map(({ pupil }) => pupil))
  const first = worse[0] ? `, the first on ${dayInWords(worse[0].firstDay)}` : ''
  return `Refused: ${pupils.size} pupils would be worse off${first}, and nobody has accepted it. Put the replacement in place first, or have a manager accept it for these pupils until a day.`
}
