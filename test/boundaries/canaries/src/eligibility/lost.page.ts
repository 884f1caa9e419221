import { a } from '../schools/testing.ts'; export const b = a
