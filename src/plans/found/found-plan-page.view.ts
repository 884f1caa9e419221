/** A found plan as its page tells it. */
import { inMiles, metres } from '#ground/distance.ts'
import { seconds, toMinutes } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { inPounds } from '#ground/money.ts'
import { daysInWords, everySchoolDay } from '#ground/pattern.ts'
import { dayInWords, momentInWords, timeInWords } from '#ground/time.ts'
import { withQuery } from '#web/address.ts'
import type { FilterField } from '#web/filter.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import type { Change } from '../by-hand/change-store.ts'
import { changeInWords } from '../by-hand/change-words.view.ts'
import { counted } from '../scenario/scenario.view.ts'
import { pupilsIn } from '../scenario/scenario-page.view.ts'
import type { Travel } from './found-plan.ts'
import type { RunRow } from './plan-list-store.ts'
import { type Needing, planNeeds } from './plan-needs.view.ts'

type Names = ReadonlyMap<PupilId, string>

/** What plans/found/found-plan.njk shows, but for its runs. */
export function foundPlanView({
  names,
  mayPlan,
  madeBy,
  since,
  ...needing
}: Needing & { names: Names; mayPlan: boolean; madeBy: Change | undefined; since: Change | undefined }) {
  const { scenario, plan } = needing
  const estimated = plan.times.startsWith('crow-fly')
  const told = (change: Change) => changeInWords(change, (pupil) => names.get(pupil) ?? `pupil ${pupil}`)
  return {
    changed: since && {
      tone: 'care',
      title: `Plan ${since.plan} was made of it`,
      says: told(since),
      href: paths.foundPlan(scenario.id, since.plan),
      link: `Go to plan ${since.plan}`,
    },
    madeBy: madeBy && {
      says: told(madeBy),
      href: paths.foundPlan(scenario.id, madeBy.changedFrom),
      link: `See plan ${madeBy.changedFrom}, as it was before`,
    },
    history: (madeBy || since) && paths.planHistory(scenario.id, plan.id),
    title: `Plan ${plan.id}`,
    caption: `${scenario.name}, from ${dayInWords(scenario.beginsOn)}`,
    scenario: scenario.name,
    back: paths.scenario(scenario.id),
    says: `Found on ${momentInWords(plan.foundAt)} by ${plan.foundBy}, in at most ${counted(plan.seconds, 'second')} and ${plan.rounds.toLocaleString('en-GB')} rounds. ${
      estimated
        ? 'Every time is estimated by a straight line, not measured along roads.'
        : 'Times are measured along roads.'
    } Fingerprint ${plan.sha256.slice(0, 12)}.`,
    lookOn: mayPlan && plan.goesOn && withQuery(paths.newSearch(scenario.id), {}, { from: String(plan.id) }),
    needs: planNeeds(needing),
    figures: [
      {
        text: inPounds(plan.money),
        label: 'a day',
        note: `${inPounds(plan.weighed)} with what hardship counts`,
      },
      { count: plan.vehicles, label: plan.vehicles === 1 ? 'vehicle' : 'vehicles' },
      { count: plan.runs, label: plan.runs === 1 ? 'run' : 'runs' },
      { count: plan.pupils, label: 'pupils with a seat' },
      {
        count: pupilsIn(plan.unplaced).length,
        label: 'without a place',
        href: '#unplaced',
        tone: plan.unplaced.length > 0 ? 'stop' : 'good',
      },
    ],
    unplaced: leftTable(plan.unplaced, names, {
      caption: 'Without a place',
      empty: { title: 'Nobody is without a place', says: 'Everybody who was asked for has a seat.' },
    }),
    kept:
      plan.onKeptRoutes.length > 0 &&
      leftTable(plan.onKeptRoutes, names, {
        caption: 'Left on routes that stay as they are',
        empty: { title: 'Nobody', says: '' },
      }),
    notAsked:
      plan.notAsked.length > 0 &&
      leftTable(plan.notAsked, names, {
        caption: 'Not asked for: no home or bell is known for these days',
        empty: { title: 'Nobody', says: '' },
      }),
  }
}

type Left = Travel & { reasons?: readonly string[] }

const leftTable = (
  left: readonly Left[],
  names: Names,
  words: Pick<Parameters<typeof tableView>[0], 'caption' | 'empty'>,
) =>
  tableView<Left>({
    ...words,
    columns: [
      {
        heading: 'Pupil',
        cell: ({ pupil }) => ({ text: names.get(pupil) ?? `Pupil ${pupil}`, href: paths.pupil(pupil) }),
      },
      {
        heading: 'When',
        cell: ({ direction, days }) => ({ text: directionInWords(direction), hint: daysOrNone(days) }),
      },
      ...(left.some(({ reasons }) => reasons)
        ? [
            {
              heading: 'Why, and what could be done',
              cell: ({ reasons = [] }: Left) => ({ lines: reasons.map((text) => ({ text })) }),
            },
          ]
        : []),
    ],
    rows: left,
  })

const daysOrNone = (days: Travel['days']) => (days === everySchoolDay ? '' : daysInWords(days))

export const runFilters: readonly FilterField[] = [
  { kind: 'search', name: 'q', label: 'Run, vehicle or school' },
  {
    kind: 'choice',
    name: 'direction',
    label: 'Direction',
    any: 'Both',
    options: [
      { value: '1', text: 'To school' },
      { value: '2', text: 'From school' },
    ],
  },
]

/** One page of the runs of a plan. */
export const runsTable = (
  rows: readonly RunRow[],
  hrefOf: (run: RunRow) => string,
  paged: NonNullable<Parameters<typeof tableView>[0]['paged']>,
) =>
  tableView<RunRow>({
    caption: 'Runs of the plan',
    captionHidden: true,
    columns: [
      {
        heading: 'Run',
        sort: 'run',
        cell: (run) => ({ text: run.name, href: hrefOf(run), hint: daysOrNone(run.days) }),
      },
      {
        heading: 'Vehicle',
        cell: ({ offer, seats, wheelchairs, assistants }) => ({
          text: offer,
          hint: [
            wheelchairs > 0
              ? `${seats} seats and ${counted(wheelchairs, 'wheelchair place')}`
              : `${seats} seats`,
            assistants > 0 ? counted(assistants, 'assistant') : '',
          ]
            .filter(Boolean)
            .join(', '),
        }),
      },
      { heading: 'School', cell: ({ schools }) => ({ text: schools }) },
      {
        heading: 'From',
        sort: 'starts',
        cell: ({ starts, ends }) => ({ text: `${timeInWords(starts)} to ${timeInWords(ends)}` }),
      },
      { heading: 'Pupils', sort: 'pupils', numeric: true, cell: ({ pupils }) => ({ text: pupils.length }) },
      {
        heading: 'Minutes',
        sort: 'lasts',
        numeric: true,
        cell: ({ lasts }) => ({ text: toMinutes(seconds(lasts)) }),
      },
      {
        heading: 'Miles',
        sort: 'miles',
        numeric: true,
        cell: (run) => ({ text: inMiles(metres(run.metres)).replace(' miles', '') }),
      },
    ],
    rows,
    empty: {
      title: 'No run matches',
      says: 'No run of this plan answers to all of this.',
      href: paged.path,
      link: 'Show all',
    },
    paged,
  })
