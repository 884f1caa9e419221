/** Counts the mornings of the school year before anybody asks, so that the report of the day opens at once. */
import type { Job } from '#worker/job.ts'
import { waitsOf } from './report-store.ts'
import { cutAt } from './store.ts'

export const countMorningsJob: Job = {
  name: 'count-mornings',
  // Just after seven in London, summer and winter.
  every: '3 6,7 * * *',

  async run({ sql, today, now }) {
    await waitsOf(sql, await cutAt(sql, { on: today, knownAt: now }))
  },
}
