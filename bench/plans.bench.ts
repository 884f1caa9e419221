/** What a plan of the whole county does to people: the report that a board waits for. */

import { minutes, type Seconds } from '#ground/duration.ts'
import type { PersonId } from '#ground/ids.ts'
import { pence } from '#ground/money.ts'
import { addDays, momentAt, type WallTime } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import { paths } from '#web/paths.ts'
import { baselineJourneys, freezeBaseline } from '../src/plans/baseline/baseline-store.ts'
import type { Journey } from '../src/plans/baseline/journey.ts'
import { keepPlan, latestPlan } from '../src/plans/found/found-plan-store.ts'
import { impactReportOf } from '../src/plans/impact/impact-store.ts'
import { makeScenario, scenarios } from '../src/plans/scenario/scenario-store.ts'
import type { County, Part } from './part.ts'
import { siteOf } from './site.ts'

export const plansPart: Part = {
  name: 'plans',
  about:
    'Westmarch at 6,500 pupils with three years of history. The plan measured is the journeys of today, each with another crew and some of them longer: the report reads journeys, however they were found.',

  async measure({ county, time, say }) {
    const made = await county({ pupils: 6500, years: 3 })
    const { scenario, plan } = await plannedCounty(made, say)
    const site = await siteOf(made, 'manager')
    const few = { times: 3, atMost: 5000 }
    const at = (file: string) => paths.impactFile(scenario.id, plan, file)
    try {
      return [
        await time('impact report, worked out', () => impactReportOf(made.sql, scenario, plan), few),
        await time('impact report, as a page', () => site.open(paths.impact(scenario.id, plan)), few),
        await time('impact report to publish, as Excel', () => site.open(at('published.xlsx')), few),
        await time('impact report to publish, as PDF', () => site.open(at('published.pdf')), few),
        await time('every journey by name, as Excel', () => site.open(at('pupils.xlsx')), few),
        await time(
          'journeys of a list, first page',
          () => site.open(paths.impactPupils(scenario.id, plan)),
          few,
        ),
      ]
    } finally {
      await site.close()
    }
  },
}

const NAME = 'The county, to be measured'
const author = { by: 1 as PersonId, reason: NAME }

/** The scenario and its plan, made the first time. */
async function plannedCounty({ sql, today }: County, say: (line: string) => void) {
  const found = (await scenarios(sql)).find(({ name }) => name === NAME)
  const kept = found && (await latestPlan(sql, found.id))
  if (found && kept) return { scenario: found, plan: kept.id }
  say('  planning the county, once')
  const beginsOn = addDays(today, 14)
  const terms = {
    mixesSchools: false,
    times: 'estimated',
    change: pence(200),
    beyondDirectMinutes: 5,
    fixedRoutes: [],
  } as const
  const wanted = { name: NAME, scope: { county: true } as const, beginsOn, terms }
  const id = await makeScenario(sql, { wanted, today, author })
  if (!id.ok) throw new Error(id.refusal)
  const [scenario] = await scenarios(sql, id.value)
  if (!scenario) throw new Error('The scenario that was made is not there.')
  const cut = {
    on: today,
    revision: await revisionKnownAt(sql, momentAt(addDays(today, 3650), '07:00' as WallTime)),
  }
  await freezeBaseline(sql, { scenario, cut, roads: undefined, author })
  const journeys = (await baselineJourneys(sql, scenario.id)).map(asPlanned)
  const plan = {
    runs: [],
    journeys,
    cost: { money: pence(0), weighed: pence(0), lines: [] },
    anomalies: [],
    unplaced: [],
    onKeptRoutes: [],
    notAsked: [],
  }
  const how = { seed: 1, seconds: 1, rounds: 0, times: 'crow-fly' }
  return {
    scenario,
    plan: await keepPlan(sql, { scenario: scenario.id, cut: cut.revision, plan, how, author }),
  }
}

/** Every third journey is twenty minutes longer; nobody keeps their crew. */
const asPlanned = (journey: Journey): Journey =>
  journey.ride === null
    ? journey
    : {
        ...journey,
        ride: {
          ...journey.ride,
          crew: [],
          ridden: (journey.ride.ridden + (journey.pupil % 3 === 0 ? minutes(20) : 0)) as Seconds,
        },
      }
