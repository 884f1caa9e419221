export type { CrewMember, Journey, NoRide, Ride } from './baseline/journey.ts'
export type { Change, Comparison } from './impact/comparison.ts'
export {
  type Impact,
  type ImpactOn,
  impact,
  type Limits,
  type Measure,
  measures,
  type Traits,
} from './impact/impact.ts'
