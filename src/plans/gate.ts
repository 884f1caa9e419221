/**
 * Whether a scenario may go forward, by its anomalies. One stays open until somebody resolves it or a named owner accepts
 * it; one that was resolved and is found again in a later plan is open again, and says so.
 */
import { ok, type Result, refuse } from '#ground/result.ts'

/** What happened to an anomaly, in order. A finding names the plan it was found in. */
export type AnomalyStep =
  | { step: 'found'; plan: number }
  | { step: 'reported'; by: string }
  | { step: 'owned'; owner: string }
  | { step: 'resolved'; by: string; how: string }
  | { step: 'accepted'; owner: string; reason: string }

export type AnomalyStanding = 'open' | 'found-again' | 'resolved' | 'accepted'

/** How an anomaly stands after its steps. Accepted, it stays so when it is found again: its owner knew of it. */
export function anomalyStanding(steps: readonly AnomalyStep[]): AnomalyStanding {
  let standing: AnomalyStanding = 'open'
  for (const { step } of steps) {
    if (step === 'resolved' || step === 'accepted') standing = step
    if ((step === 'found' || step === 'reported') && standing === 'resolved') standing = 'found-again'
  }
  return standing
}

export type TrackedAnomaly = { key: string; steps: readonly AnomalyStep[] }

/** Refused while any anomaly is open, with each that is, by its key. */
export function mayGoForward<One extends TrackedAnomaly>(
  anomalies: readonly One[],
): Result<true, { open: readonly One[] }> {
  const open = anomalies.filter(({ steps }) => ['open', 'found-again'].includes(anomalyStanding(steps)))
  return open.length === 0 ? ok(true) : refuse({ open })
}
