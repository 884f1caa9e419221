/** Whether a build of a network is under way still: no county takes an hour, and a program that was stopped says nothing. */
import { addHours, type Instant } from '#ground/time.ts'
import type { RoadBuild } from './road-build-store.ts'

const AT_MOST_HOURS = 1

/** The moment before which a build must have been asked for to be given up. */
export const givenUpBefore = (now: Instant): Instant => addHours(now, -AT_MOST_HOURS)

/** Whether it was asked for lately and has not ended. */
export const isUnderWay = ({ endedAt, askedAt }: Pick<RoadBuild, 'endedAt' | 'askedAt'>, now: Instant) =>
  endedAt === null && Temporal.Instant.compare(askedAt, givenUpBefore(now)) > 0

/** What is recorded of a build that is given up. */
export const NEVER_FINISHED = 'It was never finished: the program that built it was stopped in the middle.'
