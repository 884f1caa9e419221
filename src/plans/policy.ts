/**
 * What a council has decided about planning: each a dated parameter of the policy register. Until a council records its
 * own rules, these stand: 45 minutes at primary age and 75 at secondary (DfE *Travel to school*, 2024), arrival at most
 * a quarter of an hour before the bell. Prices are nobody's but the council's: without them nothing is planned.
 */
import { z } from 'zod'
import { minutes } from '#ground/duration.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { WallTime } from '#ground/time.ts'
import type { Oddness } from './anomaly.ts'
import type { Limits } from './impact.ts'

const count = z.int().nonnegative()

const rules = z.strictObject({
  longestRideMinutes: z.strictObject({ primary: count.positive(), secondary: count.positive() }),
  earliestArrivalMinutes: count.positive(),
  longestWaitMinutes: count.positive(),
  longestRunMinutes: count.positive(),
  /** How long a vehicle stands at a door, and at a school, for each pupil. */
  boardingSeconds: z.strictObject({ seat: count, wheelchair: count, school: count }),
  /** How many pupils who need one may share a passenger assistant; 0 for however many are aboard. */
  pupilsPerAssistant: count,
  /** What it is worth, a day, to have brothers and sisters of one school aboard together. */
  siblingsPence: count,
  /** What a minute of a pupil's ride beyond twenty counts, beside money: so that nobody rides long to save a little. */
  rideMinutePence: count,
})

const vehicle = z.strictObject({
  name: z.string().min(1),
  /** Seats and wheelchair places, in each of the ways its inside may be laid out. */
  layouts: z.array(z.tuple([count, count])).min(1),
  drives: z.enum(['taxi', 'minibus']),
  /** How many there are to be had; all that are wanted, when not said. */
  available: count.optional(),
  pencePerDay: count,
  pencePerMile: count,
  pencePerAssistantDay: count,
})

export type PlanRules = z.infer<typeof rules>
export type VehicleOffer = z.infer<typeof vehicle>
export type PlanPolicy = { rules: PlanRules; vehicles: readonly VehicleOffer[] }

const untilDecided: PlanRules = {
  longestRideMinutes: { primary: 45, secondary: 75 },
  earliestArrivalMinutes: 15,
  longestWaitMinutes: 20,
  longestRunMinutes: 150,
  boardingSeconds: { seat: 60, wheelchair: 240, school: 30 },
  pupilsPerAssistant: 0,
  siblingsPence: 500,
  rideMinutePence: 5,
}

/** When a journey counts as long, much longer or very early, in what a plan does to people. */
export const usualLimits: Limits = {
  primary: minutes(45),
  secondary: minutes(75),
  muchLonger: minutes(15),
  earliest: '07:00' as WallTime,
}

/** When something in a plan is odd enough for somebody to look. */
export const usualOddness: Oddness = {
  timesDirect: 2,
  beyondDirectMinutes: 15,
  pastSchoolMetres: 300,
  pastSchoolMinutes: 10,
  aloneMinutes: 30,
  minibusSeats: 9,
  earliestPickUp: '06:45' as WallTime,
  earlyArrivalMinutes: 40,
  inARowMinutes: 15,
  onePlaceMetres: 60,
  onePlaceMinutes: 3,
}

export type PolicyRefused =
  | { because: 'prices-missing' }
  | { because: 'policy-not-read'; name: string; says: string }

/** The policies in force, out of what is recorded. */
export function planPolicyFrom(
  recorded: readonly { name: string; value: unknown }[],
): Result<PlanPolicy, PolicyRefused> {
  const value = (name: string) => recorded.find((one) => one.name === name)?.value
  const read = rules.partial().safeParse(value('plan-rules') ?? {})
  if (!read.success) return refuse(notRead('plan-rules', read.error))
  const offers = value('plan-vehicles')
  if (offers === undefined) return refuse({ because: 'prices-missing' })
  const vehicles = z.array(vehicle).min(1).safeParse(offers)
  if (!vehicles.success) return refuse(notRead('plan-vehicles', vehicles.error))
  return ok({ rules: { ...untilDecided, ...defined(read.data) }, vehicles: vehicles.data })
}

const notRead = (name: string, error: z.ZodError): PolicyRefused => {
  const [issue] = error.issues
  return {
    because: 'policy-not-read',
    name,
    says: `${issue?.path.join(', ') || 'it'}: ${issue?.message ?? 'not understood'}`,
  }
}

const defined = <T extends object>(some: T) =>
  Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]-?: Exclude<T[K], undefined>
  }
