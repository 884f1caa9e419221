/** What a job is: work done after its transaction, or at a time of day, by whichever machine is free. */
import type { Sql } from 'postgres'
import type { RoadsNow } from '#adapters/roads/roads-now.ts'
import type { Instant, PlainDate } from '#ground/time.ts'

export type JobVisit = {
  /** What the transaction that asked for it wrote down. */
  payload: unknown
  sql: Sql
  today: PlainDate
  now: Instant
  /** The county’s roads, to be closed after use; nothing while a network of them is being made. */
  roads: () => Promise<RoadsNow | undefined>
  /** Where Firstbell keeps files beside the database; nothing in a test that keeps none. */
  folder?: string | undefined
  /** Whether the worker was told to stop: long work then leaves what is left of it to another. */
  isStopping?: () => boolean
}

export type Job = {
  /** What `graphile_worker.add_job` calls it. */
  name: string
  /** When it runs by itself, as cron writes it, in UTC: `15 2 * * *`. Without it, only when asked for. */
  every?: string
  /** How often it is tried when it fails; 25 times, ever more slowly, when not said. */
  tries?: number
  /** Work of minutes or hours: one such job at a time in a worker, beside the others and not in their way. */
  isLong?: true
  /** Does the work. It may run twice: a machine that dies half-way leaves the job to another. */
  run: (visit: JobVisit) => Promise<void>
}
