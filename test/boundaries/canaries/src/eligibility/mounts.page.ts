import type { A } from '../schools/roll.page.ts'; export type B = A
