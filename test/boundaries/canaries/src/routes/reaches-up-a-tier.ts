import { a } from '../sitrep/index.ts'; export const b = a
