/** The map and roads of Westmarch are made while the site already serves, in a thread of its own, so that nobody waits for it. */
import { existsSync } from 'node:fs'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { installationOf } from '#access/session-store'
import { mapFileIn } from '#adapters/files/map-file.ts'
import { outdatedRoads, roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { recordBuilt } from '#distances/road-build-store'
import { askToMeasure } from '#distances/store'
import { now } from '#ground/time.ts'
import { FIRSTBELL } from '#knowledge/store'
import { WESTMARCH_EXTRACT } from '#westmarch'
import type { Database } from './database.ts'

export type Survey = { isUnderway: () => boolean; stop: () => Promise<unknown> }

/**
 * Surveys Westmarch where it has no map or roads yet, or roads of another version without the extract they were made of.
 * Another county is never surveyed unasked.
 */
export async function surveyIfNone(
  { sql, folder }: Pick<Database, 'sql' | 'folder'>,
  say: (line: string) => void,
): Promise<Survey | undefined> {
  const isMade = [mapFileIn(folder), roadsFileIn(folder)].every((file) => existsSync(file))
  const isSurveyed = isMade && outdatedRoads(folder)?.isHere !== false
  if (isSurveyed || !(await installationOf(sql)).demonstration) return undefined
  const thread = new Worker(new URL(import.meta.url), { workerData: folder })
  thread.once('error', ({ message }) => say(`The map and roads of Westmarch could not be made: ${message}`))
  let isUnderway = true
  thread.once('message', (network: string) => {
    isUnderway = false
    say('The map and roads of Westmarch are ready.')
    putIntoUse(sql, network).catch(({ message }) => say(`Their use could not be recorded: ${message}`))
  })
  thread.once('exit', () => {
    isUnderway = false
  })
  return { isUnderway: () => isUnderway, stop: () => thread.terminate() }
}

async function putIntoUse(sql: Database['sql'], network: string): Promise<void> {
  await recordBuilt(sql, { extract: WESTMARCH_EXTRACT, network, by: FIRSTBELL, at: now() })
  await askToMeasure(sql)
}

if (!isMainThread) {
  const { surveyWestmarch } = await import('#westmarch/survey-store')
  const { network } = await surveyWestmarch(workerData as string)
  parentPort?.postMessage(network)
}
