export type { AcceptancesCounted, AcceptancesOpen } from './acceptance.ts'
export {
  type Effects,
  effectsOn,
  type PupilChange,
  type PupilChangeRefused,
  type SeatAhead,
  whyUnfit,
} from './pupil-change.ts'
