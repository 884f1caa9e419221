/** A search: asked for, watched while it goes on, and stopped with the best so far. */
import { readId } from '#ground/ids.ts'
import { askedForm } from '#web/asked-form.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { notFound, type Page, type Reply, redirect, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { makesPlans, mayPlan, seesPlans } from '../roles.ts'
import { scenarioIn } from '../scenario/scenario.page.ts'
import { obstacleInWords } from '../scenario/scenario.view.ts'
import { scenarios } from '../scenario/scenario-store.ts'
import type { Standing } from '../scenario/standing-store.ts'
import { areasOfSearch } from './area-store.ts'
import { askToPlan } from './ask-store.ts'
import { searchView } from './search.view.ts'
import { askForSearch, askToStop, betterPlans, questionOfPlan, searchesOf } from './search-store.ts'

const efforts = ['2', '10', '60'] as const

export const newSearchPage: Page = {
  path: '/plans/:scenarioId/searches/new',
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const standing = await scenarioIn(visit)
    return standing ? await form(visit, standing, []) : notFound
  },

  async post(visit) {
    const { sql, roads, today, now, person, request } = visit
    const standing = await scenarioIn(visit)
    if (!standing) return notFound
    const { scenario } = standing
    const read = reading(visit.form)
    const minutes = read.choice('minutes', efforts, 'Select how long to look')
    const seed = read.optionalNumber('seed') ?? 1
    const given = read.answer(minutes && { seconds: Number(minutes) * 60, seed })
    if (!given.ok) return await form(visit, standing, given.refusal)
    const author = { by: person.id, request, reason: `Search asked for: ${scenario.name}` }
    const from = await goesOnFrom(visit, scenario.id)
    if (from) {
      const asked = { scenario: scenario.id, cut: from.cut, frozen: from.question, goesOnFrom: from.plan }
      const search = await askForSearch(sql, { ...asked, ...given.value, author, now }, { queued: true })
      return redirect(paths.planSearch(scenario.id, search))
    }
    const search = await askToPlan(sql, standing, {
      ...given.value,
      estimated: visit.form['estimated'] === 'yes',
      hasRoads: (await roads()) !== undefined,
      queued: true,
      today,
      now,
      author,
    })
    if (search.ok) return redirect(paths.planSearch(scenario.id, search.value))
    const errors = search.refusal.map((one) => fieldError('minutes', obstacleInWords(one)))
    return await form(visit, standing, errors)
  },
}

/** The plan that is to be searched on, where the address names one that can be. */
async function goesOnFrom({ sql, query }: Visit, scenario: number) {
  const plan = readId<'Plan'>(query['from'])
  return plan && (await questionOfPlan(sql, scenario, plan))
}

async function form(visit: Visit, { scenario }: Standing, errors: readonly FieldError[]): Promise<Reply> {
  const from = await goesOnFrom(visit, scenario.id)
  const hasRoads = (await visit.roads()) !== undefined
  return askedForm(visit, {
    title: from ? `Look on from plan ${from.plan}` : `Look for a plan of ${scenario.name}`,
    says: [
      from
        ? 'The same people, prices and rules are asked again, from the plan as it stands. Only a better plan takes its place.'
        : 'People, prices and rules are frozen as they are now. The search goes on in the background, keeps each better plan, and can be stopped at any time with the best so far.',
    ],
    back: from ? paths.foundPlan(scenario.id, from.plan) : paths.scenario(scenario.id),
    doing: 'Look for a plan',
    errors,
    standing: { minutes: '2', seed: '1' },
    questions: [
      {
        ask: 'one',
        name: 'minutes',
        label: 'How long is it to look?',
        options: [
          { value: '2', text: '2 minutes', hint: 'Enough for one school' },
          { value: '10', text: '10 minutes', hint: 'For several schools or an area' },
          { value: '60', text: 'An hour', hint: 'For a county' },
        ],
      },
      {
        ask: 'text',
        name: 'seed',
        label: 'The number chance begins from',
        hint: 'Another number may find another plan',
        width: 5,
      },
      ...(from || hasRoads
        ? []
        : [
            {
              ask: 'yes' as const,
              name: 'estimated',
              label: 'Estimate times by a straight line: no roads are built',
            },
          ]),
    ],
  })
}

export const searchPage: Page = {
  path: '/plans/:scenarioId/searches/:searchId',
  allow: seesPlans,
  change: makesPlans,

  async get(visit) {
    const found = await searchIn(visit)
    if (!found) return notFound
    const [better, areas] = await Promise.all([
      betterPlans(visit.sql, found.search.id),
      areasOfSearch(visit.sql, found.search.id),
    ])
    const mayStop = mayPlan(visit.person)
    return show('plans/search/search.njk', searchView({ ...found, areas, better, mayStop }))
  },

  async post(visit) {
    const found = await searchIn(visit)
    if (!found) return notFound
    await askToStop(visit.sql, found.search.id, visit.person.id)
    return redirect(visit.path, 'It stops in a moment and keeps the best plan so far.')
  },
}

async function searchIn({ sql, params }: Visit) {
  const [id, scenarioId] = [readId<'Search'>(params['searchId']), readId<'Scenario'>(params['scenarioId'])]
  if (!id || !scenarioId) return undefined
  const [[scenario], [search]] = await Promise.all([
    scenarios(sql, scenarioId),
    searchesOf(sql, scenarioId, id),
  ])
  return scenario && search && { scenario, search }
}
