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
 * A proposal for the schools of a plan together, for a vehicle that serves two of them begins on one day: the vehicles of
 * most pupils first, each in the first wave that has room for its pupils at every school, from the day on, so many days
 * apart. One wave where one is enough; none where nobody changes.
 */
export function phase(schools: readonly SchoolChange[], rule: PhasingRule, from: PlainDate): Phasing[] {
  const about = schools.map((school) => aboutSchool(school, rule))
  const waveOf = wavesOf(about)
  return about.map(({ school, allowed, changing, required }) => {
    const runs = school.runs.filter((run) => run.changing.length > 0).toSorted(mostFirst)
    const byWave = [...Map.groupBy(runs, ({ run }) => waveOf.get(run) ?? 0)].sort(([a], [b]) => a - b)
    return {
      school: school.school,
      pupils: school.pupils.length,
      changing,
      required,
      waves: byWave.map(([wave, theirs]) => ({
        on: addDays(from, wave * rule.daysBetween),
        runs: theirs.map(({ run }) => run),
        pupils: everyone(theirs),
      })),
      beyondRule: required ? runs.filter((run) => run.changing.length > allowed).map(({ run }) => run) : [],
    }
  })
}

type About = {
  school: SchoolChange
  /** How many may change on one day. */
  allowed: number
  changing: readonly PupilId[]
  required: boolean
}

function aboutSchool(school: SchoolChange, rule: PhasingRule): About {
  const allowed = Math.floor((school.pupils.length * rule.atMostPercent) / 100)
  const changing = everyone(school.runs)
  return { school, allowed, changing, required: changing.length > allowed }
}

/** The number of the wave in which each vehicle begins, by its name. */
function wavesOf(about: readonly About[]): ReadonlyMap<string, number> {
  const calls = about.flatMap(({ school, ...rest }) =>
    school.runs.map((run) => ({ ...rest, ...run, school })),
  )
  const vehicles = [...Map.groupBy(calls, ({ run }) => run)]
    .map(([name, theirs]) => ({ name, calls: theirs, pupils: everyone(theirs).length }))
    .filter(({ pupils }) => pupils > 0)
    .toSorted((a, b) => b.pupils - a.pupils || (a.name < b.name ? -1 : 1))
  const waves: RunChange[][] = []
  const waveOf = new Map<string, number>()
  const hasRoom = (wave: readonly RunChange[], call: (typeof calls)[number]) => {
    const begun = new Set(wave.map(({ run }) => run))
    const before = call.school.runs.filter(({ run, changing }) => begun.has(run) && changing.length > 0)
    return !call.required || before.length === 0 || everyone([...before, call]).length <= call.allowed
  }
  for (const vehicle of vehicles) {
    const found = waves.findIndex((wave) => vehicle.calls.every((call) => hasRoom(wave, call)))
    const wave = found < 0 ? waves.length : found
    waves[wave] = [...(waves[wave] ?? []), ...vehicle.calls]
    waveOf.set(vehicle.name, wave)
  }
  return waveOf
}

const mostFirst = (a: RunChange, b: RunChange) =>
  b.changing.length - a.changing.length || (a.run < b.run ? -1 : 1)

const everyone = (runs: readonly RunChange[]) => [...new Set(runs.flatMap(({ changing }) => changing))]
