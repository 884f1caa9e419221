/** Facts written out in the layout they are read in: every column of a kind, as a spreadsheet shows it. */
import { addDays, type PlainDate } from '#ground/time.ts'
import { type Column, DECIDED, FIRST_DAY, type Kind, LAST_DAY, REFERENCE, type Subject } from './kind.ts'

/** A belief as the database keeps it, with the days on which it holds. */
export type KeptFact = {
  fact: Readonly<Record<string, unknown>>
  from: PlainDate | null
  until: PlainDate | null
}

export type Naming = {
  /** What the outside calls a pupil, school, run… */
  nameOf: (of: Subject, id: number) => string
  /** Pupils who share their name and day of birth with another: an export says that they are not the same. */
  namesakes: ReadonlySet<number>
}

/** The columns an export of a kind has. */
export const columnsOut = (kind: Kind): readonly Column[] =>
  kind.columns.filter(({ onlyIn, heading }) => !onlyIn || heading === DECIDED)

/** One row of an export, a text for each of `columnsOut`. */
export function rowOut(kind: Kind, kept: KeptFact, naming: Naming): string[] {
  return columnsOut(kind).map((column) => cellOut(kind, column, { kept, naming }))
}

type Writing = { kept: KeptFact; naming: Naming }

function cellOut(kind: Kind, column: Column, { kept, naming }: Writing): string {
  const { fact, from, until } = kept
  const own = kind.of === undefined ? 0 : Number(fact[`${kind.of}_id`])
  switch (column.heading) {
    case FIRST_DAY:
      return from ?? ''
    case LAST_DAY:
      return until === null ? '' : addDays(until, -1)
    case DECIDED:
      return naming.namesakes.has(own) ? 'different' : ''
    case REFERENCE:
      if (kind.of !== undefined) return naming.nameOf(kind.of, own)
  }
  return valueOut(column, fact[column.to.split('.')[1] ?? ''] ?? null, naming)
}

function valueOut({ as, names, heading }: Column, value: unknown, naming: Naming): string {
  if (value === null) return ''
  if (heading === 'Direction') return Number(value) === 1 ? 'to-school' : 'from-school'
  switch (as) {
    case 'names':
      return names === undefined || value === 0 ? '' : naming.nameOf(names, Number(value))
    case 'pounds':
      return `${Math.floor(Number(value) / 100)}.${String(Number(value) % 100).padStart(2, '0')}`
    case 'list':
      return (value as string[]).join('; ')
    case 'json':
      return JSON.stringify(value)
    case 'layouts':
      return (value as [number, number][]).map(([seats, wheelchairs]) => `${seats}+${wheelchairs}`).join('; ')
    case 'yes-or-no':
      return value === true ? 'yes' : 'no'
    case 'stops':
      return JSON.stringify((value as Stop[]).map((stop) => stopOut(stop, naming)))
    case 'text':
      return String(value)
  }
}

type Stop = Readonly<Record<string, unknown>>

function stopOut(stop: Stop, { nameOf }: Naming): Stop {
  const { pupil, school } = stop
  return {
    ...stop,
    ...(typeof pupil === 'number' && { pupil: nameOf('pupil', pupil) }),
    ...(typeof school === 'number' && { school: nameOf('school', school) }),
  }
}
