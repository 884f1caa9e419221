/**
 * Whom a plan falls on: the same figures by what the Equality Act 2010, s.149 asks a council to have regard to, as far
 * as the register holds it. The evidence for the equality impact assessment.
 */
import type { PupilId } from '#ground/ids.ts'
import { ageOn, type PlainDate } from '#ground/time.ts'
import { type Affected, type Impact, measures, type Traits } from './impact.ts'

export const dimensions = ['need', 'age', 'sex', 'wheelchair', 'looked-after', 'deprivation'] as const
export type Dimension = (typeof dimensions)[number]

export type Group = {
  /** Nothing where it is not held of them. */
  name: string | null
  pupils: readonly PupilId[]
  affected: Affected
}

/** The pupils of an impact by one thing about them, by name, whoever it is not held of last. */
export function groupsBy(dimension: Dimension, found: Impact, people: readonly Traits[]): Group[] {
  const groupOf = new Map(people.map((one) => [one.pupil, nameIn[dimension](one, found.on)]))
  const members = Map.groupBy(groupOf.keys(), (pupil) => groupOf.get(pupil) ?? null)
  const affected = measures.map((measure) => ({
    measure,
    by: Map.groupBy(found.affected[measure], (pupil) => groupOf.get(pupil) ?? null),
  }))
  return [...members]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([name, pupils]) => ({
      name,
      pupils,
      affected: Object.fromEntries(
        affected.map(({ measure, by }) => [measure, by.get(name) ?? []]),
      ) as Record<keyof Affected, PupilId[]>,
    }))
}

const nameIn: Record<Dimension, (one: Traits, on: PlainDate) => string | null> = {
  need: ({ need }) => need,
  age: ({ bornOn }, on) => ageBand(ageOn(bornOn, on)),
  sex: ({ sex }) => sex,
  wheelchair: ({ wheelchair }) => (wheelchair ? 'uses a wheelchair' : 'does not use a wheelchair'),
  'looked-after': ({ lookedAfter }) => (lookedAfter ? 'looked after' : 'not looked after'),
  deprivation: ({ deprivation }) => deprivation,
}

function ageBand(age: number): string {
  if (age < 5) return '0 to 4'
  if (age < 11) return '5 to 10'
  return age < 16 ? '11 to 15' : '16 and over'
}

function inOrder(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a.localeCompare(b, 'en-GB', { numeric: true })
}
