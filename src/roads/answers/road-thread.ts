/** A thread that holds a network and answers one question at a time, so that no page waits for a matrix. */
import { parentPort, workerData } from 'node:worker_threads'
import { BadExtract } from '../osm/bad-extract.ts'
import type { WhichFootways } from './footways.ts'
import { RoadMap } from './road-map.ts'
import type { Afoot, Avoiding, Call, Drive, Matrix, Place } from './travel-times.ts'

export type Question =
  | { ask: 'matrix'; sources: readonly Place[]; targets: readonly Call[]; drive: Drive }
  | { ask: 'nearest'; place: Place; afoot: Afoot }
  | { ask: 'path'; from: Place; to: Call; drive: Drive }
  | { ask: 'walk'; from: Place; to: Place; avoiding: Avoiding }
  | { ask: 'isochrone'; from: Place; withinSeconds: number; drive: Drive }
  | { ask: 'footways'; which: WhichFootways }

export type Told = { answer: unknown } | { sentence: string } | { fault: string }

function answer(map: RoadMap, question: Question): unknown {
  switch (question.ask) {
    case 'matrix':
      return map.matrix(question.sources, question.targets, question.drive)
    case 'nearest':
      return map.nearest(question.place, question.afoot)
    case 'path':
      return map.path(question.from, question.to, question.drive)
    case 'walk':
      return map.walk(question.from, question.to, question.avoiding)
    case 'isochrone':
      return map.isochrone(question.from, question.withinSeconds, question.drive)
    case 'footways':
      return map.footways(question.which)
  }
}

function told(work: () => unknown): Told {
  try {
    return { answer: work() }
  } catch (cause) {
    if (cause instanceof BadExtract) return { sentence: cause.message }
    return { fault: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) }
  }
}

let map: RoadMap | undefined
const loaded = told(() => {
  map = new RoadMap(workerData as string)
  return map.report
})
parentPort?.postMessage(loaded)
parentPort?.on('message', (question: Question) => {
  const said = told(() => map && answer(map, question))
  parentPort?.postMessage(said, columnsOf(said))
})

/** A matrix of a county is hundreds of megabytes: it is handed over, not copied. */
function columnsOf(said: Told): ArrayBuffer[] {
  const { seconds, metres } = ('answer' in said && said.answer ? said.answer : {}) as Partial<Matrix>
  return seconds instanceof Uint32Array && metres instanceof Uint32Array
    ? [seconds.buffer as ArrayBuffer, metres.buffer as ArrayBuffer]
    : []
}
