/** The map and roads of Westmarch, by the way that every county’s take: an extract is written, and read back. */
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { keepMap } from '#adapters/files/map-file.ts'
import { extractIn, keepExtract } from '#adapters/roads/extracts.ts'
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { type BuildReport, buildRoads, makeMap, SCHOOL_DRIVES, UK_SPEEDS } from '#roads'
import { WESTMARCH_EXTRACT } from './places.ts'
import { ROADS_SEED } from './roads/houses.ts'
import { drawRoads } from './roads/road-map.ts'
import { writeOsm } from './roads/write-osm.ts'

/** Writes the extract of Westmarch, its map and its network into a folder of Firstbell’s. */
export async function surveyWestmarch(folder: string): Promise<BuildReport> {
  await keepExtract(folder, { name: WESTMARCH_EXTRACT, bytes: writeOsm(drawRoads(ROADS_SEED).map) })
  const extract = extractIn(folder, WESTMARCH_EXTRACT)
  const { bytes } = await makeMap(extract, { attribution: 'Westmarch is invented' })
  await keepMap(folder, bytes)
  await mkdir(dirname(roadsFileIn(folder)), { recursive: true })
  const settings = { drives: SCHOOL_DRIVES, turns: true, speeds: UK_SPEEDS }
  return await buildRoads(extract, roadsFileIn(folder), settings)
}
