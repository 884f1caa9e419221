/** Ends a route, or one of its runs, after a last day. Whoever would be stranded is shown first. */
import type { TransactionSql } from 'postgres'
import { type RouteId, type RunId, readId } from '#ground/ids.ts'
import { ok, refuse } from '#ground/result.ts'
import { addDays, dayInWords, type PlainDate } from '#ground/time.ts'
import { fieldError } from '#web/forms.ts'
import type { Page, Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { type RunRecord, runsAsAt } from './run-store.ts'
import { endRoute, endRun } from './write-store.ts'

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

function endingPage(path: string, subject: (visit: Visit) => Promise<Ending | undefined>): Page {
  return recordFormPage<Ending, PlainDate, null>({
    path,
    roles: ['transport-officer', 'commissioner', 'manager'],
    subject,
    question: ({ title }) => `When does ${title} end?`,
    says: ({ what, pupils }) =>
      `${pupils.length === 0 ? 'Nobody is aboard today.' : `${pupils.length} seats are on ${what} today.`} You will see every pupil who would be worse off before anything is recorded.`,
    back: ({ route }) => paths.route(route),
    questions: () => [{ ask: 'day', name: 'last-day', label: 'Last day' }],
    read(form) {
      const read = reading(form)
      return read.answer(read.day('last-day', 'the last day'))
    },
    title: ({ title }, lastDay) => `${title} ends on ${dayInWords(lastDay)}`,
    doing: ({ what }) => `end ${what}`,
    async work(tx, { end }, lastDay) {
      if ((await end(tx, addDays(lastDay, 1))) > 0) return ok(null)
      const text = `It has already ended by ${dayInWords(lastDay)}. Choose an earlier day`
      return refuse([fieldError('last-day', text)])
    },
    told: ({ what, pupils }) => [
      `From the day after, ${what} is no more. ${pupils.length} seats are on it today.`,
    ],
  })
}

const runsOf = ({ sql, today, now }: Visit, asked: { run: RunId } | { route: RouteId }) =>
  runsAsAt(sql, asked, { on: today, knownAt: now })
