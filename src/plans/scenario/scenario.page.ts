/** One scenario: what to do next, whom it is for, its baseline, its rules, and the plans that were found. */
import { readId } from '#ground/ids.ts'
import { pupilNames } from '#pupils/name-store'
import { tableView } from '#web/listing.ts'
import { notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { listedPlans } from '../found/plan-list-store.ts'
import { planPolicyAt } from '../policy/policy-store.ts'
import { mayPlan, seesPlans } from '../roles.ts'
import { searchesOf } from '../search/search-store.ts'
import { obstaclesOf } from './next-step.ts'
import { peopleShown, scenarioView } from './scenario-page.view.ts'
import { type Standing, standingOf } from './standing-store.ts'

/** The scenario that a page's address names, as it stands now. */
export async function scenarioIn({ sql, params, now }: Visit): Promise<Standing | undefined> {
  const id = readId<'Scenario'>(params['scenarioId'])
  return id && (await standingOf(sql, id, now))
}

export const scenarioPage: Page = {
  path: '/plans/:scenarioId',
  allow: seesPlans,

  async get(visit) {
    const { sql, today, roads, person } = visit
    const standing = await scenarioIn(visit)
    if (!standing) return notFound
    const { scenario, population, baseline, exceptions, cut } = standing
    const policy = await planPolicyAt(sql, cut)
    const obstacles = obstaclesOf({
      scenario,
      population,
      isFrozen: baseline !== undefined,
      today,
      policy: policy.ok ? undefined : policy.refusal,
      hasRoads: (await roads()) !== undefined,
    })
    const view = scenarioView({
      standing,
      obstacles,
      policy: policy.ok ? policy.value : undefined,
      plans: await listedPlans(sql, scenario.id),
      searches: await searchesOf(sql, scenario.id),
      mayPlan: mayPlan(person),
    })
    const named = [
      ...population.blocking.map(({ person: { pupil } }) => pupil),
      ...exceptions.map(({ pupil }) => pupil),
    ]
    return show('plans/scenario/scenario.njk', view, { pupils: named })
  },
}

export const scenarioPeoplePage: Page = {
  path: '/plans/:scenarioId/people',
  allow: seesPlans,

  async get(visit) {
    const { sql, query, now, today } = visit
    const standing = await scenarioIn(visit)
    if (!standing) return notFound
    const { scenario, population } = standing
    const shown = peopleShown(population, query['who'])
    const leavers = shown.leavers
    const names = await pupilNames(sql, leavers, { on: today, knownAt: now })
    const people = [
      ...shown.people.map(({ pupil, name }) => ({ pupil, name })),
      ...leavers.map((pupil) => ({ pupil, name: names.get(pupil) ?? `Pupil ${pupil}` })),
    ]
    const view = {
      title: shown.title,
      caption: scenario.name,
      back: paths.scenario(scenario.id),
      list: tableView<(typeof people)[number]>({
        caption: shown.title,
        captionHidden: true,
        columns: [
          { heading: 'Pupil', cell: ({ pupil, name }) => ({ text: name, href: paths.pupil(pupil) }) },
          {
            heading: 'How they are planned',
            cell: ({ pupil }) => ({ text: 'Say how', href: paths.scenarioChoice(scenario.id, pupil) }),
          },
          {
            heading: 'Longest ride',
            cell: ({ pupil }) => ({
              text: 'Approve another',
              href: paths.scenarioException(scenario.id, pupil),
            }),
          },
        ],
        rows: people,
        empty: { title: 'Nobody', says: 'Nobody of this scenario is among these.' },
      }),
    }
    return show('plans/scenario/people.njk', view, { pupils: people.map(({ pupil }) => pupil) })
  },
}
