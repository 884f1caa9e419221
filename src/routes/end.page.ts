/** Ends a route, or one of its runs, after a last day. Whoever would be stranded is shown first. */
import type { TransactionSql } from 'postgres'
import { type RouteId, type RunId, readId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { addDays, dayInWords, type PlainDate } from '#ground/time.ts'
import { askThenRecord } from '#web/change.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { notFound, type Page, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { type RunRecord, runsAsAt } from './run-store.ts'
import { endRoute, endRun } from './write-store.ts'

const changers = ['transport-officer', 'commissioner', 'manager'] as const

type Ending = {
  title: string
  /** `the route`, `the run`. */
  what: string
  route: RouteId
  pupils: RunRecord['riders'][number]['pupil'][]
  end: (tx: TransactionSql, from: PlainDate) => Promise<number>
}

export const endRoutePage = endingPage('/routes/:routeId/end', async (visit) => {
  const route = readId<'Route'>(visit.params['routeId'])
  const runs = route ? await runsOf(visit, { route }) : []
  const [first] = runs
  if (!route || !first) return undefined
  return {
    title: first.code,
    what: 'the route',
    route,
    pupils: runs.flatMap(({ riders }) => riders.map(({ pupil }) => pupil)),
    end: (tx, from) => endRoute(tx, route, from),
  }
})

export const endRunPage = endingPage('/runs/:runId/end', async (visit) => {
  const run = readId<'Run'>(visit.params['runId'])
  const [record] = run ? await runsOf(visit, { run }) : []
  if (!run || !record) return undefined
  return {
    title: `${record.code}, ${directionInWords(record.direction).toLowerCase()}`,
    what: 'the run',
    route: record.route,
    pupils: record.riders.map(({ pupil }) => pupil),
    end: (tx, from) => endRun(tx, { run, from }),
  }
})

function endingPage(path: string, endingOf: (visit: Visit) => Promise<Ending | undefined>): Page {
  return {
    path,
    allow: changers,
    change: changers,

    async get(visit) {
      const ending = await endingOf(visit)
      return ending ? form(visit, ending, []) : notFound
    },

    async post(visit) {
      const ending = await endingOf(visit)
      if (!ending) return notFound
      const read = reading(visit.form)
      const answer = read.answer(read.day('last-day', 'the last day'))
      if (!answer.ok) return form(visit, ending, answer.refusal)
      const { title, what, route } = ending
      const lastDay = answer.value
      return askThenRecord(visit, {
        title: `${title} ends on ${dayInWords(lastDay)}`,
        doing: `end ${what}`,
        back: paths.route(route),
        work: (tx) => endAfter(tx, ending, lastDay),
        told: () => [
          `From the day after, ${what} is no more. ${ending.pupils.length} seats are on it today.`,
        ],
        again: () =>
          form(visit, ending, [
            fieldError('last-day', `It has already ended by ${dayInWords(lastDay)}. Choose an earlier day`),
          ]),
        done: { to: paths.route(route), notice: `${title} ends on ${dayInWords(lastDay)}.` },
        pupils: [],
      })
    },
  }
}

async function endAfter(
  tx: TransactionSql,
  { end }: Ending,
  lastDay: PlainDate,
): Promise<Result<null, { because: 'already-ended' }>> {
  const cut = await end(tx, addDays(lastDay, 1))
  return cut > 0 ? ok(null) : refuse({ because: 'already-ended' })
}

const runsOf = ({ sql, today, now }: Visit, asked: { run: RunId } | { route: RouteId }) =>
  runsAsAt(sql, asked, { on: today, knownAt: now })

function form({ form: typed }: Visit, { title, what, route, pupils }: Ending, errors: readonly FieldError[]) {
  const view = {
    title: `When does ${title} end?`,
    says: `${pupils.length === 0 ? 'Nobody is aboard today.' : `${pupils.length} seats are on ${what} today.`}`,
    back: paths.route(route),
    choice: false,
    instead: false,
    day: { name: 'last-day', label: 'Last day', value: typed['last-day'] ?? '' },
    why: typed['why'] ?? '',
    errors,
  }
  return (errors.length > 0 ? showAgain : show)('change-form.njk', view)
}
