/** A thread that makes a network, or a map, of an extract, so that no page waits for it. */
import { parentPort, workerData } from 'node:worker_threads'
import { BadExtract } from '../osm/bad-extract.ts'
import { makeMap } from '../tiles/make-map.ts'
import { type BuildSettings, buildRoads, type Step } from './build-roads.ts'

export type Work =
  | { make: 'network'; extract: string; out: string; settings: BuildSettings }
  | { make: 'map'; extract: string; attribution: string }

export type Heard = { step: Step } | { made: unknown } | { sentence: string } | { fault: string }

const say = (heard: Heard) => parentPort?.postMessage(heard)

function done(work: Work): Promise<unknown> {
  const onStep = (step: Step) => say({ step })
  if (work.make === 'network') return buildRoads(work.extract, work.out, work.settings, onStep)
  return makeMap(work.extract, { attribution: work.attribution }, ({ zoom, mostZoom }) =>
    onStep({ doing: 'Drawing the map', done: zoom / mostZoom }),
  )
}

try {
  say({ made: await done(workerData as Work) })
} catch (cause) {
  if (cause instanceof BadExtract) say({ sentence: cause.message })
  else say({ fault: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
}
