/** A worker of another machine, for tests that kill one: a program of its own, that searches for plans at WORK_ON. */
import { connect } from '#adapters/postgres/connect.ts'
import { startWorker } from '#worker/main.ts'
import { lookForAreaJob } from '../../src/plans/search/look-for-area.job.ts'
import { lookForPlanJob } from '../../src/plans/search/look-for-plan.job.ts'

const url = process.env['WORK_ON'] ?? ''
await startWorker({ sql: connect(url), url, jobs: [lookForAreaJob, lookForPlanJob] })
