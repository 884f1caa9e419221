/** A scenario as its page tells it. */
import type { PupilId } from '#ground/ids.ts'
import { inPounds } from '#ground/money.ts'
import { present } from '#ground/present.ts'
import { dayInWords, momentInWords } from '#ground/time.ts'
import { withQuery } from '#web/address.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import type { ListedPlan } from '../found/plan-list-store.ts'
import type { PlanPolicy } from '../policy/policy.ts'
import type { Search } from '../search/search-store.ts'
import type { Obstacle } from './next-step.ts'
import type { Person } from './person.ts'
import type { Incomplete, Population, Scenario } from './scenario.ts'
import { counted, gapInWords, obstacleInWords, scopeInWords } from './scenario.view.ts'
import { exceptionsTable, rulesRows, vehiclesTable } from './scenario-rules.view.ts'
import type { Standing } from './standing-store.ts'

type Shown = {
  standing: Standing
  obstacles: readonly Obstacle[]
  policy: PlanPolicy | undefined
  plans: readonly ListedPlan[]
  searches: readonly Search[]
  mayPlan: boolean
}

/** What plans/scenario/scenario.njk shows. */
export function scenarioView({ standing, obstacles, policy, plans, searches, mayPlan }: Shown) {
  const { scenario, population } = standing
  const [first, ...others] = plans.length > 0 ? [undefined, ...obstacles] : obstacles
  return {
    title: scenario.name,
    caption: `For ${namedScope(standing)}, from ${dayInWords(scenario.beginsOn)}`,
    back: paths.plans,
    next: nextView(first, { scenario, plans, searches, mayPlan }),
    again: mayPlan && plans.length > 0 && obstacles.length === 0 ? paths.newSearch(scenario.id) : '',
    inTheWay: {
      title: plans.length > 0 ? 'In the way of looking for another' : 'Also in the way',
      items: others
        .filter(present)
        .map((one) => ({ says: obstacleInWords(one), ...linkFor(one, scenario.id) })),
    },
    plans: plansTable(scenario, plans),
    blocking: population.blocking.length > 0 && blockingTable(scenario, population.blocking),
    population: populationRows(standing),
    baseline: baselineRows(standing),
    rules: rulesRows(standing, policy),
    vehicles: vehiclesTable(policy?.vehicles ?? []),
    exceptions: exceptionsTable(standing),
  }
}

const FEW = 3

/** The schools by name where they are few. */
const namedScope = ({ scenario, schools }: Standing): string =>
  'schools' in scenario.scope && schools.length > 0 && schools.length <= FEW
    ? schools.map(({ name }) => name).join(', ')
    : scopeInWords(scenario)

function nextView(
  first: Obstacle | undefined,
  {
    scenario,
    plans,
    searches,
    mayPlan,
  }: Pick<Shown, 'plans' | 'searches' | 'mayPlan'> & { scenario: Scenario },
) {
  if (first) {
    return {
      tone: 'care',
      title: titleOf[first.obstacle],
      says: obstacleInWords(first),
      ...linkFor(first, scenario.id),
    }
  }
  const [latest] = plans
  const going = searches.find(({ state }) => state === 'waiting' || state === 'searching')
  if (going) {
    return {
      tone: '',
      title: `Search ${going.id} is under way`,
      says: going.state === 'waiting' ? 'It waits for a worker that is free.' : 'It keeps each better plan.',
      href: paths.planSearch(scenario.id, going.id),
      link: 'Watch it',
    }
  }
  if (!latest) {
    return {
      tone: '',
      title: 'Look for a plan',
      says: mayPlan
        ? 'Nothing is in the way.'
        : 'Nothing is in the way. Somebody who plans can look for one.',
      ...(mayPlan && { href: paths.newSearch(scenario.id), link: 'Look for one' }),
    }
  }
  return {
    tone: latest.unplaced.length > 0 ? 'care' : 'good',
    title: `Look at plan ${latest.id}`,
    says: `${inPounds(latest.money)} a day, ${counted(latest.vehicles, 'vehicle')}; ${placesInWords(latest)}`,
    href: paths.foundPlan(scenario.id, latest.id),
    link: 'See what it would do',
  }
}

/** `everybody has a place.`, `3 pupils have no place.` */
const placesInWords = ({ unplaced }: Pick<ListedPlan, 'unplaced'>): string => {
  const pupils = pupilsIn(unplaced).length
  return pupils === 0
    ? 'everybody has a place.'
    : `${counted(pupils, 'pupil')} ${pupils === 1 ? 'has' : 'have'} no place.`
}

/** Each pupil once. */
export const pupilsIn = (travel: readonly { pupil: PupilId }[]): PupilId[] => [
  ...new Set(travel.map(({ pupil }) => pupil)),
]

const titleOf: Record<Obstacle['obstacle'], string> = {
  began: 'Its day has come',
  school: 'Complete what is known of a school',
  pupils: 'Say how each of these pupils is planned',
  nobody: 'There is nobody to plan for',
  baseline: 'Freeze the baseline',
  policy: 'Record what vehicles cost',
  roads: 'Build the roads',
  locked: 'Unlock what cannot stay as it is',
}

function linkFor(first: Obstacle, scenario: number) {
  switch (first.obstacle) {
    case 'began':
      return { href: paths.newPlan, link: 'Begin a new scenario' }
    case 'school':
      return { href: paths.school(first.gap.school), link: `Open ${first.gap.name}` }
    case 'pupils':
      return { href: '#blocking', link: 'See them' }
    case 'baseline':
      return { href: paths.scenarioBaseline(scenario), link: 'Freeze it' }
    case 'locked':
      return { href: paths.foundPlan(scenario, first.plan), link: `Open plan ${first.plan}` }
    case 'policy':
      return { href: paths.planPolicies, link: 'Open the policies for planning' }
    default:
      return {}
  }
}

const plansTable = ({ id }: Scenario, plans: readonly ListedPlan[]) =>
  tableView<ListedPlan>({
    caption: 'Plans found, the latest first',
    captionHidden: true,
    columns: [
      {
        heading: 'Plan',
        cell: ({ id: plan, foundBy, foundAt }) => ({
          text: `Plan ${plan}`,
          href: paths.foundPlan(id, plan),
          hint: `${momentInWords(foundAt)}, ${foundBy}`,
        }),
      },
      { heading: 'A day', numeric: true, cell: ({ money }) => ({ text: inPounds(money) }) },
      { heading: 'Vehicles', numeric: true, cell: ({ vehicles }) => ({ text: vehicles }) },
      { heading: 'Runs', numeric: true, cell: ({ runs }) => ({ text: runs }) },
      { heading: 'No place', numeric: true, cell: ({ unplaced }) => ({ text: pupilsIn(unplaced).length }) },
      { heading: 'Odd', numeric: true, cell: ({ anomalies }) => ({ text: anomalies.length }) },
    ],
    rows: plans,
    empty: { title: 'No plan was found yet', says: 'Nothing is kept until one is looked for.' },
  })

const blockingTable = ({ id }: Scenario, blocking: readonly Incomplete[]) =>
  tableView<Incomplete>({
    caption: 'Pupils of whom too little is known',
    captionHidden: true,
    columns: [
      {
        heading: 'Pupil',
        cell: ({ person }) => ({ text: person.name, href: paths.pupil(person.pupil) }),
      },
      {
        heading: 'What is missing',
        cell: ({ gaps }) => ({ lines: gaps.map((gap) => ({ text: sentence(gapInWords[gap]) })) }),
      },
      {
        heading: 'How they are planned',
        cell: ({ person, choice }) => ({
          text: choice ? 'Waits: say again' : 'Say how',
          href: paths.scenarioChoice(id, person.pupil),
        }),
      },
    ],
    rows: blocking,
    empty: { title: 'Nobody', says: 'Enough is known of everybody.' },
  })

const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

export const whos = ['planned', 'as-known', 'left-out', 'joined', 'left'] as const

const whoInWords: Record<(typeof whos)[number], string> = {
  planned: 'Planned for',
  'as-known': 'Planned with what is known',
  'left-out': 'Left out, to be arranged by hand',
  joined: 'Joined since it was begun',
  left: 'Left since it was begun',
}

/** The people behind one figure of a scenario; of those who left, only who they are. */
export function peopleShown(
  population: Population,
  asked: string | undefined,
): { title: string; people: readonly Person[]; leavers: readonly PupilId[] } {
  const who = whos.find((one) => one === asked) ?? 'planned'
  const personOf = ({ person }: Incomplete) => person
  const people = {
    planned: population.planned,
    'as-known': population.asKnown.map(personOf),
    'left-out': population.leftOut.map(personOf),
    joined: population.joiners,
    left: [],
  }[who]
  return { title: whoInWords[who], people, leavers: who === 'left' ? population.leavers : [] }
}

function populationRows({ scenario, population }: Standing) {
  const { planned, asKnown, leftOut, joiners, leavers } = population
  const count = {
    planned: planned.length,
    'as-known': asKnown.length,
    'left-out': leftOut.length,
    joined: joiners.length,
    left: leavers.length,
  }
  return [
    {
      key: 'Frozen when it was begun',
      text: scenario.members.length.toLocaleString('en-GB'),
      hint: `By ${scenario.madeBy}, ${momentInWords(scenario.madeAt)}`,
    },
    ...whos.map((who) => ({
      key: whoInWords[who],
      text: count[who].toLocaleString('en-GB'),
      ...(count[who] > 0 && { href: withQuery(paths.scenarioPeople(scenario.id), { who: [who] }) }),
    })),
  ]
}

function baselineRows({ scenario, baseline }: Standing) {
  const href = paths.scenarioBaseline(scenario.id)
  if (!baseline) {
    return [
      {
        key: 'Present journeys',
        text: 'Not frozen yet',
        href,
        lines: [],
        hint: 'Nothing is looked for before they are kept',
      },
    ]
  }
  return [
    { key: 'Present journeys', text: `As at ${dayInWords(baseline.on)}`, href, lines: [], hint: '' },
    {
      key: 'Frozen',
      text: `${momentInWords(baseline.frozenAt)}, by ${baseline.frozenBy}`,
      lines: [],
      hint: `Fingerprint ${baseline.sha256.slice(0, 12)}`,
    },
  ]
}
