/** The map and roads of Westmarch are made while the site already serves, in a thread of its own, so that nobody waits for it. */
import { existsSync } from 'node:fs'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { installationOf } from '#access/session-store'
import { mapFileIn } from '#adapters/files/map-file.ts'
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { askToMeasure } from '#distances/store'
import type { Database } from './database.ts'

export type Survey = { isUnderway: () => boolean; stop: () => Promise<unknown> }

/** Surveys Westmarch where it has no map or roads yet. Another county is never surveyed unasked. */
export async function surveyIfNone(
  { sql, folder }: Pick<Database, 'sql' | 'folder'>,
  say: (line: string) => void,
): Promise<Survey | undefined> {
  const isSurveyed = [mapFileIn(folder), roadsFileIn(folder)].every((file) => existsSync(file))
  if (isSurveyed || !(await installationOf(sql)).demonstration) return undefined
  const thread = new Worker(new URL(import.meta.url), { workerData: folder })
  thread.once('error', ({ message }) => say(`The map and roads of Westmarch could not be made: ${message}`))
  let isUnderway = true
  thread.once('exit', (code) => {
    isUnderway = false
    if (code !== 0) return
    say('The map and roads of Westmarch are ready.')
    askToMeasure(sql).catch(({ message }) => say(`Nobody could be asked to measure distances: ${message}`))
  })
  return { isUnderway: () => isUnderway, stop: () => thread.terminate() }
}

if (!isMainThread) {
  const { surveyWestmarch } = await import('#westmarch/survey-store')
  await surveyWestmarch(workerData as string)
}
