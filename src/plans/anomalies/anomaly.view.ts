/** Anomalies in words: what is odd, how each stands, and whether they let a plan go forward. */

import { counted } from '../scenario/scenario.view.ts'
import type { AnomalyKind } from './anomaly.ts'
import type { RegisteredAnomaly } from './anomaly-store.ts'
import { type AnomalyStanding, type AnomalyStep, anomalyStanding, bearsOn, isOpen } from './gate.ts'

export const anomalyInWords: Record<AnomalyKind | 'reported', string> = {
  'long-for-its-directness': 'A long ride for how near school is',
  'past-own-school': 'Driven past their own school',
  'alone-in-minibus': 'Alone in a minibus for long',
  'very-early-pick-up': 'Fetched very early',
  'early-arrival': 'At school long before the bell',
  'kept-apart-in-a-row': 'Kept apart, and one after the other in one vehicle',
  'alone-without-reason': 'Travels alone without a reason on record',
  'two-vehicles-at-one-place': 'Two vehicles at one place at once',
  'road-time-estimated': 'Times are estimates',
  reported: 'Reported by a person',
}

const minutesMean: Partial<Record<RegisteredAnomaly['kind'], string>> = {
  'long-for-its-directness': 'longer than the drive alone',
  'past-own-school': 'between passing it and stopping there',
  'alone-in-minibus': 'alone',
  'early-arrival': 'before the bell',
}

/** What is odd, with what was measured or reported. */
export function anomalyTitle({ kind, minutes, says }: Pick<RegisteredAnomaly, 'kind' | 'minutes' | 'says'>) {
  if (says !== null) return says
  const measured = minutes === null ? '' : `: ${counted(minutes, 'minute')} ${minutesMean[kind] ?? ''}`
  return `${anomalyInWords[kind]}${measured.trimEnd()}`
}

export const standingInWords: Record<AnomalyStanding, string> = {
  open: 'Open',
  'found-again': 'Open again: it was resolved, and the plan has it once more',
  resolved: 'Resolved',
  accepted: 'Accepted',
}

/** Who is to see to an anomaly, or accepted it; nobody before it was given to somebody. */
export const ownerOf = ({ steps }: { steps: readonly AnomalyStep[] }): string | undefined =>
  steps.flatMap((one) => ('owner' in one ? [one.owner] : [])).at(-1)

/** `12 open, 3 resolved, 1 accepted`, of a plan's own. */
export function countsInWords(anomalies: readonly RegisteredAnomaly[], plan: number): string {
  const ofPlan = anomalies.filter((one) => bearsOn(one, plan))
  const n = (standing: AnomalyStanding) => ofPlan.filter((one) => anomalyStanding(one) === standing).length
  const again = n('found-again')
  return `${ofPlan.filter(isOpen).length} open${again > 0 ? ` (${again} of them again)` : ''}, ${n('resolved')} resolved, ${n('accepted')} accepted`
}

/** What `firstbell plan anomalies` prints. */
export function anomaliesInWords(anomalies: readonly RegisteredAnomaly[], plan: number): string {
  const open = anomalies.filter((one) => bearsOn(one, plan) && isOpen(one))
  return [
    `Plan ${plan}: ${countsInWords(anomalies, plan)}.`,
    ...open.map((one) => `  ${one.id}  ${lineOf(one)}`),
    open.length > 0
      ? 'It cannot go forward until each is resolved, or accepted by a named owner, on the page of its anomalies.'
      : 'Nothing odd is in its way.',
  ].join('\n')
}

const NAMED = 12

/** Each by number, or how many, where a line would not hold them. */
export const pupilsInWords = (pupils: readonly number[]): string =>
  pupils.length > NAMED
    ? counted(pupils.length, 'pupil')
    : `${pupils.length === 1 ? 'pupil' : 'pupils'} ${pupils.join(', ')}`

function lineOf(one: RegisteredAnomaly): string {
  const owner = ownerOf(one)
  const standing = anomalyStanding(one)
  const again = standing === 'found-again' ? ` ${standingInWords[standing]}.` : ''
  const who = one.pupils.length > 0 ? ` (${pupilsInWords(one.pupils)})` : ''
  return `${anomalyTitle(one)}${who}.${again}${owner ? ` With ${owner}.` : ''}`
}
