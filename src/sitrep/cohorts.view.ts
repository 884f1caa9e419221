/** Cohorts in words: who was frozen, who came after, and how far the plan has come. */
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { sameMoment, withQuery } from '#web/address.ts'
import { lineChart } from '#web/chart.ts'
import { tableView } from '#web/listing.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import type { CohortProgress } from './progress-store.ts'
import { plannedOn } from './projection.ts'
import { cohortsTable } from './report.view.ts'
import type { CohortFigures } from './sitrep.ts'
import { linkOn } from './today.view.ts'

type Listed = { id: number; figures: CohortFigures; progress: CohortProgress | undefined }

const share = (percent: number): string => `${percent.toLocaleString('en-GB')}%`

/** What sitrep/cohorts.njk shows. */
export function cohortsView({ queryLists }: Visit, cohorts: readonly Listed[]) {
  const moment = sameMoment(queryLists)
  return {
    title: 'Cohorts',
    back: withQuery(paths.today, moment),
    list: tableView<Listed>({
      caption: 'Cohorts, the latest first',
      captionHidden: true,
      columns: [
        {
          heading: 'Cohort',
          cell: ({ id, figures }) => ({
            text: figures.name,
            href: withQuery(paths.cohort(id), moment),
            hint: `Frozen on ${dayInWords(figures.frozenOn)}`,
          }),
        },
        { heading: 'Frozen', numeric: true, cell: ({ figures }) => ({ text: figures.frozen }) },
        {
          heading: 'Without transport',
          numeric: true,
          cell: ({ figures }) => ({ text: figures.members.withoutTransport }),
        },
        { heading: 'Joined since', numeric: true, cell: ({ figures }) => ({ text: figures.joiners.pupils }) },
        {
          heading: 'Of them without',
          numeric: true,
          cell: ({ figures }) => ({ text: figures.joiners.withoutTransport }),
        },
        { heading: 'Plan', cell: ({ progress }) => ({ text: progress ? standingInWords(progress) : '' }) },
      ],
      rows: cohorts,
      empty: {
        title: 'No cohort is frozen',
        says: 'A manager or commissioner can freeze who is to be carried on a day.',
      },
    }),
  }
}

/** `Red: 22% confirmed, 40% planned`. */
export const standingInWords = ({ flag, actual, planned }: CohortProgress): string =>
  `${flag === 'red' ? 'Red: ' : ''}${share(actual)} confirmed, ${planned === undefined ? 'no plan' : `${share(planned)} planned`}`

/** What sitrep/cohort.njk shows. */
export function cohortView(
  { queryLists, form }: Visit,
  figures: CohortFigures,
  progress: CohortProgress | undefined,
) {
  const { plan } = progress ?? {}
  return {
    title: figures.name,
    caption: `Frozen on ${dayInWords(figures.frozenOn)}: ${figures.frozen.toLocaleString('en-GB')} pupils who were eligible`,
    back: withQuery(paths.cohorts, sameMoment(queryLists)),
    parts: cohortsTable([figures], linkOn({ queryLists })),
    progress: progress && progressView(progress),
    typed: {
      begins: form['begins'] ?? plan?.beginsOn ?? '',
      points: form['points'] ?? (plan?.points ?? []).map(({ on, percent }) => `${on} ${percent}%`).join('\n'),
    },
  }
}

/** What the first page says of a cohort behind its plan, that day and no later. */
export function behindView(progress: CohortProgress, { queryLists }: Pick<Visit, 'queryLists'>) {
  const { cohort, plan, projection } = progress
  const leads = projection
    ? ` At the rate so far ${share(projection.expected)} would be confirmed when travel begins on ${dayInWords(plan.beginsOn)}.`
    : ` Travel begins on ${dayInWords(plan.beginsOn)}.`
  return {
    title: `${cohort.name} is behind its plan`,
    says: `${standingInWords(progress).replace(/^Red: /, '')}.${leads}`,
    href: withQuery(paths.cohort(cohort.id), sameMoment(queryLists)),
  }
}

function progressView(progress: CohortProgress) {
  const { plan, actual, planned, projection, flag, goal } = progress
  return {
    red: flag === 'red',
    title:
      flag === 'red'
        ? `Behind plan: ${share(actual)} confirmed for ${dayInWords(plan.beginsOn)}`
        : `${share(actual)} confirmed for ${dayInWords(plan.beginsOn)}`,
    says: [
      planned === undefined ? '' : `The plan says ${share(planned)} by now.`,
      projection
        ? `At the rate of the last ${projection.from} mornings (${projection.rate.toLocaleString('en-GB')} points a morning) ${share(projection.expected)} would be confirmed on the day travel begins, nineteen times in twenty between ${share(projection.low)} and ${share(projection.high)}.${goal === undefined ? '' : ` The plan needs ${share(goal)}.`}`
        : 'There are too few mornings to say where it would end.',
    ]
      .filter(Boolean)
      .join(' '),
    chart: chartOf(progress),
  }
}

function chartOf({ plan, progress, projection }: CohortProgress) {
  const last = progress.at(-1)
  const ends = last !== undefined && plan.beginsOn > last.on
  const days: PlainDate[] = [...progress.map(({ on }) => on), ...(ends ? [plan.beginsOn] : [])]
  if (days.length < 2) return false
  const expected = projection ? [projection.expected] : [last?.percent ?? 0]
  return lineChart({
    id: 'progress',
    title: 'Share confirmed for the day travel begins',
    says: ends
      ? 'Each morning as it knew it; the last point is where the rate so far would lead.'
      : 'Each morning as it knew it.',
    alongName: 'Morning',
    labels: days.map((day) => dayInWords(day).replace(/ \d{4}$/, '')),
    series: [
      {
        name: 'Confirmed',
        tone: 'good',
        values: [...progress.map(({ percent }) => percent), ...(ends ? expected : [])],
      },
      { name: 'Planned', tone: 'own', values: days.map((day) => plannedOn(plan, day) ?? 0) },
    ],
  })
}
