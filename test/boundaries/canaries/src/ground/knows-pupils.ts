import { a } from '../pupils/index.ts'; export const b = a
