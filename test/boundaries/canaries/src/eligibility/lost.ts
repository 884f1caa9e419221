import { a } from './nowhere.ts'; export const b = a
