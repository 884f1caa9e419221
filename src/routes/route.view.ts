/** One route: what is wrong with it first, then each run with its stops, crew and pupils. */
import { daysInWords } from '#ground/pattern.ts'
import { dayInWords, timeInWords } from '#ground/time.ts'
import { rungs } from '#travel-arrangements'
import { withQuery } from '#web/address.ts'
import { tableView } from '#web/listing.ts'
import type { Lists } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { directionInWords, rungInWords } from '#web/travel-state.view.ts'
import type { Rider, RunRecord } from './run-store.ts'

type Asked = { mayChange: boolean; moment: Lists }

/** The view of a route's page, from its runs. At least one run is expected. */
export function routeView(runs: readonly RunRecord[], { mayChange, moment }: Asked) {
  const [first] = runs as [RunRecord, ...RunRecord[]]
  return {
    title: first.code,
    caption: [first.name, first.schoolName].filter(Boolean).join(', to '),
    next: nextView(runs),
    rows: termsRows(first, moment),
    ends: mayChange ? paths.routeEnds(first.route) : '',
    lost: mayChange ? [{ text: 'See who could carry its pupils', href: paths.routeLost(first.route) }] : [],
    runs: runs.map((run) => runView(run, { mayChange, moment })),
  }
}

function nextView(runs: readonly RunRecord[]) {
  const riders = runs.flatMap((run) => run.riders)
  const [first] = runs as [RunRecord, ...RunRecord[]]
  if (riders.length > 0 && !first.inForce) {
    return {
      tone: 'stop',
      title: 'No contract is in force',
      says: `${riders.length} seats on this route are worth nothing on this day. Put the route under a contract, or find the pupils other seats.`,
    }
  }
  if (riders.length === 0) {
    return {
      tone: 'care',
      title: 'Nobody is aboard',
      says: 'A ghost route: nothing is to be paid for it. End it, or give its seats.',
    }
  }
  const missing = runs.flatMap((run) => missingOf(run).map((rung) => rungInWords(rung).missing))
  if (missing.length > 0) {
    return {
      tone: 'care',
      title: missing[0] ?? '',
      says:
        [...new Set(missing.slice(1))].filter((text) => text !== missing[0]).join('. ') ||
        'Everything else is in place.',
    }
  }
  return {
    tone: 'good',
    title: 'Nothing is missing',
    says: 'Contract, crew and vehicle are in place; families and the school are told.',
  }
}

function missingOf(run: RunRecord): string[] {
  const said = new Set(run.words.map(({ kind }) => kind))
  return rungs
    .map(({ rung }) => rung)
    .filter((rung) => (rung === 'family-told' ? run.riders.some(({ told }) => !told) : !said.has(rung)))
}

function termsRows(run: RunRecord, moment: Lists) {
  return [
    {
      key: 'School',
      text: run.schoolName ?? 'Any',
      lines: [],
      hint: run.schoolPhone ?? '',
      ...(run.school !== null && { href: withQuery(paths.school(run.school), moment) }),
    },
    {
      key: 'Operator',
      text: run.operatorName ?? 'None',
      lines: [],
      hint: run.operatorPhone ?? '',
      ...(run.operator !== null && { href: withQuery(paths.operator(run.operator), moment) }),
    },
    {
      key: 'Contract',
      text: run.reference ?? 'None',
      lines: [],
      hint: run.contractLastDay ? `Last day ${dayInWords(run.contractLastDay)}` : '',
      ...(run.contract !== null && { href: withQuery(paths.contract(run.contract), moment) }),
    },
  ]
}

function runView(run: RunRecord, { mayChange, moment }: Asked) {
  return {
    id: run.run,
    heading: directionInWords(run.direction),
    planned: run.vehicleType !== null,
    rows: [
      { key: 'Days', text: run.days ? daysInWords(run.days) : 'Not planned on this day', lines: [] },
      {
        key: 'Vehicle',
        text: run.vehicle?.registration ?? 'None assigned',
        lines: [],
        hint: [run.vehicleType ?? '', layoutsInWords(run.layouts), lapsedInWords(run.vehicle?.lapsed)]
          .filter(Boolean)
          .join('. '),
      },
      {
        key: 'Crew',
        lines:
          run.crew.length > 0
            ? run.crew.map(({ name, post, lapsed }) =>
                [`${name}, ${post.replace('-', ' ')}`, lapsedInWords(lapsed)].filter(Boolean).join(': '),
              )
            : ['Nobody is rostered'],
        hint:
          run.assistantPosts > 0
            ? `${run.assistantPosts} passenger assistant${run.assistantPosts > 1 ? 's' : ''} needed`
            : '',
      },
      ...(run.milesLive === null
        ? []
        : [{ key: 'Miles', text: String(run.milesLive), lines: [], hint: 'With pupils aboard, as planned' }]),
    ],
    riders: ridersTable(run, moment),
    stops: stopsTable(run),
    actions: [
      { text: 'Run sheet', href: withQuery(paths.runSheet(run.run), moment) },
      ...(mayChange
        ? [
            { text: 'Record who confirmed what', href: paths.runConfirm(run.run) },
            { text: 'Plan its stops', href: paths.runPlan(run.run) },
            { text: 'Change the crew', href: paths.runCrew(run.run) },
            { text: 'Change the vehicle', href: paths.runVehicle(run.run) },
            { text: 'End the run', href: paths.runEnds(run.run) },
          ]
        : []),
    ],
  }
}

const ridersTable = ({ riders, direction }: RunRecord, moment: Lists) =>
  tableView<Rider>({
    caption: `Pupils aboard, ${directionInWords(direction).toLowerCase()}`,
    columns: [
      {
        heading: 'Pupil',
        cell: ({ pupil, name }) => ({ text: name, href: withQuery(paths.pupil(pupil), moment) }),
      },
      { heading: 'Needs', cell: (rider) => ({ text: needsInWords(rider) }) },
      { heading: 'Family told', cell: ({ told }) => ({ text: told ? 'Yes' : 'Not yet' }) },
    ],
    rows: riders,
    empty: { title: 'Nobody is aboard', says: 'Give a seat from the page of a pupil.' },
  })

const stopsTable = ({ stops, riders, direction }: RunRecord) =>
  tableView<RunRecord['stops'][number]>({
    caption: `Stops, ${directionInWords(direction).toLowerCase()}`,
    columns: [
      { heading: 'At', cell: ({ at }) => ({ text: timeInWords(at) }) },
      { heading: 'Where', cell: ({ place }) => ({ text: place }) },
      {
        heading: 'Who',
        cell: (stop) => ({ text: riders.find(({ pupil }) => pupil === stop.pupil)?.name ?? '' }),
      },
    ],
    rows: stops,
    empty: { title: 'No stop is planned on this day', says: 'Plan its stops before anybody is told a time.' },
  })

const lapsedInWords = (lapsed: readonly string[] | undefined): string =>
  lapsed && lapsed.length > 0 ? `${lapsed.join(', ')} not valid on this day` : ''

/** `16 seats, or 13 and 1 wheelchair`. */
export const layoutsInWords = (layouts: RunRecord['layouts']): string =>
  layouts
    .map(([seats, chairs], i) =>
      chairs === 0
        ? `${seats}${i === 0 ? ' seats' : ''}`
        : `${seats} and ${chairs} wheelchair${chairs > 1 ? 's' : ''}`,
    )
    .join(', or ')

/** What a crew must know of a pupil, in one line. */
export function needsInWords({
  mobility,
  wheelchair,
  restraint,
  assistant,
  alone,
  equipment,
}: Omit<Rider, 'pupil' | 'name' | 'told'>): string {
  return [
    mobility === 'wheelchair' ? `Wheelchair${wheelchair ? ` (${wheelchair})` : ', make not known'}` : '',
    restraint ?? '',
    assistant === 'own' ? 'own assistant' : assistant === 'shared' ? 'assistant' : '',
    alone ? 'travels alone' : '',
    equipment ? equipment.replace(/[[\]"]/g, '') : '',
  ]
    .filter(Boolean)
    .join(', ')
}
