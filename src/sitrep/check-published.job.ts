/** Every night: each published report is made again from what is recorded, and must come out the same to the last byte. */
import type { Job } from '#worker/job.ts'
import { forgetRemembered } from './morning-store.ts'
import { checkPublished, publishedReports } from './published-store.ts'

export const checkPublishedJob: Job = {
  name: 'check-published-reports',
  every: '15 2 * * *',
  tries: 2,

  async run({ sql, now }) {
    // Nothing remembered is trusted: every morning and every state is asked again too.
    await forgetRemembered(sql)
    const differ: number[] = []
    for (const published of await publishedReports(sql)) {
      if ((await checkPublished(sql, published, now)) === 'differs') differ.push(published.id)
    }
    if (differ.length > 0) {
      throw new Error(
        `Published reports ${differ.join(', ')} do not come out as they were published. Somebody or something has changed what was recorded: keep a copy of the database, and have the audit chain verified.`,
      )
    }
  },
}
