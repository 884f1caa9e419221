/** How far a contract might run on, so that nobody on it is left without a successor. */
import { addDays, addMonths, type PlainDate } from '#ground/time.ts'

export type Ending = {
  lastDay: PlainDate
  /** What the contract itself allows; nought when it has no option. */
  extensionMonths: number
  /** The day from which a successor is confirmed for everyone aboard, or nothing when there is none. */
  successorFrom: PlainDate | null
}

export type Extension = {
  /** The last day proposed. */
  lastDay: PlainDate
  /** Whether the contract's own option covers it; otherwise the operator must agree to a variation. */
  withinOption: boolean
}

/** Two weeks past the last day, when no successor is in sight: long enough to act, short enough to be looked at. */
const WHILE_NOTHING_IS_IN_SIGHT = 14

/**
 * The shortest extension that bridges to the successor. Nothing when the successor is there the day after the end.
 */
export function proposeExtension({ lastDay, extensionMonths, successorFrom }: Ending): Extension | undefined {
  if (successorFrom !== null && successorFrom <= addDays(lastDay, 1)) return undefined
  const proposed =
    successorFrom === null ? addDays(lastDay, WHILE_NOTHING_IS_IN_SIGHT) : addDays(successorFrom, -1)
  return { lastDay: proposed, withinOption: proposed <= addMonths(lastDay, extensionMonths) }
}
