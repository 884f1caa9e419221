/** What Westmarch's officers recorded, chapter by chapter: the order in which it is written into the database. */
import type { Instant, PlainDate } from '#ground/time.ts'

export type Row = Readonly<Record<string, unknown>>
/** `insert` is for subjects nothing was known of; `state` and `withdraw` change what was believed. */
export type Entry = { does: 'insert' | 'state' | 'withdraw'; table: string; row: Row }
export type Author =
  | 'administrator'
  | 'commissioner'
  | 'eligibility-officer'
  | 'manager'
  | 'transport-officer'
export type Chapter = { at: Instant; by: Author; reason: string; entries: Entry[] }

export type Chronicle = {
  chapters: Chapter[]
  /** Begins a chapter; what follows is recorded in it. */
  begin: (chapter: Omit<Chapter, 'entries'>) => void
  insert: (table: string, row: Row) => void
  state: (table: string, row: Row) => void
  withdraw: (table: string, row: Row) => void
  /** What will be recorded on a later day, in the ordinary course of things. */
  later: (on: PlainDate, table: string, row: Row) => void
  /** Whatever is due by a day, taken off the list. */
  due: (by: PlainDate) => { table: string; row: Row }[]
  /** The next number of a kind of thing: pupil, carer, route… */
  number: (kind: string) => number
  /** How many of each kind there are. */
  numbers: ReadonlyMap<string, number>
}

/** An empty chronicle. */
export function chronicle(): Chronicle {
  const chapters: Chapter[] = []
  const numbers = new Map<string, number>()
  let waiting: { on: PlainDate; table: string; row: Row }[] = []
  const record = (does: Entry['does']) => (table: string, row: Row) => {
    const chapter = chapters.at(-1)
    if (!chapter) throw new RangeError(`Nothing is recorded before the first chapter: ${table}.`)
    chapter.entries.push({ does, table, row })
  }
  return {
    chapters,
    numbers,
    begin: (chapter) => void chapters.push({ ...chapter, entries: [] }),
    insert: record('insert'),
    state: record('state'),
    withdraw: record('withdraw'),
    later: (on, table, row) => void waiting.push({ on, table, row }),
    due: (by) => {
      const due = waiting.filter(({ on }) => on <= by)
      waiting = waiting.filter(({ on }) => on > by)
      return due
    },
    number: (kind) => {
      const next = (numbers.get(kind) ?? 0) + 1
      numbers.set(kind, next)
      return next
    },
  }
}

/** Days from the first to before `until`, as PostgreSQL writes them. */
export const days = (from: PlainDate, until?: PlainDate | null): string => `[${from},${until ?? ''})`
