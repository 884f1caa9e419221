/** Makes a network or a map of an extract in a thread of its own. */
import { Worker } from 'node:worker_threads'
import { BadExtract } from '../osm/bad-extract.ts'
import type { MadeMap } from '../tiles/make-map.ts'
import type { BuildReport, BuildSettings, Step } from './build-roads.ts'
import type { Heard, Work } from './build-thread.ts'

type Hear = (step: Step) => void

/** As `buildRoads`, in a thread: the same report, and the same BadExtract when the extract cannot be used. */
export const buildRoadsInThread = (
  { extract, out, settings }: { extract: string; out: string; settings: BuildSettings },
  hear: Hear,
): Promise<BuildReport> => made<BuildReport>({ make: 'network', extract, out, settings }, hear)

/** As `makeMap`, in a thread: the same map, and the same BadExtract when the extract cannot be used. */
export const makeMapInThread = (
  { extract, attribution }: { extract: string; attribution: string },
  hear: Hear,
): Promise<MadeMap> => made<MadeMap>({ make: 'map', extract, attribution }, hear)

function made<T>(work: Work, hear: Hear): Promise<T> {
  const thread = new Worker(new URL('./build-thread.ts', import.meta.url), { workerData: work })
  return new Promise((resolve, reject) => {
    thread.on('message', (heard: Heard) => {
      if ('step' in heard) hear(heard.step)
      else if ('made' in heard) resolve(heard.made as T)
      else reject('sentence' in heard ? new BadExtract(heard.sentence) : new Error(heard.fault))
    })
    thread.once('error', reject)
    // Whoever has heard what was made is not hurt by a second refusal.
    thread.once('exit', () => reject(new Error('The thread that made roads ended without an answer.')))
  })
}
