/**
 * How much of a school may change at once. Kent changed a whole network on one morning; where more pupils of a school
 * change crew on one day than policy allows, a plan goes in waves.
 */
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { addDays, type PlainDate } from '#ground/time.ts'

/** Dated policy: of a hundred pupils of a school, how many may change crew on one day; days from wave to wave. */
export type PhasingRule = { atMostPercent: number; daysBetween: number }

/** A run of the plan with those of its pupils whose crew changes, all of one day or none. */
export type RunChange = { run: string; changing: readonly PupilId[] }

export type SchoolChange = {
  school: SchoolId
  /** Everybody of the school for whom the plan is, changing or not. */
  pupils: readonly PupilId[]
  runs: readonly RunChange[]
}

export type Wave = { on: PlainDate; runs: readonly string[]; pupils: readonly PupilId[] }

export type Phasing = {
  school: SchoolId
  pupils: number
  changing: readonly PupilId[]
  /** Whether more change than one day may bear, so that waves are required. */
  required: boolean
  waves: readonly Wave[]
  /** Runs too large for any one day by the rule: each is a wave of its own, and somebody has to agree to it. */
  beyondRule: readonly string[]
}

/**
 * A proposal for one school: the largest runs first, each in the first wave that has room for its pupils, from the day
 * on, so many days apart. One wave where one is enough; none where nobody changes.
 */
export function phase({ school, pupils, runs }: SchoolChange, rule: PhasingRule, from: PlainDate): Phasing {
  const allowed = Math.floor((pupils.length * rule.atMostPercent) / 100)
  const changing = everyone(runs)
  const required = changing.length > allowed
  const waves: RunChange[][] = []
  const inOrder = runs
    .filter((run) => run.changing.length > 0)
    .toSorted((a, b) => b.changing.length - a.changing.length || (a.run < b.run ? -1 : 1))
  for (const run of inOrder) {
    const fits = waves.find((wave) => !required || everyone([...wave, run]).length <= allowed)
    if (fits) fits.push(run)
    else waves.push([run])
  }
  return {
    school,
    pupils: pupils.length,
    changing,
    required,
    waves: waves.map((wave, i) => ({
      on: addDays(from, i * rule.daysBetween),
      runs: wave.map(({ run }) => run),
      pupils: everyone(wave),
    })),
    beyondRule: required ? inOrder.filter((run) => run.changing.length > allowed).map(({ run }) => run) : [],
  }
}

const everyone = (runs: readonly RunChange[]) => [...new Set(runs.flatMap(({ changing }) => changing))]
