/**
 * What a council has decided about planning: each a dated parameter of the policy register. Until a council records its
 * own rules, these stand: 45 minutes at primary age and 75 at secondary (DfE *Travel to school*, 2024), arrival at most
 * a quarter of an hour before the bell. Prices are nobody's but the council's: without them nothing is planned.
 */
import { z } from 'zod'
import { ok, type Result, refuse } from '#ground/result.ts'

const count = z.int().nonnegative()

const ruleShape = z.strictObject({
  longestRideMinutes: z
    .strictObject({ primary: count.positive(), secondary: count.positive() })
    .default({ primary: 45, secondary: 75 }),
  earliestArrivalMinutes: count.positive().default(15),
  longestWaitMinutes: count.positive().default(20),
  longestRunMinutes: count.positive().default(150),
  /** How long a vehicle stands at a door, and at a school, for each pupil. */
  boardingSeconds: z
    .strictObject({ seat: count, wheelchair: count, school: count })
    .default({ seat: 60, wheelchair: 240, school: 30 }),
  /** How many pupils who need one may share a passenger assistant; 0 for however many are aboard. */
  pupilsPerAssistant: count.default(0),
  /** What it is worth, a day, to have brothers and sisters of one school aboard together. */
  siblingsPence: count.default(500),
  /** What a minute of a pupil's ride beyond twenty counts, beside money: so that nobody rides long to save a little. */
  rideMinutePence: count.default(5),
})

const vehicle = z.strictObject({
  name: z.string().min(1),
  /** What routes in force, or another council's file, call the same kind. */
  alsoCalled: z.array(z.string().min(1)).optional(),
  /** Seats and wheelchair places, in each of the ways its inside may be laid out. */
  layouts: z.array(z.tuple([count, count])).min(1),
  drives: z.enum(['taxi', 'minibus']),
  /** How many there are to be had; all that are wanted, when not said. */
  available: count.optional(),
  pencePerDay: count,
  pencePerMile: count,
  pencePerAssistantDay: count,
})

export type Named = Pick<z.infer<typeof vehicle>, 'name' | 'alsoCalled'>

/** Every name of a kind of vehicle, as it is compared: letter case and spaces around it do not count. */
export const namesOf = ({ name, alsoCalled = [] }: Named): string[] => [
  ...new Set([name, ...alsoCalled].map((one) => one.trim().toLowerCase())),
]

const vehicles = z.array(vehicle).superRefine((offers, { addIssue }) => {
  const names = offers.flatMap(namesOf)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined)
    addIssue({ code: 'custom', message: `“${twice}” names two kinds of vehicle; let each name be of one` })
})

/** Of the policies a plan is made by. */
export const policyShapes = z.object({ 'plan-rules': ruleShape, 'plan-vehicles': vehicles })

export type PlanRules = z.infer<typeof ruleShape>
export type VehicleOffer = z.infer<typeof vehicle>
export type PlanPolicy = { rules: PlanRules; vehicles: readonly VehicleOffer[] }

export type PolicyRefused =
  | { because: 'prices-missing' }
  | { because: 'policy-not-read'; name: string; says: string }

export type Recorded = { name: string; value: unknown }

/** The policies in force, out of what is recorded. */
export function planPolicyFrom(recorded: readonly Recorded[]): Result<PlanPolicy, PolicyRefused> {
  const value = (name: string) => recorded.find((one) => one.name === name)?.value
  const read = policyShapes.safeParse({
    'plan-rules': value('plan-rules') ?? {},
    'plan-vehicles': value('plan-vehicles') ?? [],
  })
  if (!read.success) return refuse(notRead(read.error))
  const { 'plan-rules': rules, 'plan-vehicles': vehicles } = read.data
  return vehicles.length === 0 ? refuse({ because: 'prices-missing' }) : ok({ rules, vehicles })
}

/** The first thing that is wrong with what is recorded, of several policies read as one by their names. */
export function notRead(error: z.ZodError): PolicyRefused {
  const [issue] = error.issues
  const [name, ...within] = issue?.path ?? []
  return {
    because: 'policy-not-read',
    name: String(name),
    says: `${within.join(', ') || 'it'}: ${issue?.message ?? 'not understood'}`,
  }
}
