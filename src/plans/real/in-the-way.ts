/**
 * What still keeps a found plan from going forward: accepted by a named manager, and then made real. A meeting note is
 * no decision, and a plan whose oddities nobody looked at is no network.
 */
import type { PupilId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import type { PolicyRefused } from '../policy/policy.ts'
import type { Difference } from './difference.ts'
import type { Reviewed } from './review.ts'

/** A plan of another scenario that was accepted for a day to come, and the pupils both speak of. */
export type Elsewhere = { scenario: string; plan: number; pupils: readonly PupilId[] }

export type InTheWay =
  | { because: 'begins-in-the-past'; on: PlainDate }
  | { because: 'too-little-known'; pupils: readonly PupilId[] }
  | { because: 'anomalies-open'; anomalies: number }
  | { because: 'schools-have-not-agreed'; rejected: number; unanswered: number }
  | { because: 'not-assessed'; runs: number }
  | { because: 'policy-not-read'; refusal: PolicyRefused }
  /** By name; nothing where a policy that says so cannot be read. */
  | { because: 'waves-not-kept'; schools: readonly string[] | undefined }
  | { because: 'another-is-accepted'; plan: number }
  | { because: 'planned-elsewhere'; others: readonly Elsewhere[] }
  | { because: 'register-differs'; differences: readonly Difference[] }

export type Stands = {
  beginsOn: PlainDate
  today: PlainDate
  /** Of whom nobody has decided how they are planned. */
  blocking: readonly PupilId[]
  anomaliesOpen: number
  /** Why the council's own rule of what must be assessed cannot be read, where it cannot. */
  policyRefused: PolicyRefused | undefined
  reviews: readonly Pick<Reviewed, 'standing'>[]
  /** Runs whose mix of pupils must be assessed, and is not. */
  notAssessed: number
  /** Schools of which more changes at once than policy allows, and for which nobody has kept waves. */
  withoutWaves: readonly string[] | undefined
  /** Another plan of the same scenario that was accepted. */
  accepted: number | undefined
  elsewhere: readonly Elsewhere[]
  differences: readonly Difference[]
}

/** Everything in the way, what cannot be mended first. Nothing is in the way of a plan for which it is empty. */
export function inTheWayOf(stands: Stands): InTheWay[] {
  const { beginsOn, today, blocking, anomaliesOpen, accepted, elsewhere, differences } = stands
  const said = (standing: Reviewed['standing']) =>
    stands.reviews.filter((one) => one.standing === standing).length
  const [rejected, unanswered] = [said('rejected'), said('unanswered')]
  return [
    ...(beginsOn <= today ? [{ because: 'begins-in-the-past' as const, on: beginsOn }] : []),
    ...(accepted === undefined ? [] : [{ because: 'another-is-accepted' as const, plan: accepted }]),
    ...(elsewhere.length === 0 ? [] : [{ because: 'planned-elsewhere' as const, others: elsewhere }]),
    ...(blocking.length === 0 ? [] : [{ because: 'too-little-known' as const, pupils: blocking }]),
    ...(anomaliesOpen === 0 ? [] : [{ because: 'anomalies-open' as const, anomalies: anomaliesOpen }]),
    ...(rejected + unanswered === 0
      ? []
      : [{ because: 'schools-have-not-agreed' as const, rejected, unanswered }]),
    ...(stands.policyRefused ? [{ because: 'policy-not-read' as const, refusal: stands.policyRefused }] : []),
    ...(stands.notAssessed === 0 ? [] : [{ because: 'not-assessed' as const, runs: stands.notAssessed }]),
    ...(stands.withoutWaves?.length === 0
      ? []
      : [{ because: 'waves-not-kept' as const, schools: stands.withoutWaves }]),
    ...(differences.length === 0 ? [] : [{ because: 'register-differs' as const, differences }]),
  ]
}
