/** The empty layout of a kind, and what every column of it means: derived from what reads it, so it cannot drift. */
import type { Column, Kind } from './kind.ts'

type Table = { name: string; headings: string[]; rows: string[][] }

/** A table with headings alone, and one that explains them. */
export function templateOf(kind: Kind): { empty: Table; explained: Table } {
  return {
    empty: { name: kind.name, headings: kind.columns.map(({ heading }) => heading), rows: [] },
    explained: {
      name: 'What each column means',
      headings: ['Column', 'Needed', 'What to write', 'Also read when it is called'],
      rows: kind.columns.map((column) => [
        column.heading,
        column.needed ? 'yes' : 'no',
        meaningOf(column),
        column.also.join(', '),
      ]),
    },
  }
}

// No cell can mean this, so whatever reads a column says what it expected.
const NONSENSE = '\u2620'

/** What to write in a column, in a few words. */
export function meaningOf({ names, reads, as, heading }: Column): string {
  if (names !== undefined) return `the ${names}, by its reference or any name only it has`
  if (heading === 'Decided') return 'same, different, or the reference of who it is, where a row was held'
  const read = reads(NONSENSE)
  if ('expected' in read) return read.expected
  return as === 'list' ? 'words, with semicolons between' : 'words'
}
