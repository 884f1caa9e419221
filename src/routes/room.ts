/** Whether a run has room for one more, and why not. */
import type { RunOnOffer } from './free-seat-store.ts'

export type Needs = { rides: boolean; alone: boolean; assistant: string }

/** Why a run cannot take this pupil as well; nothing when it can. Assistants take seats. */
export function whyNoRoom(run: RunOnOffer, needs: Needs): string | undefined {
  if (run.mustNotShare) return 'somebody aboard must not share it'
  if (needs.alone && run.others > 0) return 'the pupil must travel alone'
  if (needs.assistant !== 'none' && run.assistantPosts === 0) return 'it has no passenger assistant'
  const chairs = run.chairs + (needs.rides ? 1 : 0)
  const seats = run.others - run.chairs + (needs.rides ? 0 : 1) + run.assistantPosts
  const fits = run.layouts.some(([seatsIn, chairsIn]) => seatsIn >= seats && chairsIn >= chairs)
  if (fits) return undefined
  return needs.rides && run.layouts.every(([, chairsIn]) => chairsIn < chairs)
    ? 'no place for another wheelchair'
    : 'every seat is taken'
}
