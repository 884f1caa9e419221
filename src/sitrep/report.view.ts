/** The whole report in words, tables and links: the same for a report of this minute and for one that was published. */
import type { PupilId } from '#ground/ids.ts'
import { dayInWords } from '#ground/time.ts'
import { type Column, tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import { rungInWords, travelStateView } from '#web/travel-state.view.ts'
import { acceptedView } from './accepted.view.ts'
import { NONE, WITHOUT } from './choice.ts'
import type { BreakdownRow, PupilFigures } from './figures.ts'
import type { Missed, Waiting } from './missed.ts'
import type { CohortFigures, ReportSoFar } from './sitrep.ts'
import { aroundRows, cutInWords, headlineView, type Link, movementRows, statesTable } from './today.view.ts'

/** What pupils are called, by number. */
export type Names = ReadonlyMap<PupilId, string>

type Linked = { link: Link; names: Names; breakdown: (kind: string) => string; acceptances: string }

const count = (n: number): string => n.toLocaleString('en-GB')
const AT_WORST = 8

/** What sitrep/report-parts.njk shows of a report. */
export function reportView(report: ReportSoFar, { link, names, breakdown, acceptances }: Linked) {
  const { breakdowns } = report
  return {
    nobody: report.population === 0,
    sitrep: headlineView(report, link),
    lesser: (['provisional', 'temporary', 'own-arrangement', 'confirmed'] as const).map((state) => ({
      count: report.all.states[state],
      label: travelStateView(state).text,
      note: travelStateView(state).means,
      tone: travelStateView(state).tone,
      href: link({ state }),
    })),
    states: statesTable(report, link),
    movement: movementNamed(report, { link, names }),
    around: aroundRows(report, link),
    accepted: report.accepted && acceptedView(report.accepted, acceptances),
    ladder: ladderTable(report, link),
    cohorts: breakdowns.cohort.length > 0 && cohortsTable(breakdowns.cohort, link),
    missed: report.missed && report.waiting && missedView(report.missed, report.waiting, { link, names }),
    worst: (['school', 'area', 'operator', 'contract'] as const).map((kind) => ({
      table: breakdownTable(kind, breakdowns[kind].slice(0, AT_WORST), { link }),
      all: breakdowns[kind].length > AT_WORST && {
        href: breakdown(kind),
        text: `All ${count(breakdowns[kind].length)} rows by ${kind}`,
      },
    })),
    cut: cutInWords(report),
  }
}

const FEW = 6

/** Some by name, and how many more. */
function namedInWords(pupils: readonly PupilId[], names: Names): string {
  const first = pupils.slice(0, FEW).map((pupil) => names.get(pupil) ?? `Pupil ${pupil}`)
  return pupils.length > FEW ? `${first.join(', ')} and ${count(pupils.length - FEW)} more` : first.join(', ')
}

type Named = Pick<Linked, 'link' | 'names'>

function movementNamed(report: ReportSoFar, { link, names }: Named) {
  const { joiners, lost, placed, leavers } = report.reconciliation
  const who = [[], joiners, lost, placed, leavers, []]
  return movementRows(report, link).map((row, i) => ({ ...row, hint: namedInWords(who[i] ?? [], names) }))
}

function ladderTable({ funnel }: ReportSoFar, link: Link) {
  const cell = (n: number, href: string) => ({ text: count(n), numeric: true, ...(n > 0 && { href }) })
  return {
    caption: `The ladder, of the ${count(funnel.needSeat)} pupils who need a seat today`,
    captionHidden: false,
    headings: [
      { text: 'Rung' },
      { text: 'Reached, with all below', numeric: true },
      { text: 'Missing it', numeric: true },
    ],
    rows: funnel.rungs.map(({ rung, reached, missing }) => ({
      cells: [
        { text: rung === 'allocated' ? 'Allocated to a run' : rungInWords(rung).name },
        cell(reached, link({ reached: rung })),
        cell(missing, link({ missing: rung })),
      ],
    })),
    empty: { title: '', says: '' },
  }
}

const figureColumns = <Row extends PupilFigures>(to: (row: Row, state: string) => string): Column<Row>[] => [
  { heading: 'Pupils', numeric: true, cell: (row) => ({ text: count(row.pupils), href: to(row, '') }) },
  {
    heading: 'Without transport',
    numeric: true,
    cell: (row) => ({
      text: count(row.withoutTransport),
      ...(row.withoutTransport > 0 && { href: to(row, WITHOUT), hint: partsInWords(row) }),
    }),
  },
  { heading: 'Not yet confirmed', numeric: true, cell: (row) => linked(row.atRisk, to(row, 'provisional')) },
  { heading: 'Confirmed', numeric: true, cell: (row) => linked(row.confirmed, to(row, 'confirmed')) },
]

const linked = (n: number, href: string) => ({ text: count(n), ...(n > 0 && { href }) })

/** The parts of without transport that are not nought. */
export const partsInWords = ({ withoutTransportParts: parts }: PupilFigures): string =>
  Object.entries(parts)
    .filter(([, n]) => n > 0)
    .map(([state, n]) => `${count(n)} ${travelStateView(state).text.toLowerCase()}`)
    .join(', ')

const nobody = {
  school: 'No school place',
  area: 'Area not known',
  operator: 'No operator',
  contract: 'No contract',
}
const headings = { school: 'School', area: 'Area', operator: 'Operator', contract: 'Contract' }
const captions = {
  school: 'By school',
  area: 'By area',
  operator: 'By operator (a pupil who rides with two is counted under both)',
  contract: 'By contract (a pupil on two is counted under both)',
}

type Tabled = { link: Link; paged?: Parameters<typeof tableView<BreakdownRow>>[0]['paged'] }

/** Pupils by school, area, operator or contract; its headings sort it where it is paged. */
export function breakdownTable(
  kind: keyof typeof headings,
  rows: readonly BreakdownRow[],
  { link, paged }: Tabled,
) {
  const to = ({ id }: BreakdownRow, state: string) => link({ [kind]: String(id ?? NONE), state })
  const columns: Column<BreakdownRow>[] = [
    { heading: headings[kind], cell: ({ name }) => ({ text: name ?? nobody[kind] }) },
    ...figureColumns(to),
  ]
  const sorts = ['name', 'pupils', 'without', 'risk', 'confirmed']
  return tableView<BreakdownRow>({
    caption: captions[kind],
    columns: paged ? columns.map((column, i) => ({ ...column, sort: sorts[i] ?? '' })) : columns,
    rows,
    empty: { title: 'Nobody is on the register', says: 'On this day, on what was known at this moment.' },
    ...(paged && { paged }),
  })
}

type Part = PupilFigures & { cohort: string; part: 'members' | 'joiners'; says: string; hint: string }

/** Each cohort, and apart from it whoever came after: together, all pupils. */
export function cohortsTable(cohorts: readonly CohortFigures[], link: Link) {
  const rows = cohorts.flatMap(({ name, frozenOn, frozen, left, members, joiners }): Part[] => [
    {
      ...members,
      cohort: name,
      part: 'members',
      says: name,
      hint: `${count(frozen)} frozen on ${dayInWords(frozenOn)}, ${count(left)} have left`,
    },
    { ...joiners, cohort: name, part: 'joiners', says: 'Joined since', hint: '' },
  ])
  return tableView<Part>({
    caption: 'By cohort: those who were frozen, and those who came after',
    columns: [
      { heading: 'Cohort', cell: ({ says, hint }) => ({ text: says, hint }) },
      ...figureColumns<Part>(({ cohort, part }, state) => link({ cohort, part, state })),
    ],
    rows,
    empty: { title: '', says: '' },
  })
}

function missedView(missed: Missed, waiting: Waiting, { link, names }: Named) {
  const { oldest } = waiting
  return {
    figures: [
      {
        count: missed.pupilDays,
        label: 'pupil-days of education missed',
        note: `By ${count(missed.pupils)} pupils over ${count(missed.schoolDays)} school days since ${dayInWords(missed.from)}`,
        tone: missed.pupilDays > 0 ? 'stop' : 'good',
        href: missed.pupils > 0 ? link({ missed: 'yes' }) : '',
      },
      {
        count: oldest?.days ?? 0,
        label: 'school days: the longest wait today',
        note: oldest
          ? `Since ${dayInWords(oldest.since)}: ${namedInWords(oldest.pupils, names)}`
          : 'Nobody is waiting',
        tone: oldest ? 'stop' : 'good',
        href: oldest ? link({ waiting: String(oldest.days) }) : '',
      },
    ],
    escalations: waiting.escalations.map(({ days, to, pupils }) => ({
      key: `${days} school days or more: for the ${to}`,
      text: count(pupils.length),
      href: pupils.length > 0 ? link({ waiting: String(days) }) : '',
      hint: namedInWords(pupils, names),
      lines: [],
    })),
    most: tableView({
      caption: 'Who has missed most',
      columns: [
        {
          heading: 'Pupil',
          cell: ({ pupil }) => ({ text: names.get(pupil) ?? `Pupil ${pupil}`, href: paths.pupil(pupil) }),
        },
        { heading: 'School days', numeric: true, cell: ({ days }) => ({ text: days }) },
      ],
      rows: missed.most.slice(0, AT_WORST),
      empty: { title: 'Nobody has missed a day', says: `Since ${dayInWords(missed.from)}.` },
    }),
  }
}
