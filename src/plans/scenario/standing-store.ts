/** How a scenario stands: its people as known now, what is not known of them, and whether its baseline is frozen. */
import type { Sql } from 'postgres'
import type { Instant } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import { type Baseline, baselineOf } from '../baseline/baseline-store.ts'
import { type PlanCut, peopleOf, schoolDays } from './people-store.ts'
import type { Person, SchoolDay } from './person.ts'
import { type Exception, type Population, populationOf, type Scenario } from './scenario.ts'
import { choicesOf, exceptionsOf, scenarios } from './scenario-store.ts'

export type Standing = {
  scenario: Scenario
  /** The day the scenario begins, as known now. */
  cut: PlanCut
  people: readonly Person[]
  schools: readonly SchoolDay[]
  population: Population
  exceptions: readonly Exception[]
  baseline: Baseline | undefined
}

/** Nothing for a scenario that does not exist. */
export async function standingOf(sql: Sql, id: number, now: Instant): Promise<Standing | undefined> {
  const [scenario] = await scenarios(sql, id)
  if (!scenario) return undefined
  const cut = { on: scenario.beginsOn, revision: await revisionKnownAt(sql, now) }
  const people = await peopleOf(sql, scenario.scope, cut)
  const schools = await schoolDays(sql, people, cut)
  const choices = await choicesOf(sql, id)
  return {
    scenario,
    cut,
    people,
    schools,
    population: populationOf(scenario, { people, schools, choices }),
    exceptions: await exceptionsOf(sql, id),
    baseline: await baselineOf(sql, id),
  }
}
