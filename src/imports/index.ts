export { type FileRefused, type Row, type SentFile, type Sheet, sheetOf } from './sheet.ts'
