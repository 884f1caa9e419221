export { checkInWords } from './check.ts'
