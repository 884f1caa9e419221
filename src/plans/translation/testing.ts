/** People of Oakfield School for tests, and what is asked of the optimiser about them, by straight lines. */
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { pence } from '#ground/money.ts'
import { everyHalfDay, everySchoolDay, everySchoolHalfDay } from '#ground/pattern.ts'
import { plainDate, type WallTime } from '#ground/time.ts'
import { type Plan, solve } from '#optimiser'
import { crowFly } from '#roads'
import { planPolicyFrom } from '../policy/policy.ts'
import type { Need, Person, SchoolDay } from '../scenario/person.ts'
import type { Terms } from '../scenario/scenario.ts'
import { askDrives } from './drives.ts'
import { problemOf } from './problem-of.ts'
import { type Asking, questionOf } from './question.ts'
import type { Asked } from './runs-of.ts'

export const oakfieldId = 1 as SchoolId
export const oakfield: SchoolDay = {
  school: oakfieldId,
  name: 'Oakfield School',
  place: { latitude: 51.2, longitude: 0.9 },
  bells: [{ days: everySchoolDay, opens: '08:50' as WallTime, closes: '15:20' as WallTime }],
}
const plain: Need = {
  mobility: 'seat',
  wheelchairTravel: null,
  assistant: 'none',
  alone: false,
  aloneReason: null,
  longestRideMinutes: null,
  missing: [],
}

/** Fourteen, three miles north of Oakfield, on every school day, with nothing out of the ordinary. */
export const aPerson = (pupil: number, but: Partial<Person> & { needs?: Partial<Need> } = {}): Person => {
  const { needs, ...rest } = but
  return {
    pupil: pupil as PupilId,
    name: `Pupil ${pupil}`,
    bornOn: plainDate('2012-05-14'),
    homes: [
      {
        pattern: everyHalfDay,
        address: `${pupil} Mill Lane`,
        place: { latitude: 51.24, longitude: 0.9 + pupil / 1000 },
      },
    ],
    placements: [{ school: oakfieldId, pattern: everySchoolHalfDay }],
    need: { ...plain, ...needs },
    otherwise: [],
    carers: [pupil],
    keptApartFrom: [],
    ...rest,
  }
}

export const taxi = {
  name: 'Taxi',
  layouts: [[4, 0]],
  drives: 'taxi',
  pencePerDay: 9000,
  pencePerMile: 180,
  pencePerAssistantDay: 5200,
}

export const vehicles = [
  taxi,
  {
    name: 'Minibus with lift',
    layouts: [
      [12, 0],
      [9, 1],
      [6, 2],
    ],
    drives: 'minibus',
    pencePerDay: 24_000,
    pencePerMile: 220,
    pencePerAssistantDay: 5200,
  },
]

export const terms: Terms = {
  mixesSchools: false,
  times: 'estimated',
  change: pence(200),
  beyondDirectMinutes: 5,
  fixedRoutes: [],
}

/** What is asked about these people, with a taxi and a minibus with lift on offer. */
export async function askOf(
  people: readonly Person[],
  but: Partial<Asking> = {},
  rules: object = {},
): Promise<Asked> {
  const policy = planPolicyFrom([
    { name: 'plan-vehicles', value: vehicles },
    { name: 'plan-rules', value: rules },
  ])
  if (!policy.ok) throw new Error('The prices are not read.')
  const question = questionOf({
    people,
    schools: [oakfield],
    exceptions: [],
    beginsOn: plainDate('2026-09-02'),
    terms,
    policy: policy.value,
    ...but,
  })
  const drives = await askDrives(crowFly(), question)
  return { question, drives, problem: problemOf(question, drives) }
}

/** The plan after so many rounds of search. */
export const planned = (asked: Asked, rounds = 150): Plan => {
  let round = 0
  return solve(asked.problem, { seed: 1, shouldStop: () => ++round > rounds }).plan
}
