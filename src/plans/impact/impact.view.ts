/** The impact report as its page tells it: the counts first, how journeys spread, on whom it falls, what it costs. */
import { dayInWords } from '#ground/time.ts'
import { withQuery } from '#web/address.ts'
import { barChart } from '#web/bar-chart.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { counted } from '../scenario/scenario.view.ts'
import { type Dimension, dimensions, type Group } from './groups.ts'
import { howFound } from './how-found.ts'
import type { Measure } from './impact.ts'
import { choiceInUrl, type ImpactChoice } from './impact-choice.ts'
import type { ReportedPlan } from './impact-store.ts'
import {
  costRows,
  dimensionInWords,
  groupInWords,
  howFoundInWords,
  measureInWords,
  spreadInWords,
} from './impact-words.view.ts'
import type { Spread } from './spread.ts'

export type ImpactShown = ReportedPlan & { scenario: Scenario }

type Link = (choice: ImpactChoice) => string

/** What plans/impact/impact.njk shows. */
export function impactView(shown: ImpactShown) {
  const { scenario, kept, report } = shown
  const hasBands = shown.yardsticks.deprivation.size > 0
  const link: Link = (choice) => withQuery(paths.impactPupils(scenario.id, kept.id), {}, choiceInUrl(choice))
  return {
    title: 'What the plan does to people',
    caption: `Plan ${kept.id} of ${scenario.name}, from ${dayInWords(scenario.beginsOn)}`,
    plan: `Plan ${kept.id}`,
    back: paths.foundPlan(scenario.id, kept.id),
    says: `${counted(report.impact.pupils.length, 'pupil')}, each journey beside the one frozen before anything was planned. Each pupil counts once, for a journey there or home.`,
    everybody: link({}),
    policies: withQuery(paths.planPolicies, {}, { on: scenario.beginsOn, 'known-at': kept.foundAt }),
    files: filesOf(shown),
    found: foundInWords(shown),
    figures: figuresOf(shown, link),
    spreads: report.spreads.map((spread) => spreadChart(spread, link)),
    compared: `Only journeys with a ride both today and in the plan are held against each other here: ${comparedIn(shown).toLocaleString('en-GB')} of ${counted(report.impact.comparisons.length, 'journey')}.`,
    groups: dimensions
      .filter((dimension) => dimension !== 'deprivation' || hasBands)
      .map((dimension) => groupsTable(dimension, shown, link)),
    noBands: !hasBands,
    cost: costRows(report.cost).map(([key, text]) => ({ key, text })),
    leftOut:
      report.impact.affected['no-place'].length > 0 &&
      `Carrying the ${counted(report.impact.affected['no-place'].length, 'pupil')} without a place is not in the cost of the plan.`,
  }
}

/** Whether times and miles are of roads, said once for the whole page. */
function foundInWords({ report: { impact } }: ImpactShown): string {
  const [today, plan] = (['before', 'after'] as const).map(
    (side) => howFoundInWords[howFound(impact.comparisons, side)],
  )
  return `Times and miles of the plan: ${plan?.toLowerCase()}. Of today: ${today?.toLowerCase()}.`
}

const comparedIn = ({ report }: ImpactShown) =>
  report.impact.comparisons.filter(({ before, after }) => before && after).length

function filesOf({ scenario, kept }: ImpactShown) {
  const file = (name: string, text: string) => ({ text, href: paths.impactFile(scenario.id, kept.id, name) })
  return {
    published: [
      file('published.pdf', 'PDF'),
      file('published.xlsx', 'Excel'),
      file('published.json', 'JSON'),
    ],
    named: [file('pupils.xlsx', 'Excel'), file('pupils.json', 'JSON')],
  }
}

/** Why so many change crew: until one is named for a run of the plan, everybody who has a crew today does. */
function crewNote({ impact: { affected, comparisons } }: ImpactShown['report']): string {
  const unknown = affected['crew-not-known'].length
  const notes = [
    ...(unknown > 0 ? [`and ${unknown.toLocaleString('en-GB')} whose crew is not known`] : []),
    ...(comparisons.some(({ after }) => after && after.crew.length > 0) ? [] : ['no crew is named yet']),
  ]
  return notes.join('; ')
}

/** The figures a board asks for, what gets worse first. A figure of the plan carries that of today in its note. */
function figuresOf({ report }: ImpactShown, link: Link) {
  const { affected, limits } = report.impact
  const figure = (measure: Measure, { note = '', bad = false } = {}) => ({
    count: affected[measure].length,
    label: measureInWords(measure, limits),
    note,
    tone: bad && affected[measure].length > 0 ? 'stop' : 'plain',
    href: affected[measure].length > 0 ? link({ measure }) : '',
  })
  const today = (measure: Measure) => ({ note: `${affected[measure].length.toLocaleString('en-GB')} today` })
  return [
    figure('much-longer', { bad: true }),
    figure('over-primary-after', today('over-primary-before')),
    figure('over-secondary-after', today('over-secondary-before')),
    figure('over-guide-after', today('over-guide-before')),
    figure('very-early-after', today('very-early-before')),
    figure('changes-crew', { note: crewNote(report) }),
    figure('changes-vehicle'),
    figure('newly-shares'),
    figure('no-place', { bad: true }),
    figure('no-baseline', { note: 'They are compared with nothing, and never with nought' }),
  ]
}

function spreadChart({ name, steps }: Spread, link: Link) {
  const { title, along, says } = spreadInWords[name]
  const sides = name === 'longer' ? (['after'] as const) : (['before', 'after'] as const)
  const nameOf = { before: 'Today', after: name === 'longer' ? 'Journeys' : 'In the plan' }
  return barChart({
    id: `spread-${name}`,
    title,
    says,
    alongName: along,
    countName: 'Journeys',
    series: sides.map((side) => ({ name: nameOf[side], tone: side })),
    rows: steps.map((step) => ({
      label: step.label,
      bars: sides.map((side) => ({
        value: step[side].length,
        href: link({ step: { spread: name, label: step.label, side } }),
      })),
    })),
  })
}

/** In few words: six of them stand side by side. */
const groupMeasures: readonly { measure: Measure; heading: string }[] = [
  { measure: 'over-guide-before', heading: 'Over guide today' },
  { measure: 'over-guide-after', heading: 'In the plan' },
  { measure: 'much-longer', heading: 'Much longer' },
  { measure: 'very-early-after', heading: 'Very early' },
  { measure: 'changes-crew', heading: 'New crew' },
  { measure: 'newly-shares', heading: 'Newly sharing' },
]

function groupsTable(dimension: Dimension, { report }: ImpactShown, link: Link) {
  const cell = (n: number, choice: ImpactChoice) => ({
    text: n.toLocaleString('en-GB'),
    ...(n > 0 && { href: link(choice) }),
  })
  return tableView<Group>({
    caption: dimensionInWords[dimension],
    columns: [
      { heading: dimensionInWords[dimension], cell: ({ name }) => ({ text: groupInWords(name) }) },
      {
        heading: 'Pupils',
        numeric: true,
        cell: ({ name, pupils }) => cell(pupils.length, { group: { dimension, name } }),
      },
      ...groupMeasures.map(({ measure, heading }) => ({
        heading,
        numeric: true,
        cell: ({ name, affected }: Group) =>
          cell(affected[measure].length, { measure, group: { dimension, name } }),
      })),
    ],
    rows: report.groups[dimension],
    empty: { title: 'Nobody', says: 'The plan was asked for nobody.' },
  })
}
