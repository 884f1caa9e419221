/** What was done to a plan by hand, one change after another, and which of them can be taken back. */
import type { Change } from './change-store.ts'

/**
 * The change that a plan stands by: its last, but for those that were taken back since. Nothing is left to take back
 * where the plan is as it was found.
 */
export function changeToTakeBack(history: readonly Change[], plan: number): Change | undefined {
  const byPlan = new Map(history.map((change) => [change.plan, change]))
  let at: number | null = plan
  while (at !== null) {
    const change = byPlan.get(at)
    if (change?.kind !== 'undo') return change
    at = change.restores
  }
  return undefined
}
