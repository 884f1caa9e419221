/** A network of roads that another version of Firstbell wrote is built again by itself, when the site starts. */
import { outdatedRoads } from '#adapters/roads/kept-roads.ts'
import { askForBuild, lastBuilds, queueBuild } from '#distances/road-build-store'
import { now } from '#ground/time.ts'
import { FIRSTBELL } from '#knowledge/store'
import type { Database } from './database.ts'

/** Asks a worker to build it again of the extract it was made of, or says what somebody must do. */
export async function buildRoadsAgain(
  { sql, folder }: Pick<Database, 'sql' | 'folder'>,
  say: (line: string) => void,
): Promise<void> {
  const outdated = outdatedRoads(folder)
  if (!outdated) return
  const { extract, isHere } = outdated
  const why = 'The network of roads was written by another version of Firstbell.'
  if (!isHere)
    return say(
      `${why} The extract it was made of${extract && `, ${extract},`} is not here: send it on the page Roads. Until then distances are estimated.`,
    )
  say(`${why} It is built again of ${extract}; the page Roads says how far it is.`)
  const [last] = await lastBuilds(sql, 1)
  if (last?.endedAt !== null)
    await queueBuild(sql, await askForBuild(sql, { extract, by: FIRSTBELL, at: now() }))
}
