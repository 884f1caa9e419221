import { a } from './carer-store.ts'; export const b = a
