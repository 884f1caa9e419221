/** The impact report to take away: without names and small numbers to publish, or with every pupil for the council alone. */
import type { Table } from '#adapters/files/write-file.ts'
import type { Paper } from '#adapters/pdf/document.ts'
import { inMiles } from '#ground/distance.ts'
import { toMinutes } from '#ground/duration.ts'
import { daysInWords } from '#ground/pattern.ts'
import { dayInWords, momentInWords } from '#ground/time.ts'
import { tableOnPaper } from '#web/report-file.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import type { Ride } from '../baseline/journey.ts'
import type { Comparison } from './comparison.ts'
import { type HowFound, howFound } from './how-found.ts'
import { type Measure, measures } from './impact.ts'
import type { ImpactShown } from './impact.view.ts'
import { type PublishedImpact, publishedImpact } from './impact-published.ts'
import type { Names } from './impact-pupils.view.ts'
import {
  costRows,
  dimensionInWords,
  groupInWords,
  howFoundInWords,
  measureInWords,
  spreadInWords,
} from './impact-words.view.ts'
import type { PublishedCounts } from './suppression.ts'

const published = ({ report, yardsticks }: ImpactShown) =>
  publishedImpact(report, yardsticks.smallestPublished)

/** What may be published, a worksheet each: figures, cost, how journeys spread, on whom the plan falls, how it was found. */
export function publishedTables(shown: ImpactShown): Table[] {
  const { figures, spreads, groups } = published(shown)
  const inWords = wordsOf(shown)
  return [
    {
      name: 'Figures',
      headings: ['Figure', 'Pupils'],
      rows: figures.map(({ measure, count }) => [inWords(measure), shownCount(count)]),
    },
    costTable(shown),
    ...spreads.map(({ name, labels, columns }) => ({
      name: spreadInWords[name].title,
      headings: [
        spreadInWords[name].along,
        ...columns.map((column) => (column.name === 'before' ? 'Journeys today' : 'Journeys in the plan')),
      ],
      rows: countRows(labels, columns),
    })),
    ...groups.map(({ dimension, names, columns }) => ({
      name: `By ${dimensionInWords[dimension].toLowerCase()}`,
      headings: [dimensionInWords[dimension], ...columns.map(({ name }) => inWords(name))],
      rows: countRows(names.map(groupInWords), columns),
    })),
    howFoundTable(shown),
  ]
}

const howFoundTable = ({ report: { impact } }: ImpactShown): Table => ({
  name: 'How it was found',
  headings: ['Journeys', 'Times and miles'],
  rows: [
    ['Today', howFoundInWords[howFound(impact.comparisons, 'before')]],
    ['In the plan', howFoundInWords[howFound(impact.comparisons, 'after')]],
  ],
})

const wordsOf =
  ({ report }: ImpactShown) =>
  (name: string) =>
    name === 'pupils' ? 'Pupils' : measureInWords(name as Measure, report.impact.limits)

const shownCount = (count: number | null | undefined) =>
  count === null || count === undefined ? 'Too few to show' : String(count)

const countRows = (names: readonly string[], columns: readonly PublishedCounts[]) =>
  names.map((name, row) => [name, ...columns.map(({ cells }) => shownCount(cells[row]))])

const costTable = ({ report }: ImpactShown): Table => ({
  name: 'Cost of a day',
  headings: ['Cost', 'Pounds'],
  rows: costRows(report.cost),
})

/** Everything, by name: for whoever has to speak to a family. */
export function namedTables(shown: ImpactShown, names: Names): Table[] {
  const { affected, comparisons, limits } = shown.report.impact
  return [
    {
      name: 'Figures',
      headings: ['Figure', 'Pupils'],
      rows: measures.map((measure) => [measureInWords(measure, limits), String(affected[measure].length)]),
    },
    costTable(shown),
    howFoundTable(shown),
    {
      name: 'Journeys',
      headings: [
        'Pupil number',
        'Pupil',
        'Direction',
        'Days',
        'Minutes longer',
        ...['today', 'in the plan'].flatMap((when) =>
          ['Minutes', 'Miles', 'How found', 'Picked up', 'Arrives', 'Vehicle', 'Crew', 'Rides with'].map(
            (what) => `${what} ${when}`,
          ),
        ),
      ],
      rows: comparisons.map((one) => journeyRow(one, names)),
    },
  ]
}

const journeyRow = ({ pupil, direction, days, before, after, change }: Comparison, names: Names) => [
  String(pupil),
  names.get(pupil) ?? '',
  directionInWords(direction),
  daysInWords(days),
  change === null ? '' : String(toMinutes(change.longer)),
  ...rideCells(before, { names, none: 'No baseline' }),
  ...rideCells(after, { names, none: 'No place' }),
]

function rideCells(ride: Ride | null, { names, none }: { names: Names; none: string }): string[] {
  if (!ride) return [none, '', '', '', '', '', '', '']
  const { ridden, length, estimated, startsAt, endsAt, vehicleType, crew, companions } = ride
  return [
    String(toMinutes(ridden)),
    length === null ? '' : inMiles(length).replace(' miles', ''),
    estimated ? 'Estimated' : 'Measured',
    startsAt,
    endsAt,
    vehicleType ?? '',
    crew.map(({ name }) => name).join(', '),
    companions.map((other) => names.get(other) ?? `Pupil ${other}`).join(', '),
  ]
}

/** The report to publish, on paper. */
export function impactPaper(shown: ImpactShown, printed: string): Paper {
  const { scenario, kept, yardsticks } = shown
  return {
    title: `What plan ${kept.id} does to people`,
    subtitle: `${scenario.name}, from ${dayInWords(scenario.beginsOn)}. Found on ${momentInWords(kept.foundAt)}, fingerprint ${kept.sha256.slice(0, 12)}.`,
    foot: printed,
    landscape: true,
    parts: [
      {
        part: 'text',
        text: `Every journey of the plan is held against the one that was frozen before anything was planned. Each pupil counts once. A number under ${yardsticks.smallestPublished}, and any from which one could be worked out, is not shown.`,
      },
      ...publishedTables(shown).flatMap(tableOnPaper),
    ],
  }
}

type ForPrograms = {
  plan: number
  sha256: string
  scenario: string
  beginsOn: string
  limits: ImpactShown['report']['impact']['limits']
  cost: ImpactShown['report']['cost']
  /** Whether times and miles are of roads, or of a straight line. */
  howFound: { today: HowFound; plan: HowFound }
}

/** The same for a program: with names every pupil's journeys and groups, without them only what may be published. */
export function impactJson(
  shown: ImpactShown,
  names?: Names,
): ForPrograms &
  (PublishedImpact | { journeys: readonly (Comparison & { name: string })[]; affected: unknown }) {
  const { kept, scenario, report } = shown
  const about = {
    plan: kept.id,
    sha256: kept.sha256,
    scenario: scenario.name,
    beginsOn: scenario.beginsOn,
    limits: report.impact.limits,
    cost: report.cost,
    howFound: {
      today: howFound(report.impact.comparisons, 'before'),
      plan: howFound(report.impact.comparisons, 'after'),
    },
  }
  if (!names) return { ...about, ...published(shown) }
  const { comparisons, affected } = report.impact
  const journeys = comparisons.map((one) => ({ name: names.get(one.pupil) ?? '', ...one }))
  return { ...about, affected, journeys }
}

/** What `firstbell plan impact` prints: the figures and the cost, and without names on whom it falls. */
export function impactInWords(shown: ImpactShown, names?: Names): string {
  const tables = names ? namedTables(shown, names).slice(0, 3) : publishedTables(shown)
  return [
    `What plan ${shown.kept.id} of “${shown.scenario.name}” does to people:`,
    ...tables.flatMap(({ name, headings, rows }) => [
      '',
      `${name}${headings.length > 2 ? ` (${headings.slice(1).join('; ')})` : ''}`,
      ...rows.map(([first, ...others]) => `  ${first}: ${others.join('; ')}`),
    ]),
  ].join('\n')
}
