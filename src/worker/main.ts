/** The worker shell: hands each job its database and the time. Any number may work on one database. */
import { Logger, parseCrontab, run, type TaskList } from 'graphile-worker'
import type { Sql } from 'postgres'
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
  const runner = await run({
    connectionString: url,
    taskList: tasksOf(jobs, { sql, roads, folder }),
    parsedCronItems: parseCrontab(crontabOf(jobs)),
    logger: loggerTo(say),
    concurrency: 2,
    maxPoolSize: 4,
    noHandleSignals: true,
  })
  return { stop: () => runner.stop() }
}

const tasksOf = (jobs: readonly Job[], given: Pick<JobVisit, 'sql' | 'roads' | 'folder'>): TaskList =>
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
