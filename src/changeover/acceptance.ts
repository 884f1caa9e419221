/** Where an acceptance stands on a day. It lapses by itself: nobody need do anything, and nobody can forget to. */
import { daysBetween, type PlainDate } from '#ground/time.ts'

export const acceptanceStandings = ['lapsing', 'open', 'to-come', 'lapsed'] as const
export type AcceptanceStanding = (typeof acceptanceStandings)[number]

/** Days before the last one from which somebody must think about what comes after. */
const SOON = 14

/** Open on its days, `lapsing` on the last fortnight of them, lapsed from the day after the last. */
export function acceptanceStanding(
  { from, until }: { from: PlainDate; until: PlainDate },
  on: PlainDate,
): AcceptanceStanding {
  if (on > until) return 'lapsed'
  if (on < from) return 'to-come'
  return daysBetween(on, until) < SOON ? 'lapsing' : 'open'
}

/** What stands accepted on a day: how many acceptances, for how many pupils, and the last day of the first to lapse. */
export type AcceptancesOpen = { acceptances: number; pupils: number; firstLapses: PlainDate | null }

/** How they are counted: what a later one left of an earlier one as one more, or each once. */
export type AcceptancesCounted = 'in-parts' | 'once'
