/** How long a session lasts. OWASP ASVS 5, 7.3: an idle limit and an absolute one. */
import type { Instant } from '#ground/time.ts'

export const IDLE_MINUTES = 30
export const LONGEST_HOURS = 12

export type SessionTimes = { startedAt: Instant; seenAt: Instant; endedAt: Instant | null }

/** Whether a session may still be used at a moment: not ended, seen in the last half hour, begun in the last twelve. */
export function isAlive({ startedAt, seenAt, endedAt }: SessionTimes, at: Instant): boolean {
  if (endedAt !== null) return false
  return minutesBetween(seenAt, at) < IDLE_MINUTES && minutesBetween(startedAt, at) < LONGEST_HOURS * 60
}

/** Seen again: worth writing down once a minute, not at every picture and page. */
export const isWorthNoting = ({ seenAt }: SessionTimes, at: Instant): boolean =>
  minutesBetween(seenAt, at) >= 1

const minutesBetween = (from: Instant, to: Instant): number =>
  Temporal.Instant.from(from).until(Temporal.Instant.from(to), { largestUnit: 'minutes' }).total('minutes')
