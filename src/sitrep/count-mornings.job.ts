/** Counts school mornings before anybody has to wait for them: the year so far, and every cohort's progress on its plan. */
import { z } from 'zod'
import { earlierOf, readInstant, readPlainDate } from '#ground/time.ts'
import type { Job } from '#worker/job.ts'
import { cohortsWithProgress } from './progress-store.ts'
import { waitsOf } from './report-store.ts'
import { cutAt } from './store.ts'

const asked = z.object({ on: z.string(), knownAt: z.string() })

export const countMorningsJob: Job = {
  name: 'count-mornings',
  // Just after seven in London, summer and winter.
  every: '3 6,7 * * *',

  async run({ payload, sql, today, now }) {
    const { data } = asked.safeParse(payload)
    const on = readPlainDate(data?.on ?? '') ?? today
    const knownAt = earlierOf(readInstant(data?.knownAt ?? '') ?? now, now)
    const cut = await cutAt(sql, { on, knownAt })
    await waitsOf(sql, cut)
    await cohortsWithProgress(sql, cut, { patient: true })
  },
}
