/**
 * Education missed, counted over mornings: a school day on which a pupil was without transport as that morning's report
 * knew it. So a day once counted stays counted, whatever is learned later.
 */
import type { PupilId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import { lacksTransport, type TravelState } from '#travel-arrangements'
import { worstFirst } from './figures.ts'

/** Where every pupil stood on a day, in the order of their numbers: pupils and places in `worstFirst`. */
export type Morning = { day: PlainDate; pupils: Int32Array; standings: Uint8Array }

/** The state a place in `Morning.standings` means. */
export const stateAt = (place: number | undefined): TravelState => worstFirst[place ?? -1] ?? 'not-requiring'

const lacks = (place: number | undefined): boolean => lacksTransport(stateAt(place))
const travels = (place: number | undefined): boolean => stateAt(place) !== 'not-requiring'

export type Missed = {
  /** The first day counted. */
  from: PlainDate
  /** School days counted: those on which anybody had to travel. */
  schoolDays: number
  /** Days times pupils without transport. */
  pupilDays: number
  pupils: number
  /** The most affected, worst first, at most twenty. */
  most: { pupil: PupilId; days: number }[]
}

const MOST = 20

/** Pupil-days without transport over some mornings, in order. */
export function missedOver(mornings: readonly Morning[], from: PlainDate): Missed {
  const days = missedDays(mornings)
  const most = [...days]
    .map(([pupil, days]) => ({ pupil, days }))
    .sort((a, b) => b.days - a.days || a.pupil - b.pupil)
  return {
    from,
    schoolDays: mornings.filter(({ standings }) => standings.some(travels)).length,
    pupilDays: most.reduce((sum, { days }) => sum + days, 0),
    pupils: most.length,
    most: most.slice(0, MOST),
  }
}

/** Each pupil who was ever without transport, and on how many of the mornings. */
export function missedDays(mornings: readonly Morning[]): Map<PupilId, number> {
  const days = new Map<PupilId, number>()
  for (const { pupils, standings } of mornings) {
    for (let i = 0; i < pupils.length; i++) {
      if (!lacks(standings[i])) continue
      const pupil = pupils[i] as PupilId
      days.set(pupil, (days.get(pupil) ?? 0) + 1)
    }
  }
  return days
}

/** Whom to tell once a pupil has been without transport so many school days together. A council's policy. */
export type Escalation = { days: number; to: string }

export type Waiting = {
  /** The pupils who have been without transport longest, and since when; nothing while nobody is. */
  oldest: { since: PlainDate; days: number; pupils: PupilId[] } | null
  /** Everyone who has waited so long, and who has to hear of it. The lists are of those due to nobody higher. */
  escalations: (Escalation & { pupils: PupilId[] })[]
}

export type Wait = { pupil: PupilId; since: PlainDate; days: number }

/**
 * How long each pupil without transport on the last morning has been so: school days together, counting back. A day
 * on which they need not travel neither counts nor ends it.
 */
export function waitsAt(mornings: readonly Morning[]): Wait[] {
  const [last, ...earlier] = mornings.toReversed()
  if (!last) return []
  return Array.from(last.pupils)
    .filter((_, i) => lacks(last.standings[i]))
    .map((pupil) => waitOf(pupil as PupilId, [last, ...earlier]))
    .sort((a, b) => b.days - a.days || a.pupil - b.pupil)
}

function waitOf(pupil: PupilId, backwards: readonly [Morning, ...Morning[]]): Wait {
  const [last] = backwards
  const lacked: PlainDate[] = []
  for (const morning of backwards) {
    const place = placeOf(pupil, morning)
    if (lacks(place)) lacked.push(morning.day)
    else if (travels(place)) break
  }
  return { pupil, since: lacked.at(-1) ?? last.day, days: lacked.length }
}

/** A pupil's place on a morning, by halving: pupils stand in the order of their numbers. */
function placeOf(pupil: PupilId, { pupils, standings }: Morning): number | undefined {
  let [low, high] = [0, pupils.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = pupils[middle] ?? 0
    if (found === pupil) return standings[middle]
    if (found < pupil) low = middle + 1
    else high = middle - 1
  }
  return undefined
}

/** The oldest wait, and who is due to be told of which pupils. */
export function waitingOf(waits: readonly Wait[], policy: readonly Escalation[]): Waiting {
  const longest = Math.max(0, ...waits.map(({ days }) => days))
  const oldest = waits.filter(({ days }) => days === longest)
  const [first] = oldest
  const steps = [...policy].sort((a, b) => a.days - b.days)
  return {
    oldest: first
      ? {
          since: oldest.map(({ since }) => since).sort()[0] ?? first.since,
          days: longest,
          pupils: oldest.map(({ pupil }) => pupil),
        }
      : null,
    escalations: steps.map((step, i) => ({
      ...step,
      pupils: waits
        .filter(({ days }) => days >= step.days && days < (steps[i + 1]?.days ?? Number.POSITIVE_INFINITY))
        .map(({ pupil }) => pupil),
    })),
  }
}
