/**
 * What a council has decided about its reports. Each is a dated parameter of the policy register; until a council
 * records its own, these stand. Contact details: verified within six months for 98 in 100 families before letters go
 * out; education missed: three school days to the head of service, ten to the director.
 */
import { z } from 'zod'
import type { WallTime } from '#ground/time.ts'

const days = z.int().positive()
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const shapes = {
  'morning-report-at': wallTime,
  'contacts-verified-within-months': days,
  'contacts-verified-target-percent': z.number().min(0).max(100),
  'education-missed-escalation': z.array(z.object({ days, to: z.string().min(1) })),
  'projection-mornings': days.min(3),
  'plan-tolerance-percent': z.number().min(0).max(100),
} as const

export type PolicyName = keyof typeof shapes
export type Policies = {
  'morning-report-at': WallTime
  'contacts-verified-within-months': number
  'contacts-verified-target-percent': number
  'education-missed-escalation': { days: number; to: string }[]
  /** How many of the last mornings the rate of a projection is taken from. */
  'projection-mornings': number
  /** How far below its plan a cohort may be before it is red. */
  'plan-tolerance-percent': number
}

const untilDecided: Policies = {
  'morning-report-at': '07:00' as WallTime,
  'contacts-verified-within-months': 6,
  'contacts-verified-target-percent': 98,
  'education-missed-escalation': [
    { days: 3, to: 'Head of service' },
    { days: 10, to: 'Director' },
  ],
  'projection-mornings': 10,
  'plan-tolerance-percent': 0,
}

export const policyNames = Object.keys(shapes) as PolicyName[]

/** The policies in force, out of what is recorded. Throws for a value that cannot be meant, naming it. */
export function policiesFrom(recorded: readonly { name: string; value: unknown }[]): Policies {
  const read = recorded
    .filter(({ name }) => (policyNames as string[]).includes(name))
    .map(({ name, value }) => {
      const given = shapes[name as PolicyName].safeParse(value)
      if (given.success) return [name, given.data]
      throw new Error(
        `The policy "${name}" is ${JSON.stringify(value)}. Expected one like ${JSON.stringify(untilDecided[name as PolicyName])}; record it again.`,
      )
    })
  return { ...untilDecided, ...Object.fromEntries(read) }
}
