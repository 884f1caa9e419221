/** How a search stands: what it costs by now, how far from the bound, and how it came down. */
import { inPounds, pence } from '#ground/money.ts'
import { momentInWords } from '#ground/time.ts'
import { lineChart } from '#web/chart.ts'
import { paths } from '#web/paths.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { counted } from '../scenario/scenario.view.ts'
import { areasView, nextOfAreas } from './area.view.ts'
import type { SearchArea } from './area-store.ts'
import type { Better, Search } from './search-store.ts'

type Shown = {
  scenario: Scenario
  search: Search
  areas: readonly SearchArea[]
  better: readonly Better[]
  mayStop: boolean
}

/** Seconds between looks of a page that is left open. */
const LOOK_EVERY = 3
/** As many points as a chart can show apart. */
const POINTS = 40

/** What plans/search/search.njk shows. */
export function searchView({ scenario, search, areas, better, mayStop }: Shown) {
  const isOver = search.state === 'kept' || search.state === 'failed'
  return {
    title: `Search ${search.id}`,
    caption: scenario.name,
    back: paths.scenario(scenario.id),
    live: isOver ? 0 : LOOK_EVERY,
    here: paths.planSearch(scenario.id, search.id),
    next: nextView(search, areas),
    areas: areasView(areas),
    figures: figuresOf(search, better.at(-1)),
    chart: better.length > 1 && chartOf(better),
    mayStop: mayStop && !isOver && search.stopAskedBy === null,
    says: `Asked for by ${search.askedBy}, ${momentInWords(search.askedAt)}, with seed ${search.seed}${search.goesOnFrom === null ? '' : `, going on from plan ${search.goesOnFrom}`}.`,
  }
}

function nextView(search: Search, areas: readonly SearchArea[]) {
  const { state, scenario, plan, failure, stopAskedBy, isSilent } = search
  const most = counted(Math.round(search.seconds / 60), 'minute')
  if (plan !== null)
    return {
      tone: 'good',
      title: `Plan ${plan} is kept`,
      says: stopAskedBy
        ? `It was stopped by ${stopAskedBy}; this is the best that was found.`
        : 'It has looked for as long as was asked.',
      href: paths.foundPlan(scenario, plan),
      link: 'See what it would do',
    }
  if (state === 'failed') return { tone: 'stop', title: 'No plan was kept', says: failure ?? '' }
  if (stopAskedBy !== null)
    return {
      tone: '',
      title: 'Stopping',
      says: `${stopAskedBy} asked it to stop. The best so far is being kept.`,
    }
  if (state === 'waiting')
    return (
      nextOfAreas(areas) ?? {
        tone: '',
        title: 'Waiting for a worker',
        says: 'It begins as soon as one is free. Searches asked for before go first.',
      }
    )
  if (isSilent)
    return {
      tone: 'care',
      title: 'Its worker has fallen silent',
      says: 'Within about a minute another goes on from the best plan so far. Nothing is lost.',
    }
  return { tone: '', title: 'Looking', says: `It looks for at most ${most}, and keeps each better plan.` }
}

function figuresOf({ spent, seconds, rounds, boundPence }: Search, best: Better | undefined) {
  return [
    best
      ? { text: inPounds(pence(best.weighedPence)), label: 'a day', note: 'With what hardship counts' }
      : { text: '–', label: 'No plan yet' },
    {
      text:
        best && best.unplaced === 0 && boundPence !== null ? gapInWords(best.weighedPence, boundPence) : '–',
      label: 'above the bound',
      note:
        boundPence === null
          ? 'The bound is being reckoned'
          : `No plan can cost less than ${inPounds(pence(boundPence))} a day`,
    },
    {
      count: best?.unplaced ?? 0,
      label: 'rides without a place',
      tone: (best?.unplaced ?? 0) > 0 ? 'care' : 'plain',
    },
    {
      text: `${Math.round(spent)} s`,
      label: `of ${seconds} s spent`,
      note: `${rounds.toLocaleString('en-GB')} rounds`,
    },
  ]
}

const gapInWords = (cost: number, bound: number): string =>
  `${((100 * (cost - bound)) / Math.max(1, cost)).toFixed(1)}%`

function chartOf(better: readonly Better[]) {
  const step = Math.ceil(better.length / POINTS)
  const shown = better.filter((_, i) => i % step === 0 || i === better.length - 1)
  const [first, last] = [shown[0], shown.at(-1)]
  return lineChart({
    id: 'cost',
    title: 'Cost of the best plan so far',
    says: `From ${inPounds(pence(first?.weighedPence ?? 0))} to ${inPounds(pence(last?.weighedPence ?? 0))} a day, with what hardship counts. Rides without a place are not in it.`,
    alongName: 'After',
    labels: shown.map(({ spent }) => `${Math.round(spent)} s`),
    series: [
      {
        name: 'Pounds a day',
        tone: 'own',
        values: shown.map(({ weighedPence }) => Math.round(weighedPence / 100)),
      },
    ],
  })
}
