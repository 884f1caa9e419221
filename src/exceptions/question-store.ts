/** What the parts of the queries share. */
import type { PendingQuery, Row, Sql } from 'postgres'
import type { PlainDate } from '#ground/time.ts'
import type { DayRules } from './exception.ts'

/** A day, what was known, and how far the council looks. */
export type Question = { sql: Sql; on: PlainDate; revision: number; rules: DayRules }
export type Fragment = PendingQuery<Row[]>
