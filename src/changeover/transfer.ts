/** A year group that changes school, moves up or leaves: what is decided for each pupil, and what it does to their travel. */
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { type PlainDate, plainDate } from '#ground/time.ts'
import type { Effects } from './pupil-change.ts'

/** A pupil of the year group, as they stand on the last day before. */
export type YearPupil = {
  pupil: PupilId
  name: string
  school: SchoolId
  schoolName: string
  /** Runs on which they have a seat from the first day on. */
  seats: string[]
  /** A school they are to attend from then on already. */
  planned: string | null
}

export type Decision = { pupil: PupilId; name: string } & (
  | { does: 'stays' }
  | { does: 'moves'; to: SchoolId; toName: string }
  | { does: 'leaves' }
)

/** What was done for one pupil, told before it is done. */
export type Transferred = Decision & { effects: Effects }

export type Transfer = {
  revision: number
  yearGroup: string
  from: PlainDate
  pupils: number
  /** Who recorded it. */
  by: string
  /** The revision that took it back, if one did. */
  undoneBy: number | null
}

/** The year group after this one: `6` is followed by `7`; one that is no number stays what it is. */
export const yearAfter = (year: string): string => (/^\d+$/.test(year) ? String(Number(year) + 1) : year)

/** `Year 6`; what has a name of its own, like Reception, keeps it. */
export const yearInWords = (year: string): string => (/^\d+$/.test(year) ? `Year ${year}` : year)

/** The first of September after a day: when a school year begins. */
export function nextFirstDay(today: PlainDate): PlainDate {
  const thisYear = plainDate(`${today.slice(0, 4)}-09-01`)
  return today < thisYear ? thisYear : plainDate(`${Number(today.slice(0, 4)) + 1}-09-01`)
}
