/** The map of Westmarch, by the way that every county’s takes: an extract is written, read back and cut into tiles. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keepMap } from '#adapters/files/map-file.ts'
import { makeMap } from '#roads'
import { ROADS_SEED } from './roads/houses.ts'
import { drawRoads } from './roads/road-map.ts'
import { writeOsm } from './roads/write-osm.ts'

/** Writes the extract of Westmarch and its map into a folder of Firstbell’s. */
export async function surveyWestmarch(folder: string): Promise<void> {
  const extract = join(folder, 'westmarch.osm.pbf')
  await mkdir(folder, { recursive: true })
  await writeFile(extract, writeOsm(drawRoads(ROADS_SEED).map))
  const { bytes } = await makeMap(extract, { attribution: 'Westmarch is invented' })
  await keepMap(folder, bytes)
}
