/** A scenario of Oakfield in the small county, decided about, frozen, priced and planned by straight lines. */
import type { Sql, TransactionSql } from 'postgres'
import { instant, plainDate } from '#ground/time.ts'
import { stateFact } from '#knowledge/store'
import { planRunCommand } from '../../src/plans/found-plan.command.ts'
import { planChooseCommand, planFreezeCommand, planNewCommand } from '../../src/plans/plan.command.ts'
import { standingOf } from '../../src/plans/standing-store.ts'
import type { SmallCounty } from './small-county.ts'

const today = plainDate('2022-02-14')
/** Late enough that everything recorded in the small county is known. */
const later = instant('2022-02-14T18:00')

/** What the council pays in these tests. */
export const prices = [
  {
    name: 'Taxi',
    layouts: [[4, 0]],
    drives: 'taxi',
    pencePerDay: 9000,
    pencePerMile: 180,
    pencePerAssistantDay: 5200,
  },
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

/** A scenario with one plan. Gives the numbers of both. */
export async function plannedScenario(
  sql: Sql,
  county: SmallCounty,
): Promise<{ scenario: number; plan: number }> {
  const ask = async (command: typeof planNewCommand, words: string[], options: object = {}) => {
    // The first plan will do: a search is stopped as soon as it has said something.
    const { promise: told, resolve: say } = Promise.withResolvers<void>()
    const asked = { words, options: options as never, sql, today, now: later, told, say: () => say() }
    const answer = await command.run(asked)
    if (answer.answer === 'refused') throw new Error(answer.sentence)
    return answer.json as { id: number }
  }
  await sql.begin(async (tx: TransactionSql) => {
    await tx`select begin_revision(1, 'test', 'Points and prices', ${later}::timestamptz)`
    await recordPoints(tx, county)
    await recordPrices(tx)
  })
  const schools = [county.oakfield, county.beacon].join(',')
  const { id: scenario } = await ask(planNewCommand, ['Oakfield and Beacon'], { from: '2022-03-01', schools })
  const standing = await standingOf(sql, scenario, later)
  for (const { person, gaps } of standing?.population.blocking ?? []) {
    const choice = gaps.includes('home-has-no-point') ? 'left-out' : 'as-known'
    await ask(planChooseCommand, [
      'Oakfield and Beacon',
      String(person.pupil),
      choice,
      'The form is in the post',
    ])
  }
  await ask(planFreezeCommand, ['Oakfield and Beacon'])
  const found = await ask(planRunCommand, ['Oakfield and Beacon'], { crowFly: true, seconds: '60' })
  return { scenario, plan: found.id }
}
