export type { Figures, PupilFigures } from './figures.ts'
export type { Reconciliation } from './movement.ts'
export type { Report, Sitrep } from './sitrep.ts'
