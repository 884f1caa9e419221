export { Bound } from './bound/bound.ts'
export type { Column, Programme, SolveProgramme } from './bound/programme.ts'
export type { Change, Effect, Journey, Moments } from './change/effect.ts'
export { type Binding, type BindingRule, explain } from './change/explain.ts'
export { type Insertions, insert } from './change/insert.ts'
export { type Removal, remove } from './change/remove.ts'
export { type Repair, repair } from './change/repair.ts'
export { carryOut, type Way } from './change/way.ts'
export { check, type Refereed } from './check.ts'
export { cooledAfter } from './cooling.ts'
export {
  type Call,
  dropoffOf,
  type Fleet,
  isPickup,
  NO_LIMIT,
  NOWHERE,
  type Plan,
  type PlannedVehicle,
  type PresentVehicle,
  type PriceStep,
  type Problem,
  pickupOf,
  type Request,
  requestOf,
  type Together,
  UNREACHABLE,
  type VehicleType,
  WHOLE_ASSISTANT,
} from './problem.ts'
export { assistantsOn } from './referee/aboard.ts'
export { type Breach, breachInWords, type Rule } from './referee/breach.ts'
export { type Clock, readClock } from './referee/clock.ts'
export { SEARCH_PARTS, type SearchPart } from './search.ts'
export {
  type Progress,
  ROUNDS_BEFORE_PROOF,
  type Solution,
  type SolveOptions,
  solutionOf,
  solve,
  standing,
} from './solve.ts'
export { refereed, soundPart } from './sound.ts'
export { Stints } from './stints.ts'
export { type Reason, type Unplaced, whyUnplaced } from './unplaced.ts'
