/** Scenarios decided about, frozen, priced and planned by straight lines: a few children, and a whole school. */
import type { Sql, TransactionSql } from 'postgres'
import type { Asked, Command } from '#cli/command.ts'
import { type Instant, instant, type PlainDate, plainDate, now as realNow } from '#ground/time.ts'
import { stateFact } from '#knowledge/store'
import { makeWestmarch } from '#westmarch/store'
import { planRunCommand } from '../../src/plans/found/found-plan.command.ts'
import { askSchool } from '../../src/plans/real/review-store.ts'
import {
  planChooseCommand,
  planFreezeCommand,
  planNewCommand,
} from '../../src/plans/scenario/plan.command.ts'
import { standingOf } from '../../src/plans/scenario/standing-store.ts'
import { taxi } from '../../src/plans/translation/testing.ts'
import type { SmallCounty } from './small-county.ts'

const today = plainDate('2022-02-14')
/** Late enough that everything recorded in the small county is known. */
const later = instant('2022-02-14T18:00')

/** What the council pays in these tests. */
export const prices = [
  { ...taxi, alsoCalled: ['car'] },
  {
    name: 'Minibus with lift',
    layouts: [
      [8, 0],
      [4, 2],
    ],
    drives: 'minibus',
    pencePerDay: 19000,
    pencePerMile: 180,
    pencePerAssistantDay: 5200,
  },
]

const valid = '[2022-01-01,)'

async function recordPrices(tx: TransactionSql): Promise<void> {
  await stateFact(tx, 'policy', { name: 'plan-vehicles', value: prices, valid })
}

/** Where everybody lives and goes to school, a mile or so apart. */
async function recordPoints(tx: TransactionSql, { oakfield, beacon }: SmallCounty): Promise<void> {
  for (const [i, school_id] of [oakfield, beacon].entries()) {
    const at = { latitude: 51.2 + i / 50, longitude: 0.9 }
    await stateFact(tx, 'school_entrance', {
      school_id,
      name: 'Main entrance',
      site: 'Main site',
      ...at,
      valid,
    })
  }
  const homes = await tx<{ home: Record<string, unknown> }[]>`
    select to_jsonb(h) - 'fact_id' - 'known' - 'valid' as home from pupil_home h where upper_inf(known)
     order by pupil_id`
  for (const [i, { home }] of homes.entries()) {
    const at = { latitude: 51.24, longitude: 0.9 + i / 100 }
    await stateFact(tx, 'pupil_home', { ...home, ...at, valid })
  }
}

type Planned = { scenario: number; plan: number }

/** Asks a planning command, as known at a moment; a search is stopped as soon as it has said something. */
const asker =
  (sql: Sql, when: { today: PlainDate; now: Instant }) =>
  async (command: Command, words: string[], options: Asked['options'] = {}) => {
    const { promise: told, resolve: say } = Promise.withResolvers<void>()
    const answer = await command.run({ words, options, sql, ...when, told, say: () => say() })
    if (answer.answer === 'refused') throw new Error(answer.sentence)
    return answer.json as { id: number }
  }

/** A scenario with one plan. Gives the numbers of both. */
export async function plannedScenario(sql: Sql, county: SmallCounty): Promise<Planned> {
  await sql.begin(async (tx: TransactionSql) => {
    await tx`select begin_revision(1, 'test', 'Points and prices', ${later}::timestamptz)`
    await recordPoints(tx, county)
    await recordPrices(tx)
  })
  const schools = [county.oakfield, county.beacon].join(',')
  return await planned(sql, { name: 'Oakfield and Beacon', from: '2022-03-01', schools, today, now: later })
}

const day = plainDate('2026-11-24')
type When = { today: PlainDate; now: Instant }

const smallWestmarch = (sql: Sql) =>
  makeWestmarch(sql, { seed: 'westmarch', size: 300, years: 3, today: day }, { say: () => {} })

/** A scenario of the whole of a small Westmarch, at its own prices, frozen and ready to be planned from Monday week. */
export async function wholeWestmarch(sql: Sql): Promise<When & { scenario: number }> {
  await smallWestmarch(sql)
  const when = { today: day, now: realNow() }
  const scenario = await begun(sql, { name: 'County', from: '2026-12-07', county: true, ...when })
  return { ...when, scenario }
}

/** The largest school of a small Westmarch, with its pupils, seats, stops and crews, planned from Monday week. */
export async function plannedWestmarch(sql: Sql): Promise<Planned & When> {
  await smallWestmarch(sql)
  await sql.begin(async (tx: TransactionSql) => {
    await tx`select begin_revision(1, 'test', 'Prices')`
    await recordPrices(tx)
  })
  const [school] = await sql<{ id: number }[]>`
    select school_id as id from placement where upper_inf(known) and valid @> ${day}::date
     group by school_id order by count(*) desc limit 1`
  const when = { today: day, now: realNow() }
  const schools = String(school?.id)
  return { ...when, ...(await planned(sql, { name: 'Largest', from: '2026-12-07', schools, ...when })) }
}

type Planning = When & { name: string; from: string } & ({ schools: string } | { county: true })

async function begun(sql: Sql, { name, from, today, now, ...scope }: Planning): Promise<number> {
  const when = { today, now }
  const ask = asker(sql, when)
  const { id: scenario } = await ask(planNewCommand, [name], { from, ...scope })
  const standing = await standingOf(sql, scenario, when.now)
  for (const { person, gaps } of standing?.population.blocking ?? []) {
    const choice = gaps.includes('home-has-no-point') ? 'left-out' : 'as-known'
    await ask(planChooseCommand, [name, String(person.pupil), choice, 'The form is in the post'])
  }
  await ask(planFreezeCommand, [name])
  return scenario
}

async function planned(sql: Sql, planning: Planning): Promise<Planned> {
  const scenario = await begun(sql, planning)
  const { name, today, now } = planning
  const found = await asker(sql, { today, now })(planRunCommand, [name], { crowFly: true, seconds: '60' })
  return { scenario, plan: found.id }
}

/** A link by which Oakfield may say what it thinks of the plan. */
export const reviewTokenOf = (
  sql: Sql,
  { oakfield, people }: SmallCounty,
  { plan }: { plan: number },
): Promise<string> =>
  askSchool(sql, {
    plan,
    school: oakfield,
    lastDay: plainDate('2099-12-31'),
    author: { by: people['transport-officer'], reason: 'Oakfield is asked' },
  })
