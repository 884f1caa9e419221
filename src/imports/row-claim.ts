/** What a row claims: facts about numbered subjects, or why it is not taken. */
import type { Claim } from './compare.ts'
import type { Subject } from './kind.ts'
import type { Matched } from './mapping.ts'
import type { CellError } from './row.ts'
import type { Row } from './sheet.ts'

export type Outcome = 'new' | 'changed' | 'unchanged' | 'refused' | 'held'

/** A row on its way: what it claims, or why it is not taken. */
export type RowClaims = {
  row: Row
  claims: TableClaim[]
  /** Whom it is about, where it is about somebody. */
  about?: { of: Subject; id: number; born: boolean }
  errors: readonly CellError[]
  held: string | undefined
  remarks: CellError[]
}

export type TableClaim = { table: string; subject: Readonly<Record<string, string | number>>; claim: Claim }
export type SheetClaims = { matched: Matched; rows: RowClaims[] }
export type Birth = { of: Subject; id: number; columns: Readonly<Record<string, number>> }

/** How a table of facts is keyed: what names its subject, and which column is its pattern of days. */
export type FactKey = { subject: readonly string[]; patterned: string | null }

/** Neither refused nor held. */
export const isTaken = ({ errors, held }: RowClaims): boolean => errors.length === 0 && held === undefined

/** One subject of one table, as text. */
export const subjectKey = ({ table, subject }: Pick<TableClaim, 'table' | 'subject'>): string =>
  `${table} ${Object.values(subject).join('|')}`
