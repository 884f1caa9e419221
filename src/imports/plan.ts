/** What an import would do: each row new, changed, unchanged, refused or held, and the facts that follow. */

import type { PlainDate } from '#ground/time.ts'
import { type Belief, type Claim, type Comparison, compare, overlap } from './compare.ts'
import type { Subject } from './kind.ts'
import { type Source, sourcesOf } from './mapping.ts'
import type { CellError } from './row.ts'
import {
  type Birth,
  isTaken,
  type Outcome,
  type RowClaims,
  type SheetClaims,
  subjectKey,
  type TableClaim,
} from './row-claim.ts'

export type PlannedRow = {
  line: number
  cells: readonly string[]
  outcome: Outcome
  says: readonly CellError[]
}

/** How many rows there were, and what became of them: `rows` is always the sum of the others. */
export type Counts = Record<Outcome, number> & { rows: number }

export type PlannedSheet = {
  from: string
  kind: string
  headings: readonly string[]
  /** Which of their columns was read as which of ours. */
  mapped: Readonly<Record<string, Source>>
  /** Headings nobody reads. */
  unread: readonly string[]
  counts: Counts
  /** Rows refused or held, and rows taken with a remark. */
  said: readonly PlannedRow[]
}

export type FactChange = Omit<Belief, 'columns'> & { table: string; subject: TableClaim['subject'] }
export type FactStated = FactChange & {
  columns: Belief['columns']
  /** What was believed on its first day. */
  was?: Belief['columns'] | undefined
  fresh: boolean
  pointGiven: boolean
}

export type Plan = {
  sheets: readonly PlannedSheet[]
  births: readonly Birth[]
  state: readonly FactStated[]
  withdraw: readonly FactChange[]
  /** Whom the files of a kind are about, known and to be born: what the next extract is held against. */
  seen: readonly { kind: string; of: Subject; ids: readonly number[] }[]
}

export type Believed = ReadonlyMap<string, readonly Belief[]>

/** Decides what claims do to what is believed. `believed` is by `subjectKey`. */
export function planOf(
  { sheets, births }: { sheets: readonly SheetClaims[]; births: readonly Birth[] },
  believed: Believed,
  asOf: PlainDate,
): Plan {
  const claimed = claimsBySubject(sheets)
  const state: FactStated[] = []
  const withdraw: FactChange[] = []
  const planned = sheets.map(({ matched, rows }) => {
    const decided = rows.map((row) => {
      const compared = isTaken(row)
        ? row.claims.map((one) => comparedClaim(one, { believed, claimed, asOf }))
        : []
      state.push(...compared.flatMap((one) => one.state))
      withdraw.push(...compared.flatMap((one) => one.withdraw))
      return plannedRow(row, compared)
    })
    const { sheet, kind, unread } = matched
    return {
      from: sheet.from,
      kind: kind.name,
      headings: sheet.headings,
      mapped: sourcesOf(matched),
      unread,
      counts: countsOf(decided),
      said: decided.filter(({ says }) => says.length > 0),
    }
  })
  return { sheets: planned, births, state, withdraw, seen: seenIn(sheets) }
}

/** Rows in, and what became of them. */
export function countsOf(rows: readonly { outcome: Outcome }[]): Counts {
  const counts: Counts = { rows: rows.length, new: 0, changed: 0, unchanged: 0, refused: 0, held: 0 }
  for (const { outcome } of rows) counts[outcome] += 1
  return counts
}

function claimsBySubject(sheets: readonly SheetClaims[]): Map<string, Claim[]> {
  const claimed = new Map<string, Claim[]>()
  for (const { rows } of sheets) {
    for (const one of rows.filter(isTaken).flatMap(({ claims }) => claims)) {
      const at = subjectKey(one)
      claimed.set(at, [...(claimed.get(at) ?? []), one.claim])
    }
  }
  return claimed
}

type Beside = { believed: Believed; claimed: ReadonlyMap<string, readonly Claim[]>; asOf: PlainDate }
type Compared = { state: FactStated[]; withdraw: FactChange[]; comparison: Comparison; fresh: boolean }

function comparedClaim(one: TableClaim, { believed, claimed, asOf }: Beside): Compared {
  const { table, subject, claim } = one
  const beliefs = believed.get(subjectKey(one)) ?? []
  const siblings = (claimed.get(subjectKey(one)) ?? []).filter((other) => other !== claim)
  const comparison = compare(claim, beliefs, { siblings, asOf })
  const fresh = beliefs.length === 0
  const pointGiven = claim.columns['latitude'] !== undefined
  return {
    comparison,
    fresh,
    state: comparison.state.map((fact) => ({
      table,
      subject,
      fresh,
      pointGiven,
      was: beliefs.find((belief) => overlap(belief, fact))?.columns,
      ...fact,
    })),
    withdraw: comparison.withdraw.map((fact) => ({ table, subject, ...fact })),
  }
}

function plannedRow(
  { row, about, errors, held, remarks }: RowClaims,
  compared: readonly Compared[],
): PlannedRow {
  const { line, cells } = row
  if (errors.length > 0) return { line, cells, outcome: 'refused', says: errors }
  if (held !== undefined) {
    return {
      line,
      cells,
      outcome: 'held',
      says: [
        {
          column: '',
          value: '',
          says: held,
          todo: 'Decide in the column Decided: same, different, or the reference of who it is.',
        },
      ],
    }
  }
  const also = compared.some(({ comparison }) => comparison.alsoBelieved)
  const says = also
    ? [
        ...remarks,
        {
          column: 'Days',
          value: '',
          says: 'is believed on other days of the week too',
          todo: 'Nothing was taken away: end it by hand if it has ended.',
        },
      ]
    : remarks
  return { line, cells, outcome: outcomeOf(about?.born ?? false, compared), says }
}

function outcomeOf(born: boolean, compared: readonly Compared[]): Outcome {
  const touched = compared.filter(({ state, withdraw }) => state.length + withdraw.length > 0)
  if (touched.length === 0) return 'unchanged'
  return born || compared.every(({ fresh }) => fresh) ? 'new' : 'changed'
}

function seenIn(sheets: readonly SheetClaims[]): Plan['seen'] {
  return sheets.flatMap(({ matched, rows }) => {
    const { of, name } = matched.kind
    if (of === undefined) return []
    return [{ kind: name, of, ids: [...new Set(rows.flatMap(({ about }) => (about ? [about.id] : [])))] }]
  })
}
