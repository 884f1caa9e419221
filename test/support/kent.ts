/** Kent with its synthetic pupils and roads, brought in and planned as a council would: for a test, and for the benchmark. */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Sql } from 'postgres'
import { openAccount } from '#access/people-store'
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import type { Asked, Command } from '#cli/command.ts'
import type { OperatorId, PersonId, SchoolId } from '#ground/ids.ts'
import { now, plainDate } from '#ground/time.ts'
import { beginRevision, revisionKnownAt, stateFact } from '#knowledge/store'
import { admitOperator } from '#operators/write-store'
import { type BuildReport, buildRoads, SCHOOL_DRIVES, UK_SPEEDS } from '#roads'
import { readMapping } from '../../src/imports/mapping.ts'
import { importTexts } from '../../src/imports/testing.ts'
import { anomaliesOf, doAboutAnomaly } from '../../src/plans/anomalies/anomaly-store.ts'
import { planRunCommand } from '../../src/plans/found/found-plan.command.ts'
import { recordAssessment } from '../../src/plans/real/assessment-store.ts'
import { type Forward, forwardOf } from '../../src/plans/real/forward-store.ts'
import { planAcceptCommand, planMakeRealCommand } from '../../src/plans/real/going-forward.command.ts'
import { recordAnswers } from '../../src/plans/real/review-store.ts'
import { planFreezeCommand, planNewCommand } from '../../src/plans/scenario/plan.command.ts'
import { choose } from '../../src/plans/scenario/scenario-store.ts'
import { standingOf } from '../../src/plans/scenario/standing-store.ts'

/** The day Kent is planned on, and the Monday from which. */
export const today = plainDate('2026-01-05')
export const beginsOn = plainDate('2026-02-23')

const offers = [
  { name: 'Taxi', layouts: [[4, 0]], drives: 'taxi', pencePerDay: 9000, pencePerMile: 200 },
  {
    name: 'Minibus with lift',
    layouts: [
      [12, 0],
      [8, 2],
    ],
    drives: 'minibus',
    pencePerDay: 17_000,
    pencePerMile: 180,
  },
].map((offer) => ({ ...offer, pencePerAssistantDay: 5000 }))

/** Where the samples of Kent lie beside a checkout; nothing where they do not. */
export function kentIn(shared: string): { registers: string; roads: string } | undefined {
  const found = { registers: join(shared, 'kent'), roads: join(shared, 'roads/kent-synthetic.osm.pbf') }
  return existsSync(join(found.registers, 'pupils.csv')) && existsSync(found.roads) ? found : undefined
}

export type Kent = { sql: Sql; folder: string; manager: PersonId; operator: OperatorId }

/** Brings its postcodes, schools and pupils into an empty database, with a manager, an operator and the council's prices. */
export async function bringInKent(sql: Sql, registers: string, folder: string): Promise<Kent> {
  const mapping = readMapping(readFileSync('db/mappings/kent-sample.json', 'utf8'))
  if (typeof mapping === 'string') throw new Error(mapping)
  const texts = ['postcodes', 'schools', 'pupils'].map((name) => [
    `${name}.csv`,
    readFileSync(join(registers, `${name}.csv`), 'utf8'),
  ])
  await importTexts(sql, Object.fromEntries(texts), { mapping, partial: true })
  return (await sql.begin(async (tx) => {
    await beginRevision(tx, { by: 1 as PersonId, reason: 'A manager, an operator and prices' })
    const account = {
      name: 'Helen Marsh',
      email: MANAGER,
      roles: ['manager'] as const,
      from: today,
      now: now(),
    }
    const opened = await openAccount(tx, account)
    if (!opened.ok) throw new Error(opened.refusal)
    await stateFact(tx, 'policy', { name: 'plan-vehicles', value: offers, valid: '[2025-09-01,)' })
    const operator = await admitOperator(tx, { name: 'Weald Cars', from: today })
    return { sql, folder, manager: opened.value, operator }
  })) as Kent
}

const MANAGER = 'helen.marsh@kent.example'

/** Builds its network for taxis and minibuses, morning and afternoon. */
export async function buildKentRoads(extract: string, folder: string, turns: boolean): Promise<BuildReport> {
  const file = roadsFileIn(folder)
  await mkdir(dirname(file), { recursive: true })
  return await buildRoads(extract, file, { drives: SCHOOL_DRIVES, turns, speeds: UK_SPEEDS })
}

/** What a command answers about Kent; throws where it refuses. */
export async function ask<T>(
  { sql, folder }: Kent,
  command: Command,
  { words, options = {} }: { words: string[]; options?: Asked['options'] },
): Promise<{ text: string; json: T }> {
  const asked = { words, options, sql, folder, today, now: now(), say: () => {} }
  const answer = await command.run(asked)
  if (answer.answer === 'refused') throw new Error(answer.sentence)
  return { text: answer.text, json: answer.json as T }
}

export type Planned = { scenario: number; plan: number; name: string }
type Wanted = { name: string; scope: Asked['options']; seconds: number }

/** Begins a scenario, decides about whoever blocks it, and freezes how they travel today. Gives its number. */
export async function beginKent(
  kent: Kent,
  { name, scope }: Pick<Wanted, 'name' | 'scope'>,
): Promise<number> {
  const { sql, manager } = kent
  const { json: begun } = await ask<{ id: number }>(kent, planNewCommand, {
    words: [name],
    options: {
      from: beginsOn,
      ...scope,
    },
  })
  const standing = await standingOf(sql, begun.id, now())
  for (const { person, gaps } of standing?.population.blocking ?? []) {
    const choice = gaps.includes('home-has-no-point') ? 'left-out' : 'as-known'
    const author = { by: manager, reason: 'The form is in the post' }
    await choose(sql, { scenario: begun.id, pupil: person.pupil, choice, author })
  }
  await ask(kent, planFreezeCommand, { words: [name] })
  return begun.id
}

/** Begins a scenario, and looks for a plan of it along roads. */
export async function planKent(kent: Kent, { name, scope, seconds }: Wanted): Promise<Planned> {
  const scenario = await beginKent(kent, { name, scope })
  const { json: found } = await ask<{ id: number }>(kent, planRunCommand, {
    words: [name],
    options: {
      seconds: String(seconds),
    },
  })
  return { scenario, plan: found.id, name }
}

/** Sees to all that keeps a plan from going forward, as the people would whose part it is, and makes it real. */
export async function carryThrough(kent: Kent, planned: Planned): Promise<void> {
  const { sql, manager, operator } = kent
  const forward = await standsAt(kent, planned)
  const author = { by: manager, reason: 'Looked at, and agreed' }
  for (const { id } of await anomaliesOf(sql, planned)) {
    const doing = { step: 'accepted' as const, owner: manager, says: 'The family knows and agrees' }
    await doAboutAnomaly(sql, id, { doing, author })
  }
  await allAgree(kent, planned, forward)
  const runs = forward.toAssess.map(({ run }) => run.name)
  const assessment = { assessedBy: 'Helen Marsh', assessedOn: today, findings: 'They may share' }
  await recordAssessment(sql, { plan: planned.plan, runs, ...assessment, author })
  const by = { by: MANAGER, plan: String(planned.plan) }
  await ask(kent, planAcceptCommand, { words: [planned.name, 'The board approved it'], options: by })
  await ask(kent, planMakeRealCommand, {
    words: [planned.name, 'From half-term'],
    options: {
      ...by,
      operators: offers.map(({ name }) => `${name}=${operator}`).join(','),
      lastDay: '2027-07-21',
    },
  })
}

/** A plan and what is in its way now. */
export async function standsAt({ sql }: Kent, planned: Planned): Promise<Forward> {
  const forward = await forwardOf(sql, planned, { today, revision: await revisionKnownAt(sql, now()) })
  if (!forward) throw new Error(`There is no plan ${planned.plan}.`)
  return forward
}

async function allAgree({ sql, manager }: Kent, { plan }: Planned, { reviews }: Forward): Promise<void> {
  const author = { by: manager, reason: 'The schools told us' }
  for (const [school, theirs] of Map.groupBy(reviews, (one) => one.school)) {
    const said = theirs.map(({ run }) => ({
      run: run.name,
      pupil: null,
      answer: 'accepted' as const,
      reason: null,
    }))
    await recordAnswers(sql, { plan, school, link: null, saidBy: 'The head teacher', said, author })
  }
}

/** The special school with as many pupils as come nearest to a number. */
export async function specialSchoolOf({ sql }: Kent, pupils: number): Promise<SchoolId> {
  const [school] = await sql<{ id: SchoolId }[]>`
    select p.school_id as id
      from placement p
      join school_particulars s on s.school_id = p.school_id and upper_inf(s.known) and s.kind = 'special'
     where upper_inf(p.known) and p.valid @> ${today}::date
     group by p.school_id order by abs(count(distinct p.pupil_id) - ${pupils}), p.school_id limit 1`
  if (!school) throw new Error('There is no special school.')
  return school.id
}

/** Special schools of Kent, as many as have about so many pupils together. */
export async function schoolsOfKent({ sql }: Kent, pupils: number): Promise<SchoolId[]> {
  const schools = await sql<{ id: SchoolId; pupils: number }[]>`
    select p.school_id as id, count(distinct p.pupil_id)::integer as pupils
      from placement p
      join school_particulars s on s.school_id = p.school_id and upper_inf(s.known) and s.kind = 'special'
     where upper_inf(p.known) and p.valid @> ${today}::date
     group by p.school_id order by p.school_id`
  let so = 0
  return schools
    .filter((school) => {
      const fits = so < pupils
      so += school.pupils
      return fits
    })
    .map(({ id }) => id)
}
