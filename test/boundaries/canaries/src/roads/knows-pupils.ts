import { a } from '../pupils/store.ts'; export const b = a
