/** The roads as they are now, for work that asks much and then lets go of them. */
import { existsSync } from 'node:fs'
import { crowFly, type OwnRoads, openRoads, type TravelTimes } from '#roads'

export type RoadsNow = { roads: TravelTimes | OwnRoads; close: () => Promise<void> }

/**
 * The network in `file`, or where none was built an estimate by straight line, which says so of every answer.
 * Throws BadExtract with a sentence when there is a network that cannot be read: what was measured is never replaced by
 * estimates for that.
 */
export async function roadsNow(file: string): Promise<RoadsNow> {
  if (!existsSync(file)) return { roads: crowFly(), close: async () => {} }
  const roads = await openRoads(file)
  return { roads, close: () => roads.close() }
}
