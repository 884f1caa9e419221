/** Baselines: the journeys of a scenario's people, frozen once with their hash. */
import { createHash } from 'node:crypto'
import type { Sql } from 'postgres'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { Instant, PlainDate, WallTime } from '#ground/time.ts'
import { type Author, beginRevision } from '#knowledge/store'
import { crowFly, type TravelTimes } from '#roads'
import { type PlanCut, peopleOf, schoolDays } from '../scenario/people-store.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { bellFor } from '../translation/bell.ts'
import { journeyOf, type Present } from './baseline.ts'
import type { Journey } from './journey.ts'
import { presentTravel } from './present-store.ts'
import { type RunWay, runWay } from './run-way.ts'

export type Baseline = {
  on: PlainDate
  revision: number
  /** The network the miles were asked of; `crow-fly …` for an estimate. */
  times: string
  sha256: string
  frozenBy: string
  frozenAt: Instant
}

type Freezing = {
  scenario: Pick<Scenario, 'id' | 'members' | 'scope' | 'beginsOn'>
  cut: PlanCut
  /** Without a network of roads, miles are estimated by a straight line. */
  roads: TravelTimes | undefined
  author: Author
}

/** Keeps how a scenario's people travel on a day, as known at a revision. Refused where it was kept before. */
export async function freezeBaseline(
  sql: Sql,
  { scenario, cut, roads, author }: Freezing,
): Promise<Result<Journey[], 'is-frozen'>> {
  const people = await peopleOf(sql, scenario.scope, { on: scenario.beginsOn, revision: cut.revision })
  const schools = await schoolDays(sql, people, cut)
  const byPupil = new Map(people.map((person) => [person.pupil, person]))
  const bellOf = ({ pupil, ...journey }: Present) => {
    const person = byPupil.get(pupil)
    return person ? bellFor(person, journey, schools) : null
  }
  const journeys = await journeysOf(roads, await presentTravel(sql, scenario.members, cut), bellOf)
  const bytes = Buffer.from(`${JSON.stringify(journeys)}\n`)
  const hash = createHash('sha256').update(bytes).digest()
  return (await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    const [taken] = await tx`select 1 from scenario_baseline where scenario_id = ${scenario.id}`
    if (taken) return refuse('is-frozen')
    await tx`
      insert into scenario_baseline (scenario_id, on_day, cut, times, sha256)
      values (${scenario.id}, ${cut.on}, ${cut.revision}, ${(roads ?? crowFly()).network}, ${hash})`
    await tx`insert into baseline_bytes (scenario_id, bytes) values (${scenario.id}, ${bytes})`
    return ok(journeys)
  })) as Result<Journey[], 'is-frozen'>
}

async function journeysOf(
  roads: TravelTimes | undefined,
  travel: readonly Present[],
  bellOf: (present: Present) => WallTime | null,
): Promise<Journey[]> {
  const ways = new Map<number, RunWay>()
  for (const { run, stops, direction } of travel) {
    if (run === null || ways.has(run)) continue
    const at = direction === 1 ? 'school-morning' : 'school-afternoon'
    ways.set(run, await runWay(roads ?? crowFly(), stops, { vehicle: 'taxi', at }))
  }
  return travel.map((present) =>
    journeyOf(present, {
      way: ways.get(present.run ?? 0) ?? nowhere,
      bell: bellOf(present),
      estimated: roads === undefined,
    }),
  )
}

const nowhere: RunWay = () => undefined

/** When, by whom and from what a scenario's baseline was frozen; nothing before that. */
export async function baselineOf(sql: Sql, scenario: number): Promise<Baseline | undefined> {
  const [row] = await sql<Baseline[]>`
    select b.on_day as on, b.cut as revision, b.times, encode(b.sha256, 'hex') as sha256,
           p.name as "frozenBy", r.recorded_at as "frozenAt"
      from scenario_baseline b
      join revision r using (revision)
      join person p using (person_id)
     where b.scenario_id = ${scenario}`
  return row
}

/** The frozen journeys. Throws when the bytes are not those that were hashed. */
export async function baselineJourneys(sql: Sql, scenario: number): Promise<Journey[]> {
  const [row] = await sql<{ bytes: Uint8Array; whole: boolean }[]>`
    select k.bytes, sha256(k.bytes) = b.sha256 as whole
      from baseline_bytes k join scenario_baseline b using (scenario_id) where scenario_id = ${scenario}`
  if (!row) return []
  if (!row.whole) {
    throw new Error(`The baseline of scenario ${scenario} does not match its hash. Restore it from a backup.`)
  }
  return JSON.parse(Buffer.from(row.bytes).toString()) as Journey[]
}
