/** What stands in the way of a scenario, in the order in which it is best put right, and so what is to be done next. */
import type { PupilId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import type { PolicyRefused } from '../policy/policy.ts'
import type { Incomplete, Population, Scenario, SchoolGap } from './scenario.ts'

export type Obstacle =
  | { obstacle: 'began'; on: PlainDate }
  | { obstacle: 'school'; gap: SchoolGap }
  | { obstacle: 'pupils'; incomplete: readonly Incomplete[] }
  | { obstacle: 'nobody' }
  | { obstacle: 'baseline' }
  | { obstacle: 'policy'; refusal: PolicyRefused }
  | { obstacle: 'roads' }
  /** A locked run carries pupils who are not asked for any more, or in another way. */
  | { obstacle: 'locked'; plan: number; vehicle: number; pupils: readonly PupilId[] }

export type Known = {
  population: Pick<Population, 'blocking' | 'planned' | 'schoolGaps'>
  isFrozen: boolean
}

/** What is not known or not kept of a scenario's people and schools. */
export function gapsInTheWay({ population, isFrozen }: Known): Obstacle[] {
  const { blocking, planned, schoolGaps } = population
  return [
    ...schoolGaps.map((gap) => ({ obstacle: 'school' as const, gap })),
    ...(blocking.length > 0 ? [{ obstacle: 'pupils' as const, incomplete: blocking }] : []),
    ...(planned.length === 0 ? [{ obstacle: 'nobody' as const }] : []),
    ...(isFrozen ? [] : [{ obstacle: 'baseline' as const }]),
  ]
}

export type Circumstances = Known & {
  scenario: Pick<Scenario, 'beginsOn'>
  today: PlainDate
  /** Why the council's prices and rules cannot be read, where they cannot. */
  policy: PolicyRefused | undefined
  hasRoads: boolean
}

/** Everything that keeps a plan from being looked for; empty where nothing does. A day gone by cannot be put right. */
export function obstaclesOf({ scenario, today, policy, hasRoads, ...known }: Circumstances): Obstacle[] {
  if (scenario.beginsOn <= today) return [{ obstacle: 'began', on: scenario.beginsOn }]
  return [
    ...gapsInTheWay(known),
    ...(policy ? [{ obstacle: 'policy' as const, refusal: policy }] : []),
    ...(hasRoads ? [] : [{ obstacle: 'roads' as const }]),
  ]
}
