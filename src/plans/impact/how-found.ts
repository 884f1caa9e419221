/** How the times and miles of a report were found: an estimate must say so wherever it is shown. */
import type { Comparison } from './comparison.ts'

export type HowFound = 'measured' | 'some-estimated' | 'all-estimated' | 'no-rides'

/** Of the rides of today, or of those in the plan. */
export function howFound(
  comparisons: readonly Pick<Comparison, 'before' | 'after'>[],
  side: 'before' | 'after',
): HowFound {
  const rides = comparisons.flatMap((one) => one[side] ?? [])
  const estimates = rides.filter(({ estimated }) => estimated).length
  if (rides.length === 0) return 'no-rides'
  if (estimates === 0) return 'measured'
  return estimates === rides.length ? 'all-estimated' : 'some-estimated'
}
