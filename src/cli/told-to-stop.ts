/** Ctrl-C, a closed terminal, a machine that shuts down: the program is told, and leaves nothing running behind. */

const LOOK_FOR_NPM_EVERY_MS = 500

/** Fulfilled once the program is told to stop. From the call on, being told no longer ends the program by itself. */
export function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    if (process.env['npm_lifecycle_event'] === undefined) return
    // npm, told to stop, stops the shell between us and not us. Without a parent we were meant too.
    const parent = process.ppid
    const timer = setInterval(() => process.ppid !== parent && resolve(), LOOK_FOR_NPM_EVERY_MS)
    timer.unref()
  })
}

export class Interrupted extends Error {
  override name = 'Interrupted'
}

/** The outcome of `work`, or an Interrupted fault as soon as the program is told to stop. */
export function unlessTold<T>(told: Promise<void>, work: Promise<T>): Promise<T> {
  const interrupted = told.then((): never => {
    throw new Interrupted('Stopped before it was done. Whatever was not finished has been undone.')
  })
  return Promise.race([work, interrupted])
}
