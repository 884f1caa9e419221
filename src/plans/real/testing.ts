/** The small county with Tomasz, Ffion and Ivy planned anew to The Beacon from 28 February 2022, in two taxis. */
import type { Sql } from 'postgres'
import { metres } from '#ground/distance.ts'
import { minutes, seconds } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { everySchoolDay } from '#ground/pattern.ts'
import { type Instant, instant, plainDate, type WallTime } from '#ground/time.ts'
import { type Author, beginRevision, stateFact } from '#knowledge/store'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import type { Anomaly } from '../anomalies/anomaly.ts'
import { freezeBaseline } from '../baseline/baseline-store.ts'
import type { Journey } from '../baseline/journey.ts'
import { keepPlan } from '../found/found-plan-store.ts'
import { makeScenario, scenarios } from '../scenario/scenario-store.ts'
import { aFoundPlan, theseTerms } from '../testing.ts'
import type { PlanRun } from '../translation/runs-of.ts'
import { recordAnswers } from './review-store.ts'

export const today = plainDate('2022-02-14')
export const beginsOn = plainDate('2022-02-28')

const gate = { latitude: 51.1, longitude: -6.75 }
const home = (pupil: PupilId) => ({ latitude: 51.11, longitude: -6.79 - pupil / 1000 })

export const offers = [
  {
    name: 'Taxi',
    layouts: [[4, 0]],
    drives: 'taxi',
    pencePerDay: 9000,
    pencePerMile: 200,
    pencePerAssistantDay: 5000,
  },
]

export type PlannedCounty = SmallCounty & { scenario: number; plan: number }

/** Makes it all, a moment after a quarter past seven, and gives who is who. */
export async function plannedCounty(sql: Sql): Promise<PlannedCounty> {
  const county = await smallCounty(sql)
  const by = county.people['transport-officer']
  const at = (time: string) => instant(`2022-02-14T${time}`)
  await sql.begin(async (tx) => {
    await beginRevision(tx, { by, reason: 'Where they live, and what the council pays', at: at('07:10') })
    const valid = '[2021-09-01,2022-07-23)'
    for (const pupil_id of Object.values(county.pupils)) {
      const address = `${pupil_id} Mill Lane, Harrow’s End`
      const where = { address, postcode: 'WQ4 7AA', area: 'Harrow Vale', ...home(pupil_id) }
      await stateFact(tx, 'pupil_home', { pupil_id, pattern: '{[0,28)}', ...where, valid })
    }
    const entrance = { school_id: county.beacon, name: 'Main entrance', site: 'Main site', ...gate }
    await stateFact(tx, 'school_entrance', {
      ...entrance,
      address: 'School Lane',
      postcode: 'WQ4 1AA',
      valid,
    })
    await stateFact(tx, 'policy', { name: 'plan-vehicles', value: offers, valid })
  })
  const scenario = await scenarioOf(sql, county, { name: 'Beacon anew', at: at('07:12') })
  const { tomasz, ffion, ivy } = county.pupils
  const plan = await keptPlanOf(sql, scenario, {
    runs: [...taxi(0, [tomasz, ffion]), ...taxi(1, [ivy])],
    author: { by, reason: 'Found', at: at('07:14') },
  })
  await everybodyAgrees(sql, county, { plan, at: at('07:16') })
  return { ...county, scenario, plan }
}

/** The Beacon agrees to each run of the two taxis. */
async function everybodyAgrees(
  sql: Sql,
  { beacon, people }: SmallCounty,
  { plan, at }: { plan: number; at: Instant },
): Promise<void> {
  const runs = ['V1 to school', 'V1 from school', 'V2 to school', 'V2 from school']
  const said = runs.map((run) => ({ run, pupil: null, answer: 'accepted' as const, reason: null }))
  const author = { by: people['transport-officer'], reason: 'The Beacon agrees', at }
  await recordAnswers(sql, { plan, school: beacon, link: null, saidBy: 'Mrs Bell', said, author })
}

/** A scenario for everybody of The Beacon, its baseline frozen. */
export async function scenarioOf(
  sql: Sql,
  { beacon, people }: SmallCounty,
  { name, at }: { name: string; at: Instant },
): Promise<number> {
  const author = { by: people['transport-officer'], reason: name, at }
  const wanted = { name, scope: { schools: [beacon] }, beginsOn, terms: theseTerms }
  const made = await makeScenario(sql, { wanted, today, author })
  if (!made.ok) throw new Error(made.refusal)
  const [scenario] = await scenarios(sql, made.value)
  if (!scenario) throw new Error(`There is no scenario ${made.value}.`)
  const cut = { on: today, revision: await knownNow(sql) }
  await freezeBaseline(sql, { scenario, cut, roads: undefined, author: { ...author, at: soon(at) } })
  return made.value
}

type Keeping = { runs: readonly PlanRun[]; anomalies?: readonly Anomaly[]; author: Author }

/** Keeps these runs as a plan in which nobody was left behind, and nothing is odd but for what the test says. */
export async function keptPlanOf(
  sql: Sql,
  scenario: number,
  { runs, anomalies = [], author }: Keeping,
): Promise<number> {
  const plan = aFoundPlan({ runs, journeys: runs.flatMap(journeysOf), anomalies })
  const how = { seed: 1, seconds: 1, rounds: 1, times: 'by hand' }
  const cut = await knownNow(sql)
  return await keepPlan(sql, { scenario, cut, plan, how, author })
}

/** One taxi to The Beacon and home again on every school day, three miles each way. */
export function taxi(vehicle: number, pupils: readonly PupilId[]): PlanRun[] {
  const doors = pupils.map((pupil, i) => ({
    label: `${pupil} Mill Lane, Harrow’s End`,
    ...home(pupil),
    school: false,
    at: `08:1${i}` as WallTime,
    boards: [pupil],
    alights: [],
  }))
  const school = { label: 'The Beacon', ...gate, school: true }
  const morning = [...doors, { ...school, at: '08:40' as WallTime, boards: [], alights: pupils }]
  const afternoon = [
    { ...school, at: '15:25' as WallTime, boards: pupils, alights: [] },
    ...doors.map((door, i) => ({
      ...door,
      at: `15:4${i}` as WallTime,
      boards: [],
      alights: door.boards,
    })),
  ]
  return ([morning, afternoon] as const).map((stops, i) => ({
    name: `V${vehicle + 1} ${i === 0 ? 'to school' : 'from school'}`,
    vehicle,
    direction: i === 0 ? 1 : 2,
    days: everySchoolDay,
    offer: 'Taxi',
    layout: [4, 0],
    assistants: 0,
    stops,
    riders: pupils.map((pupil, ride) => ({
      ride,
      pupil,
      startsAt: stops[0]?.at as WallTime,
      endsAt: stops.at(-1)?.at as WallTime,
      ridden: minutes(25),
      length: metres(4828),
      sharesWith: pupils.filter((other) => other !== pupil),
    })),
    length: metres(4828),
    lasts: minutes(30),
  }))
}

const journeysOf = ({ name, vehicle, direction, days, offer, riders }: PlanRun): Journey[] =>
  riders.map(({ pupil, startsAt, endsAt, ridden, length, sharesWith }) => ({
    pupil,
    direction,
    days,
    ride: {
      run: name,
      vehicle: `V${vehicle + 1}`,
      vehicleType: offer,
      crew: [],
      companions: sharesWith,
      startsAt,
      endsAt,
      ridden,
      length,
      direct: seconds(600),
      bell: (direction === 1 ? '08:50' : '15:20') as WallTime,
      estimated: false,
    },
  }))

async function knownNow(sql: Sql): Promise<number> {
  const [row] = await sql<{ revision: number }[]>`select max(revision)::integer as revision from revision`
  return row?.revision ?? 0
}

/** A minute later. */
const soon = (at: Instant): Instant => Temporal.Instant.from(at).add({ minutes: 1 }).toString() as Instant
