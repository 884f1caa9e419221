/** Builds the network somebody asked for, and the map beside it, and puts both into use when they are whole. */
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { keepMap } from '#adapters/files/map-file.ts'
import { extractIn } from '#adapters/roads/extracts.ts'
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import {
  buildFailed,
  buildIsInUse,
  buildNumbered,
  buildProgress,
  type RoadBuild,
  type SchoolPlace,
  schoolPlaces,
} from '#distances/road-build-store'
import { speedsOn } from '#distances/speed-store'
import { askToMeasure } from '#distances/store'
import { now } from '#ground/time.ts'
import { WESTMARCH_EXTRACT } from '#westmarch'
import type { Job, JobVisit } from '#worker/job.ts'
import type { Step } from './answers/build-roads.ts'
import { buildRoadsInThread, makeMapInThread } from './answers/make-in-thread.ts'
import { openRoads } from './answers/own-roads.ts'
import { SCHOOL_DRIVES } from './answers/travel-times.ts'
import { OPENSTREETMAP } from './map.command.ts'
import { BadExtract } from './osm/bad-extract.ts'
import { elsewhereInWords } from './roads.view.ts'

export const buildRoadsJob: Job = {
  name: 'build-roads',

  async run({ payload, sql, today, folder }) {
    const build = await buildNumbered(sql, (payload as { build: number }).build)
    if (folder === undefined || !build || build.endedAt !== null) return
    try {
      const made = await makeRoads({ sql, today }, folder, build)
      await buildIsInUse(sql, build, { ...made, at: now() })
    } catch (cause) {
      const sentence =
        cause instanceof BadExtract
          ? cause.message.replaceAll(extractIn(folder, build.extract), build.extract)
          : 'Firstbell met a fault of its own. Try again, or report it.'
      await buildFailed(sql, build.id, { sentence, at: now() })
      if (!(cause instanceof BadExtract)) throw cause
    }
    await askToMeasure(sql)
  },
}

type Given = Pick<JobVisit, 'sql' | 'today'>

async function makeRoads({ sql, today }: Given, folder: string, build: RoadBuild) {
  const extract = extractIn(folder, build.extract)
  const file = roadsFileIn(folder)
  const draft = `${file}.draft`
  const told: Promise<void>[] = []
  const hear = nowAndThen((step) => told.push(buildProgress(sql, build.id, step)))
  try {
    await mkdir(dirname(file), { recursive: true })
    const settings = { drives: SCHOOL_DRIVES, turns: true, speeds: await speedsOn(sql, today) }
    await buildRoadsInThread({ extract, out: draft, settings }, hear)
    const tried = await tryRoads(draft, await schoolPlaces(sql, today))
    const map = await makeMapInThread({ extract, attribution: attributionOf(build.extract) }, hear)
    await keepMap(folder, map.bytes)
    await rename(draft, file)
    return tried
  } finally {
    await Promise.all(told)
    await rm(draft, { force: true })
  }
}

/** Loads a network as everybody will, and asks which schools it reaches. Throws BadExtract when it reaches none. */
async function tryRoads(file: string, schools: readonly SchoolPlace[]) {
  const roads = await openRoads(file)
  try {
    const found = await Promise.all(schools.map(({ place }) => roads.nearest(place, 'drive')))
    const farSchools = schools.filter((_, i) => found[i]?.found === false).map(({ school }) => school)
    if (schools.length > 0 && farSchools.length === schools.length)
      throw new BadExtract(elsewhereInWords(roads.report, schools.length))
    return { network: roads.network, farSchools }
  } finally {
    await roads.close()
  }
}

/** Westmarch is nobody’s but ours; every other extract is of OpenStreetMap’s people. */
const attributionOf = (extract: string): string =>
  extract === WESTMARCH_EXTRACT ? 'Westmarch is invented' : OPENSTREETMAP

/** Progress comes thousands of times; it is written down at each twentieth. */
function nowAndThen(tell: (step: Step) => void): (step: Step) => void {
  let last = ''
  return ({ doing, done }) => {
    const twentieth = Math.floor(done * 20)
    const line = `${doing} ${twentieth}`
    if (line !== last) tell({ doing, done: twentieth / 20 })
    last = line
  }
}
