export type { DirectionFigures, Reconciliation, Sitrep, StateCount } from './sitrep.ts'
