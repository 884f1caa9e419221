/** A run sheet in words, for the screen and for paper. */
import type { Paper } from '#adapters/pdf/document.ts'
import { dayInWords, type PlainDate, timeInWords } from '#ground/time.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { needsInWords } from './route.view.ts'
import { legInWords } from './run-map.view.ts'
import type { RunRecord } from './run-store.ts'
import type { RunWay } from './run-way.ts'

const handovers: Readonly<Record<string, string>> = {
  'named-adult': 'Hand over to a named adult only',
  'school-staff': 'Hand over to school staff or a carer',
  'may-travel-to-door-alone': 'May go to the door alone',
}

/** The stops in order, each with whom and what the crew must know. */
export function runSheetView(run: RunRecord, on: PlainDate, way?: RunWay) {
  return {
    title: `${run.code}, ${directionInWords(run.direction).toLowerCase()}`,
    day: dayInWords(on),
    rows: headRows(run).map(([key, text]) => ({ key, text, lines: [] })),
    stops: run.stops.map((stop, i) => {
      const rider = run.riders.find(({ pupil }) => pupil === stop.pupil)
      return {
        number: i + 1,
        at: timeInWords(stop.at),
        place: stop.place,
        leg: legInWords(way, i + 1),
        who: rider?.name ?? (stop.kind === 'home' ? 'Nobody: this stop’s pupil has no seat' : ''),
        needs: rider ? needsInWords(rider) : '',
        says: rider
          ? [rider.communication ?? '', handovers[rider.handover ?? ''] ?? ''].filter(Boolean).join('. ')
          : '',
        call: rider ? [rider.carer, rider.phone].filter(Boolean).join(', ') : '',
      }
    }),
    without: run.riders
      .filter(({ pupil }) => !run.stops.some((stop) => stop.pupil === pupil))
      .map(({ name }) => name),
  }
}

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
  const { title, stops, without } = runSheetView(run, on)
  return {
    title: `Run sheet ${title}`,
    subtitle: dayInWords(on),
    foot: printed,
    landscape: true,
    largePrint,
    parts: [
      { part: 'rows', rows: headRows(run) },
      ...(run.inForce
        ? []
        : [{ part: 'text', text: 'NO CONTRACT IS IN FORCE FOR THIS RUN ON THIS DAY.' } as const]),
      { part: 'heading', text: 'Stops in order' },
      {
        part: 'table',
        caption: 'Stops in order',
        headings: ['At', 'Where', 'Who', 'Needs', 'To know', 'Call'],
        widths: [7, 20, 15, 18, 22, 18],
        rows: stops.map(({ at, place, who, needs, says, call }) => [at, place, who, needs, says, call]),
      },
      ...(without.length > 0
        ? [{ part: 'text', text: `Aboard, and no stop is planned for: ${without.join(', ')}.` } as const]
        : []),
    ],
  }
}
