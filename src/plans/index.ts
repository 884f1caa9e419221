export type { Change, Comparison } from './comparison.ts'
export {
  type Impact,
  type ImpactOn,
  impact,
  type Limits,
  type Measure,
  measures,
  type Traits,
} from './impact.ts'
export type { CrewMember, Journey, NoRide, Ride } from './journey.ts'
