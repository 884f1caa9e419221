/** Measures the distance to school of whoever is not measured: asked for by the database when something changes. */
import type { Job } from '#worker/job.ts'
import { measurePupils } from './measure-store.ts'

export const measureDistancesJob: Job = {
  name: 'measure-distances',
  // At night once more: a school that moves on a day, or a way that is safe again from a day on, asks nobody.
  every: '40 2 * * *',
  tries: 3,

  async run({ sql, today, roads }) {
    const open = await roads()
    // Whoever makes the network asks again when it is made.
    if (!open) return
    try {
      await measurePupils(sql, open.roads, { today })
    } finally {
      await open.close()
    }
  },
}
