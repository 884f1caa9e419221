/** Looks for one area of a search, as a search is looked for; the last that is found hands all of them on together. */
import { randomUUID } from 'node:crypto'
import type { Job } from '#worker/job.ts'
import { NO_ROADS } from '../scenario/scenario.view.ts'
import {
  areaFailed,
  areaIsFound,
  claimArea,
  keepBetterArea,
  letGoOfArea,
  stillWorkingOnArea,
} from './area-store.ts'
import { askedOfArea } from './areas.ts'
import { lookFor, roadsOf, type Working } from './look-for-plan.job.ts'
import { questionNumbered } from './question-store.ts'

export const lookForAreaJob: Job = {
  name: 'look-for-area',
  isLong: true,

  async run({ payload, sql, roads, isStopping = () => false }) {
    const { search, area } = payload as { search: number; area: number }
    const now = await roads()
    try {
      await workOnArea({ sql, search, area, roads: now?.roads, isStopping })
    } finally {
      await now?.close()
    }
  },
}

/** Works on an area that nobody else works on, to its end. */
export async function workOnArea({ area, ...working }: Working & { area: number }): Promise<void> {
  const { sql, search } = working
  const held = { search, area, worker: randomUUID() }
  const claimed = await claimArea(sql, held)
  if (!claimed) return
  const whole = await questionNumbered(sql, claimed.question)
  const roads = roadsOf(whole, working.roads)
  if (!roads) return await areaFailed(sql, held, NO_ROADS)
  const found = await lookFor({ frozen: askedOfArea(whole, claimed), roads }, working, {
    claimed: { ...claimed, held: [] },
    stillWorking: (soFar) => stillWorkingOnArea(sql, held, soFar),
    keepBetter: (better) => keepBetterArea(sql, held, better),
    letGo: () => letGoOfArea(sql, held),
  })
  if (found) await areaIsFound(sql, held, found)
}
