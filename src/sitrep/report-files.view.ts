/** A report as tables for a spreadsheet and as paper. The same figures, and no others. */
import type { Table } from '#adapters/files/write-file.ts'
import type { Paper } from '#adapters/pdf/document.ts'
import { dayInWords, momentInWords } from '#ground/time.ts'
import { directions, travelStates } from '#travel-arrangements'
import { tableOnPaper } from '#web/report-file.ts'
import { directionInWords, rungInWords, travelStateView } from '#web/travel-state.view.ts'
import type { PupilFigures } from './figures.ts'
import { movements } from './movement.ts'
import { type Names, partsInWords } from './report.view.ts'
import type { ReportSoFar } from './sitrep.ts'

const movementWords = {
  joiners: 'Joined the register without transport',
  lost: 'Lost it',
  placed: 'Placed',
  leavers: 'Left the register',
} as const

const figureHeadings = ['Pupils', 'Without transport', 'Of which', 'Not yet confirmed', 'Confirmed']
const figureCells = (row: PupilFigures): string[] => [
  String(row.pupils),
  String(row.withoutTransport),
  partsInWords(row),
  String(row.atRisk),
  String(row.confirmed),
]

/** Every table of a report: one worksheet each. */
export function reportTables(report: ReportSoFar, names: Names): Table[] {
  const { breakdowns } = report
  return [
    situationTable(report),
    statesOf(report),
    movementTable(report, names),
    ladderOf(report),
    ...missedTables(report, names),
    ...acceptedTables(report),
    ...(['school', 'area', 'operator', 'contract'] as const).map((kind) => ({
      name: `By ${kind}`,
      headings: [kind.slice(0, 1).toUpperCase() + kind.slice(1), ...figureHeadings],
      rows: breakdowns[kind].map((row) => [row.name ?? 'None', ...figureCells(row)]),
    })),
    {
      name: 'By cohort',
      headings: ['Cohort', ...figureHeadings],
      rows: breakdowns.cohort.flatMap(({ name, members, joiners }) => [
        [name, ...figureCells(members)],
        [`Joined since ${name}`, ...figureCells(joiners)],
      ]),
    },
  ].filter(({ rows }) => rows.length > 0)
}

function situationTable({
  on,
  knownAt,
  revision,
  definitions,
  all,
  population,
  ...rest
}: ReportSoFar): Table {
  const { contracts, contacts } = rest
  const rows: [string, string | number][] = [
    ['Day', on],
    ['As known at', knownAt],
    ['Revision', revision],
    ['Definitions', definitions],
    ['Pupils on the register', population],
    ['Without transport', all.withoutTransport],
    ...Object.entries(all.withoutTransportParts).map(([state, n]): [string, number] => [
      `Without transport: ${travelStateView(state).text}`,
      n,
    ]),
    ['Not yet confirmed', all.atRisk],
    ['Confirmed', all.confirmed],
    ['Pupils who need a seat', contracts.pupilsToPlace],
    ['Pupils placed on a run', contracts.pupilsPlaced],
    ['Contracts needed', contracts.needed],
    ['Contracts awarded', contracts.awarded],
    ['Contracts signed', contracts.signed],
    [`Pupils whose family is not verified within ${contacts.withinMonths} months`, contacts.unverified],
  ]
  return { name: 'Situation', headings: ['Figure', 'Count'], rows: rows.map(([key, n]) => [key, String(n)]) }
}

const statesOf = (report: ReportSoFar): Table => ({
  name: 'States',
  headings: ['State', 'Pupils', ...directions.map(({ direction }) => directionInWords(direction))],
  rows: travelStates.map(({ state }) => [
    travelStateView(state).text,
    String(report.all.states[state]),
    ...directions.map(({ name }) => String(report.directions[name].states[state])),
  ]),
})

function movementTable({ reconciliation: moves, on }: ReportSoFar, names: Names): Table {
  const named = movements.flatMap((kind) =>
    moves[kind].map((pupil) => [movementWords[kind], names.get(pupil) ?? '', String(pupil)]),
  )
  return {
    name: 'What changed',
    headings: ['Movement', 'Pupil', 'Pupil number or count'],
    rows: [
      [`Without transport on ${moves.since.on}`, '', String(moves.opening)],
      ...named,
      [`Without transport on ${on}`, '', String(moves.closing)],
    ],
  }
}

const ladderOf = ({ funnel }: ReportSoFar): Table => ({
  name: 'Ladder',
  headings: ['Rung', 'Reached, with all below', 'Missing it'],
  rows: funnel.rungs.map(({ rung, reached, missing }) => [
    rung === 'allocated' ? 'Allocated to a run' : rungInWords(rung).name,
    String(reached),
    String(missing),
  ]),
})

function missedTables({ missed, waiting }: ReportSoFar, names: Names): Table[] {
  if (!missed || !waiting) return []
  return [
    {
      name: 'Education missed',
      headings: ['Pupil', 'Pupil number', `School days missed since ${missed.from}`],
      rows: missed.most.map(({ pupil, days }) => [names.get(pupil) ?? '', String(pupil), String(days)]),
    },
    {
      name: 'Who has to hear',
      headings: ['School days waiting', 'For', 'Pupil', 'Pupil number'],
      rows: waiting.escalations.flatMap(({ days, to, pupils }) =>
        pupils.map((pupil) => [`${days} or more`, to, names.get(pupil) ?? '', String(pupil)]),
      ),
    },
  ]
}

function acceptedTables({ accepted }: ReportSoFar): Table[] {
  if (!accepted) return []
  const { acceptances, pupils, firstLapses } = accepted
  return [
    {
      name: 'Accepted by managers',
      headings: ['Figure', 'Count or day'],
      rows: [
        ['Gaps accepted', String(acceptances)],
        ['For pupils', String(pupils)],
        ...(firstLapses === null ? [] : [['The first lapses after', firstLapses]]),
      ],
    },
  ]
}

type Printing = { names: Names; foot: string; commentary?: string | undefined }

/** The report as paper: the headline first, commentary in its own place, every table, the longest cut short and said so. */
export function reportPaper(report: ReportSoFar, { names, foot, commentary }: Printing): Paper {
  const { all, population } = report
  return {
    title: `Situation on ${dayInWords(report.on)}`,
    subtitle: `As known on ${momentInWords(report.knownAt)}. Revision ${report.revision}, definitions ${report.definitions}.`,
    foot,
    parts: [
      { part: 'heading', text: `${all.withoutTransport} of ${population} pupils without transport` },
      { part: 'text', text: partsInWords({ ...all }) || 'Nobody is without transport.' },
      { part: 'text', text: `${all.atRisk} not yet confirmed. ${all.confirmed} confirmed.` },
      ...(commentary
        ? [{ part: 'heading', text: 'Commentary' } as const, { part: 'text', text: commentary } as const]
        : []),
      ...reportTables(report, names).slice(1).flatMap(tableOnPaper),
    ],
  }
}
