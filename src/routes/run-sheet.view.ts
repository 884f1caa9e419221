/** A run sheet in words, for the screen and for paper. */
import type { Paper } from '#adapters/pdf/document.ts'
import { daysInWords, isNamedBy } from '#ground/pattern.ts'
import { dayInWords, type PlainDate, timeInWords } from '#ground/time.ts'
import { tableView } from '#web/listing.ts'
import { legInWords } from '#web/run-map.view.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { needsInWords } from './route.view.ts'
import type { RunRecord } from './run-store.ts'
import type { RunWay } from './run-way.ts'

const handovers: Readonly<Record<string, string>> = {
  'named-adult': 'Hand over to a named adult only',
  'school-staff': 'Hand over to school staff or a carer',
  'may-travel-to-door-alone': 'May go to the door alone',
}

type Sheet = { on: PlainDate; way: RunWay | undefined; plan: string }

/** The stops in order, each with whom and what the crew must know. `plan` is where stops are planned, for who may. */
export function runSheetView(run: RunRecord, { on, way, plan }: Sheet) {
  return {
    title: titleOf(run),
    day: dayInWords(on),
    rows: headRows(run).map(([key, text]) => ({ key, text, lines: [] })),
    stops: tableView<StopLine>({
      caption: 'Stops in order',
      columns: [
        { heading: 'At', cell: ({ at, number }) => ({ text: at, hint: `Stop ${number}` }) },
        { heading: 'Where', cell: ({ place, number }) => ({ text: place, hint: legInWords(way, number) }) },
        { heading: 'Who', cell: ({ who }) => ({ text: who }) },
        { heading: 'Needs', cell: ({ needs }) => ({ text: needs }) },
        { heading: 'To know', cell: ({ says }) => ({ text: says }) },
        { heading: 'Call', cell: ({ call }) => ({ text: call }) },
      ],
      rows: stopLines(run),
      empty: {
        title: 'No stop is planned for this day',
        says: 'There is nothing to drive by. Choose another day, or plan the stops.',
        ...(plan !== '' && { href: plan, link: 'Plan its stops' }),
      },
    }),
    warnings: warningsOf(run, on),
  }
}

/** What must not be overlooked before anybody drives by the sheet. */
function warningsOf(run: RunRecord, on: PlainDate): string[] {
  const without = withoutStop(run)
  return [
    ...(run.inForce ? [] : ['No contract is in force for this run on this day.']),
    ...(run.days !== null && !isNamedBy(run.days, on)
      ? [`This run is not made on this day. It is made on: ${daysInWords(run.days)}.`]
      : []),
    ...(without.length > 0 ? [`Aboard, and no stop is planned for: ${without.join(', ')}.`] : []),
  ]
}

const titleOf = ({ code, direction }: RunRecord): string =>
  `${code}, ${directionInWords(direction).toLowerCase()}`

type StopLine = ReturnType<typeof stopLines>[number]

const stopLines = ({ stops, riders }: RunRecord) =>
  stops.map((stop, i) => {
    const rider = riders.find(({ pupil }) => pupil === stop.pupil)
    return {
      number: i + 1,
      at: timeInWords(stop.at),
      place: stop.place,
      who: rider?.name ?? (stop.kind === 'home' ? 'Nobody: this stop’s pupil has no seat' : ''),
      needs: rider ? needsInWords(rider) : '',
      says: rider
        ? [rider.communication ?? '', handovers[rider.handover ?? ''] ?? ''].filter(Boolean).join('. ')
        : '',
      call: rider ? [rider.carer, rider.phone].filter(Boolean).join(', ') : '',
    }
  })

const withoutStop = ({ riders, stops }: RunRecord): string[] =>
  riders.filter(({ pupil }) => !stops.some((stop) => stop.pupil === pupil)).map(({ name }) => name)

function headRows(run: RunRecord): [string, string][] {
  const crew = run.crew.map(
    ({ name, post, phone }) => `${name} (${post.replace('-', ' ')}${phone ? `, ${phone}` : ''})`,
  )
  return [
    ['School', [run.schoolName, run.schoolPhone].filter(Boolean).join(', ')],
    ['Operator', [run.operatorName ?? 'None in force', run.operatorPhone].filter(Boolean).join(', ')],
    ['Crew', crew.join('; ') || 'Nobody is rostered'],
    ['Vehicle', [run.vehicle?.registration, run.vehicleType].filter(Boolean).join(', ') || 'None assigned'],
    ['Pupils', String(run.riders.length)],
  ]
}

type Printing = { on: PlainDate; printed: string; largePrint: boolean }

/** The same sheet as paper. Pupils are numbered, for a name the paper’s letters cannot spell. */
export function runSheetPaper(run: RunRecord, { on, printed, largePrint }: Printing): Paper {
  const stops = stopLines(run)
  return {
    title: `Run sheet ${titleOf(run)}`,
    subtitle: dayInWords(on),
    foot: printed,
    landscape: true,
    largePrint,
    parts: [
      { part: 'rows', rows: headRows(run) },
      ...warningsOf(run, on).map((text) => ({ part: 'text', text }) as const),
      { part: 'heading', text: 'Stops in order' },
      ...(stops.length === 0
        ? [{ part: 'text', text: 'No stop is planned for this day. There is nothing to drive by.' } as const]
        : [
            {
              part: 'table',
              caption: 'Stops in order',
              headings: ['At', 'Where', 'Who', 'Needs', 'To know', 'Call'],
              widths: [7, 20, 15, 18, 22, 18],
              rows: stops.map(({ at, place, who, needs, says, call }) => [at, place, who, needs, says, call]),
            } as const,
          ]),
    ],
  }
}
