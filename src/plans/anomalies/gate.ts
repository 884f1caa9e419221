/**
 * Whether a plan may go forward, by its anomalies. One stays open until somebody resolves it or a named owner accepts
 * it; one that was resolved and is found again in a later plan is open again, and says so.
 */
import { ok, type Result, refuse } from '#ground/result.ts'
import type { Instant } from '#ground/time.ts'

/** What happened to an anomaly. A finding and a report name the plan that somebody looked at. */
export type AnomalyStep = { by: string; at: Instant } & (
  | { step: 'found'; plan: number }
  | { step: 'reported'; plan: number }
  | { step: 'owned'; owner: string }
  | { step: 'resolved'; says: string }
  | { step: 'accepted'; owner: string; says: string }
)

export type AnomalyStanding = 'open' | 'found-again' | 'resolved' | 'accepted'

/** With its steps in order. */
export type TrackedAnomaly = { steps: readonly AnomalyStep[] }

/** How an anomaly stands after its steps. Accepted, it stays so when it is found again: its owner knew of it. */
export function anomalyStanding({ steps }: TrackedAnomaly): AnomalyStanding {
  let standing: AnomalyStanding = 'open'
  for (const { step } of steps) {
    if (step === 'resolved' || step === 'accepted') standing = step
    if ((step === 'found' || step === 'reported') && standing === 'resolved') standing = 'found-again'
  }
  return standing
}

/** Whether it is neither resolved nor accepted. */
export const isOpen = (one: TrackedAnomaly): boolean => ['open', 'found-again'].includes(anomalyStanding(one))

/** Whether a plan has it: the machine found it there. What people report is said of the scenario, whichever the plan. */
export const bearsOn = ({ steps }: TrackedAnomaly, plan: number): boolean =>
  steps.some((one) => one.step === 'reported' || (one.step === 'found' && one.plan === plan))

/** Refused while any anomaly of a plan is open, with each that is. */
export function mayGoForward<One extends TrackedAnomaly>(
  anomalies: readonly One[],
  plan: number,
): Result<true, { open: readonly One[] }> {
  const open = anomalies.filter((one) => bearsOn(one, plan) && isOpen(one))
  return open.length === 0 ? ok(true) : refuse({ open })
}
