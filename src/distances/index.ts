/** The door of distances: how far it is from home to school, and how that was found. */
export type { Found } from './distance.ts'
export { givenUpBefore, isUnderWay, NEVER_FINISHED } from './under-way.ts'
