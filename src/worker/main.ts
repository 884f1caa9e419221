/** The worker shell: hands each job its database and the time. Any number may work on one database. */
import { Logger, parseCrontab, run, type TaskList } from 'graphile-worker'
import type { Sql } from 'postgres'
import { queuePool } from '#adapters/postgres/queue.ts'
import { dayOf, now } from '#ground/time.ts'
import type { Job, JobVisit } from './job.ts'
import { jobs as everyJob } from './jobs.ts'

export type WorkerOptions = {
  sql: Sql
  /** Where the queue is; the same database. */
  url: string
  jobs?: readonly Job[]
  /** The county’s roads, for jobs that ask them. */
  roads?: JobVisit['roads']
  folder?: string
  /** Hears of jobs that failed and of trouble with the database. */
  say?: (line: string) => void
}

export type RunningWorker = { stop: () => Promise<void> }

/** Starts to work on the queue of a migrated database. `stop` finishes the jobs in hand. */
export async function startWorker({
  sql,
  url,
  jobs = everyJob,
  roads = async () => undefined,
  folder,
  say = () => {},
}: WorkerOptions): Promise<RunningWorker> {
  let stopping = false
  const given = { sql, roads, folder, isStopping: () => stopping }
  const queue = queuePool(url, { atMost: 6, say: (line) => say(`worker: ${line}`) })
  const working = { pgPool: queue, logger: loggerTo(say), noHandleSignals: true }
  const [long, short] = [jobs.filter(({ isLong }) => isLong), jobs.filter(({ isLong }) => !isLong)]
  const runners = [
    await run({
      ...working,
      taskList: tasksOf(short, given),
      parsedCronItems: parseCrontab(crontabOf(short)),
      concurrency: 2,
    }),
    ...(long.length > 0 ? [await run({ ...working, taskList: tasksOf(long, given), concurrency: 1 })] : []),
  ]
  return {
    async stop() {
      stopping = true
      await Promise.all(runners.map((runner) => runner.stop()))
      await queue.end()
    },
  }
}

type Given = Pick<JobVisit, 'sql' | 'roads' | 'folder' | 'isStopping'>

const tasksOf = (jobs: readonly Job[], given: Given): TaskList =>
  Object.fromEntries(
    jobs.map((job) => [
      job.name,
      async (payload: unknown) => {
        const moment = now()
        await job.run({ ...given, payload, now: moment, today: dayOf(moment) })
      },
    ]),
  )

const crontabOf = (jobs: readonly Job[]): string =>
  jobs
    .flatMap(({ name, every, tries }) =>
      every === undefined ? [] : [`${every} ${name}${tries === undefined ? '' : ` ?max=${tries}`}`],
    )
    .join('\n')

/** Only what a person must act on: its messages carry no payloads, and so no personal details. */
const loggerTo = (say: (line: string) => void) =>
  new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') say(`worker: ${message}`)
  })
