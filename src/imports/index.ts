export { type KeptMapping, type Mapping, type Matched, matchSheet, readMapping } from './mapping.ts'
export type { CellError } from './row.ts'
export { type FileRefused, type Row, type SentFile, type Sheet, sheetOf } from './sheet.ts'
