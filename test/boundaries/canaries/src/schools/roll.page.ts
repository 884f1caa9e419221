import type { Sql } from 'postgres'; export type A = Sql
