import { a } from '../routes/index.ts'; export const b = a
