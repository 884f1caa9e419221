/** The scenarios there are, and the form that begins another. */
import { type RouteId, readId } from '#ground/ids.ts'
import { type Pence, pence } from '#ground/money.ts'
import { present } from '#ground/present.ts'
import type { Result } from '#ground/result.ts'
import { dayInWords } from '#ground/time.ts'
import { schoolChoices } from '#schools/choice-store'
import { askedForm } from '#web/asked-form.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { tableView } from '#web/listing.ts'
import { type Page, type Reply, redirect, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type Reading, reading } from '#web/reading.ts'
import { howFar } from '../found/plan-list-store.ts'
import { makesPlans, mayPlan, seesPlans } from '../roles.ts'
import { areaChoices, routeChoices } from './choice-store.ts'
import type { Scenario, Scope, Terms } from './scenario.ts'
import { notMadeInWords, scopeInWords } from './scenario.view.ts'
import { makeScenario, type NewScenario, scenarios } from './scenario-store.ts'

export const scenariosPage: Page = {
  path: paths.plans,
  allow: seesPlans,

  async get({ sql, person }) {
    const far = new Map((await howFar(sql)).map((one) => [one.scenario, one]))
    return show('plans/scenario/scenario-list.njk', {
      title: 'Plans',
      says: 'A scenario says for whom and from when new routes would run. Nobody travels by it until it is made real.',
      begin: mayPlan(person) ? paths.newPlan : '',
      policies: paths.planPolicies,
      list: tableView<Scenario>({
        caption: 'Scenarios, the latest first',
        captionHidden: true,
        columns: [
          {
            heading: 'Scenario',
            cell: ({ id, name, madeBy }) => ({
              text: name,
              href: paths.scenario(id),
              hint: `Begun by ${madeBy}`,
            }),
          },
          { heading: 'For', cell: (one) => ({ text: scopeInWords(one) }) },
          { heading: 'From', cell: ({ beginsOn }) => ({ text: dayInWords(beginsOn) }) },
          { heading: 'Pupils', numeric: true, cell: ({ members }) => ({ text: members.length }) },
          {
            heading: 'Baseline',
            cell: ({ id }) => ({ text: far.get(id)?.frozen ? 'Frozen' : 'Not frozen yet' }),
          },
          { heading: 'Plans found', numeric: true, cell: ({ id }) => ({ text: far.get(id)?.plans ?? 0 }) },
        ],
        rows: await scenarios(sql),
        empty: {
          title: 'There is no scenario yet',
          says: mayPlan(person)
            ? 'Begin one to look for better routes.'
            : 'Somebody who plans can begin one.',
        },
      }),
    })
  },
}

export const newScenarioPage: Page = {
  path: paths.newPlan,
  allow: makesPlans,
  change: makesPlans,

  get: (visit) => form(visit, []),

  async post(visit) {
    const { sql, today, now, person, request } = visit
    const wanted = readScenario(visit, await routeChoices(sql, { on: today, knownAt: now }))
    if (!wanted.ok) return await form(visit, wanted.refusal)
    const author = { by: person.id, request, reason: `Scenario begun: ${wanted.value.name}` }
    const made = await makeScenario(sql, { wanted: wanted.value, today, author })
    if (made.ok)
      return redirect(
        paths.scenario(made.value),
        `“${wanted.value.name}” is begun, and its pupils are frozen.`,
      )
    const field = { 'name-is-taken': 'name', 'nobody-to-plan-for': 'whom', 'begins-in-the-past': 'from' }
    return await form(visit, [
      fieldError(field[made.refusal], notMadeInWords(made.refusal, wanted.value.name)),
    ])
  },
}

const WHOM = ['schools', 'area', 'county'] as const

async function form(visit: Visit, errors: readonly FieldError[]): Promise<Reply> {
  const { sql, today, now } = visit
  const asAt = { on: today, knownAt: now }
  const [schools, areas, routes] = await Promise.all([
    schoolChoices(sql, asAt),
    areaChoices(sql, asAt),
    routeChoices(sql, asAt),
  ])
  const named = (name: string) => ({ value: name, text: name })
  return askedForm(visit, {
    title: 'Begin a scenario',
    says: [
      'Its pupils are frozen as they are known now; whoever joins or leaves later is shown beside them.',
    ],
    back: paths.plans,
    doing: 'Begin it and freeze its pupils',
    errors,
    standing: { whom: 'schools', change: '2.00' },
    questions: [
      { ask: 'text', name: 'name', label: 'Name', hint: 'For example, Oakfield 2027', width: 20 },
      { ask: 'day', name: 'from', label: 'From which day would it run?' },
      {
        ask: 'one',
        name: 'whom',
        label: 'For whom?',
        options: [
          { value: 'schools', text: 'Pupils of some schools', hint: 'Choose them below' },
          { value: 'area', text: 'Pupils who live in an area', hint: 'Choose it below' },
          { value: 'county', text: 'Everybody' },
        ],
      },
      { ask: 'choice', name: 'area', label: 'Which area?', options: areas.map(named) },
      {
        ask: 'yes',
        name: 'mix',
        label: 'Pupils of different schools may be aboard together',
      },
      {
        ask: 'text',
        name: 'change',
        label: 'What is it worth to spare a pupil a change of vehicle, in pounds a day?',
        hint: 'The higher it is, the less changes. 0 for nothing',
        width: 5,
      },
      {
        ask: 'text',
        name: 'keep',
        label: 'Routes that stay as they are (optional)',
        hint: `Their codes with commas between, for example ${routes[0]?.code ?? 'OAK-01'}. Whoever rides on them is left there`,
      },
      {
        ask: 'several',
        name: 'schools',
        label: 'Which schools?',
        options: schools.map(({ school, name }) => ({ value: String(school), text: name })),
      },
    ],
  })
}

type Routes = Awaited<ReturnType<typeof routeChoices>>

function readScenario(
  { form, formLists }: Visit,
  routes: Routes,
): Result<NewScenario, readonly FieldError[]> {
  const read = reading(form)
  const name = read.text('name', 'Enter a name, like Oakfield 2027')
  const beginsOn = read.day('from', 'the day from which it would run')
  const scope = readScope(read, { area: form['area'] ?? '', schools: formLists['schools'] ?? [] })
  const change = readPounds(read, form['change'] ?? '')
  const fixedRoutes = readRoutes(read, read.optional('keep') ?? '', routes)
  if (!name || !beginsOn || !scope || change === undefined || !fixedRoutes)
    return read.answer<NewScenario>(false)
  const terms: Terms = {
    mixesSchools: form['mix'] === 'yes',
    times: 'measured',
    change,
    beyondDirectMinutes: 5,
    fixedRoutes,
  }
  return read.answer({ name, beginsOn, scope, terms })
}

function readRoutes(read: Reading, typed: string, routes: Routes): RouteId[] | undefined {
  const codes = typed
    .split(',')
    .map((code) => code.trim())
    .filter(Boolean)
  const unknown = codes.filter((code) => !routes.some((one) => one.code === code))
  if (unknown.length > 0)
    return read.wrong(
      'keep',
      `No route is called ${unknown.join(' or ')}. Enter codes from the list of routes`,
    )
  return routes.flatMap(({ route, code }) => (codes.includes(code) ? [route] : []))
}

function readScope(
  read: Reading,
  { area, schools }: { area: string; schools: readonly string[] },
): Scope | undefined {
  const whom = read.choice('whom', WHOM, 'Select for whom it is planned')
  if (whom === 'county') return { county: true }
  if (whom === 'area') return area ? { area } : read.wrong('area', 'Select the area')
  const ids = schools.map((one) => readId<'School'>(one)).filter(present)
  return ids.length > 0 ? { schools: ids } : read.wrong('schools', 'Select at least one school')
}

function readPounds(read: Reading, typed: string): Pence | undefined {
  const amount = /^£?(\d{1,4})(?:\.(\d{2}))?$/.exec(typed.trim())
  if (amount) return pence(Number(amount[1]) * 100 + Number(amount[2] ?? 0))
  return read.wrong('change', `"${typed}" is not an amount. Enter pounds, like 2 or 2.50`)
}
