/** One plan that was found: what it still needs, what it costs, its runs, and whom it does not carry. */
import { type Id, readId } from '#ground/ids.ts'
import { present } from '#ground/present.ts'
import { pupilNames } from '#pupils/name-store'
import { filterView } from '#web/filter.ts'
import { readListing } from '#web/listing.ts'
import { notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { anomaliesOf } from '../anomalies/anomaly-store.ts'
import { mayGoForward } from '../anomalies/gate.ts'
import { changesAbout } from '../by-hand/change-store.ts'
import { planStanding } from '../real/step.ts'
import { stepsOf } from '../real/step-store.ts'
import { mayPlan, seesPlans } from '../roles.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { pupilsIn } from '../scenario/scenario-page.view.ts'
import { scenarios } from '../scenario/scenario-store.ts'
import { foundPlanView, runFilters, runsTable } from './found-plan-page.view.ts'
import { type ListedPlan, listedPlans, runSorts, runsOfPlan } from './plan-list-store.ts'
import { runsMap } from './runs-map.view.ts'

/** The plan that a page's address names, and the scenario it was found for. */
export async function planIn({
  sql,
  params,
}: Visit): Promise<{ scenario: Scenario; plan: ListedPlan } | undefined> {
  const ids: (Id<'Scenario'> | undefined)[] = [readId(params['scenarioId']), readId(params['planId'])]
  const [scenarioId, planId] = ids
  if (!scenarioId || !planId) return undefined
  const [[scenario], [plan]] = await Promise.all([
    scenarios(sql, scenarioId),
    listedPlans(sql, scenarioId, planId),
  ])
  return scenario && plan && { scenario, plan }
}

export const foundPlanPage: Page = {
  path: '/plans/:scenarioId/found/:planId',
  allow: seesPlans,

  async get(visit) {
    const { sql, query, queryLists, today, now, person } = visit
    const found = await planIn(visit)
    if (!found) return notFound
    const { scenario, plan } = found
    const path = paths.foundPlan(scenario.id, plan.id)
    const listing = readListing(query, { sorts: runSorts, first: 'run' })
    const question = { search: query['q']?.trim() ?? '', chosen: query, ...listing }
    const { rows, count } = await runsOfPlan(sql, plan.id, question)
    const changes = await changesAbout(sql, plan.id)
    const moved = [changes.madeBy, changes.since]
      .filter(present)
      .flatMap(({ pupils }) => pupils.map((pupil) => ({ pupil })))
    const left = pupilsIn([...moved, ...plan.unplaced, ...plan.onKeptRoutes, ...plan.notAsked])
    const [last] = await stepsOf(sql, plan.id)
    const anomalies = await anomaliesOf(sql, { scenario: scenario.id, plan: plan.id })
    const forward = mayGoForward(anomalies, plan.id)
    const openAnomalies = forward.ok ? 0 : forward.refusal.open.length
    const names = await pupilNames(sql, left, { on: today, knownAt: now })
    return show(
      'plans/found/found-plan.njk',
      {
        ...foundPlanView({
          scenario,
          plan,
          names,
          ...changes,
          mayPlan: mayPlan(person),
          standing: planStanding(last?.step),
          openAnomalies,
        }),
        map: runsMap(rows),
        filtering: filterView('Runs', runFilters, { path, query, queryLists }),
        runs: runsTable(rows, ({ number }) => paths.runOfPlan(scenario.id, plan.id, number), {
          path,
          query: queryLists,
          listing,
          count,
          noun: ['run', 'runs'],
        }),
      },
      // Whose homes stand on the map is seen as well.
      { pupils: [...new Set([...left, ...rows.flatMap(({ pupils }) => pupils)])] },
    )
  },
}
