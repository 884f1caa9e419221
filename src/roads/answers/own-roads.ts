/** Our own network behind the port: the same questions, asked of threads that hold it. */
import { Worker } from 'node:worker_threads'
import { BadExtract } from '../osm/bad-extract.ts'
import type { BuildReport } from './build-roads.ts'
import type { Footway, WhichFootways } from './footways.ts'
import type { Question, Told } from './road-thread.ts'
import type { Matrix, TravelTimes } from './travel-times.ts'

export type OwnRoads = TravelTimes & {
  readonly report: BuildReport
  /** The ways on foot of this network, for an officer to choose from; at most a hundred. */
  footways(which: WhichFootways): Promise<Footway[]>
  /** Ends the threads. Questions still asked are never answered. */
  close(): Promise<void>
}

/**
 * Opens the road file at `path` in so many threads; a matrix is shared out among them.
 * Throws BadExtract with a sentence when the file cannot be used.
 */
export async function openRoads(path: string, threads = 1): Promise<OwnRoads> {
  const seats = Array.from({ length: threads }, () => new Seat(path))
  const reports = await Promise.allSettled(seats.map((seat) => seat.next<BuildReport>()))
  const failed = reports.find((report) => report.status === 'rejected')
  if (failed) {
    await Promise.all(seats.map((seat) => seat.close()))
    throw failed.reason
  }
  const report = (reports[0] as PromiseFulfilledResult<BuildReport>).value
  let turn = 0
  const ask = <T>(question: Question): Promise<T> => seats[turn++ % seats.length].ask<T>(question)
  return {
    report,
    network: report.network,
    async matrix(sources, targets, drive) {
      const share = Math.ceil(sources.length / threads)
      const parts = await Promise.all(
        seats.map((seat, i) =>
          seat.ask<Matrix>({
            ask: 'matrix',
            sources: sources.slice(i * share, (i + 1) * share),
            targets,
            drive,
          }),
        ),
      )
      return joined(parts, share, sources.length * targets.length)
    },
    nearest: (place, afoot) => ask({ ask: 'nearest', place, afoot }),
    path: (from, to, drive) => ask({ ask: 'path', from, to, drive }),
    walk: (from, to, avoiding) => ask({ ask: 'walk', from, to, avoiding }),
    isochrone: (from, withinSeconds, drive) => ask({ ask: 'isochrone', from, withinSeconds, drive }),
    footways: (which) => ask({ ask: 'footways', which }),
    async close() {
      await Promise.all(seats.map((seat) => seat.close()))
    },
  }
}

function joined(parts: readonly Matrix[], share: number, cells: number): Matrix {
  const [only] = parts
  if (parts.length === 1) return only
  const seconds = new Uint32Array(cells)
  const metres = new Uint32Array(cells)
  let at = 0
  for (const part of parts) {
    seconds.set(part.seconds, at)
    metres.set(part.metres, at)
    at += part.seconds.length
  }
  const far = parts.flatMap((part, i) => part.sourcesFarFromRoads.map((source) => i * share + source))
  return { ...only, seconds, metres, sourcesFarFromRoads: far }
}

type Waiting = { resolve: (answer: unknown) => void; reject: (cause: Error) => void }

/** One thread. It answers in the order in which it was asked. */
class Seat {
  readonly #worker: Worker
  readonly #waiting: Waiting[] = []

  constructor(path: string) {
    this.#worker = new Worker(new URL('./road-thread.ts', import.meta.url), { workerData: path })
    this.#worker.on('message', (told: Told) => this.#settle(told))
    this.#worker.on('error', (cause) => this.#fail(cause instanceof Error ? cause : new Error(String(cause))))
    this.#worker.unref()
  }

  async ask<T>(question: Question): Promise<T> {
    const answer = this.next<T>()
    this.#worker.postMessage(question)
    return await answer
  }

  /** What the thread says next: first of all, that it is ready. */
  async next<T>(): Promise<T> {
    // Only a thread that owes an answer keeps the program alive.
    this.#worker.ref()
    return (await new Promise<unknown>((resolve, reject) => this.#waiting.push({ resolve, reject }))) as T
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #settle(told: Told): void {
    const waiting = this.#waiting.shift()
    if (this.#waiting.length === 0) this.#worker.unref()
    if ('answer' in told) waiting?.resolve(told.answer)
    else waiting?.reject('sentence' in told ? new BadExtract(told.sentence) : new Error(told.fault))
  }

  #fail(cause: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(cause)
  }
}
