/** The map and roads of Westmarch, by the way that every county’s take: an extract is written, and read back. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { keepMap } from '#adapters/files/map-file.ts'
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { buildRoads, type Drive, makeMap, UK_SPEEDS } from '#roads'
import { ROADS_SEED } from './roads/houses.ts'
import { drawRoads } from './roads/road-map.ts'
import { writeOsm } from './roads/write-osm.ts'

// What its operators drive, when they drive pupils.
const drives: Drive[] = (['minibus', 'taxi'] as const).flatMap((vehicle) => [
  { vehicle, at: 'school-morning' },
  { vehicle, at: 'school-afternoon' },
])

/** Writes the extract of Westmarch, its map and its network into a folder of Firstbell’s. */
export async function surveyWestmarch(folder: string): Promise<void> {
  const extract = join(folder, 'westmarch.osm.pbf')
  await mkdir(folder, { recursive: true })
  await writeFile(extract, writeOsm(drawRoads(ROADS_SEED).map))
  const { bytes } = await makeMap(extract, { attribution: 'Westmarch is invented' })
  await keepMap(folder, bytes)
  await mkdir(dirname(roadsFileIn(folder)), { recursive: true })
  await buildRoads(extract, roadsFileIn(folder), { drives, turns: true, speeds: UK_SPEEDS })
}
