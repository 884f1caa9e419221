/**
 * What a plan is measured against, each a dated parameter of the council's policy register: when a ride is long, what is
 * odd enough to be looked at, how much of a school may change at once, and how small a number may be published. Until the
 * council records its own, these stand: 45 minutes at primary age and 75 at secondary (DfE *Travel to school for children
 * of compulsory school age*, 2024), and the smallest number of five that the DfE's own statistics publish.
 */
import { z } from 'zod'
import { minutes } from '#ground/duration.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { WallTime } from '#ground/time.ts'
import type { Oddness } from '../anomalies/anomaly.ts'
import type { Limits } from '../impact/impact.ts'
import type { PhasingRule } from '../phasing/phasing.ts'
import { notRead, type PolicyRefused, type Recorded } from '../policy/policy.ts'

const some = z.int().positive()
const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time like 07:00')
  .transform((time) => time as WallTime)

/** Of the policies a plan is measured by. */
export const yardstickShapes = z.object({
  'plan-limits': z.strictObject({
    primaryMinutes: some.default(45),
    secondaryMinutes: some.default(75),
    muchLongerMinutes: some.default(15),
    earliestPickUp: wallTime.default('07:00' as WallTime),
  }),
  'plan-oddness': z.strictObject({
    timesDirect: z.number().min(1).default(2),
    beyondDirectMinutes: some.default(15),
    pastSchoolMetres: some.default(300),
    pastSchoolMinutes: some.default(10),
    aloneMinutes: some.default(30),
    minibusSeats: some.default(9),
    earliestPickUp: wallTime.default('06:45' as WallTime),
    earlyArrivalMinutes: some.default(40),
    inARowMinutes: some.default(15),
    onePlaceMetres: some.default(60),
    onePlaceMinutes: some.default(3),
  }),
  'plan-phasing': z.strictObject({
    atMostPercent: z.number().min(0).max(100).default(30),
    daysBetween: some.default(7),
  }),
  'plan-publishing': z.strictObject({ smallestNumber: some.min(2).default(5) }),
  /** By area, how deprived it is, in bands of the council's own. */
  'area-deprivation': z.record(z.string(), z.string().min(1)),
})

export const yardstickNames = Object.keys(yardstickShapes.shape)

export type Yardsticks = {
  limits: Limits
  oddness: Oddness
  phasing: PhasingRule
  smallestPublished: number
  deprivation: ReadonlyMap<string, string>
}

/** The yardsticks in force, out of what is recorded; refused with the first that cannot be read. */
export function yardsticksFrom(recorded: readonly Recorded[]): Result<Yardsticks, PolicyRefused> {
  const value = (name: string) => recorded.find((one) => one.name === name)?.value ?? {}
  const read = yardstickShapes.safeParse(
    Object.fromEntries(yardstickNames.map((name) => [name, value(name)])),
  )
  if (!read.success) return refuse(notRead(read.error))
  const { 'plan-limits': limits, 'plan-publishing': publishing, 'area-deprivation': bands } = read.data
  return ok({
    limits: {
      primary: minutes(limits.primaryMinutes),
      secondary: minutes(limits.secondaryMinutes),
      muchLonger: minutes(limits.muchLongerMinutes),
      earliest: limits.earliestPickUp,
    },
    oddness: read.data['plan-oddness'],
    phasing: read.data['plan-phasing'],
    smallestPublished: publishing.smallestNumber,
    deprivation: new Map(Object.entries(bands)),
  })
}
