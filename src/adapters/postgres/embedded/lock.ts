/**
 * Locks between programs, kept by the operating system: they vanish with the program that held them, even after
 * `kill -9`, so none is ever stale. SQLite's file locks are the ones Node offers on every platform.
 */
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

/** Lets go. Once is enough, twice does no harm. */
export type Release = () => void

const BUSY = 5

/** Holds `file` together with others who also share it; nothing while somebody holds it alone. */
export const tryShare = (file: string): Release | undefined => tryHold(file, 'begin')

/** Holds `file` alone; nothing while anybody else holds it. */
export const tryHoldAlone = (file: string): Release | undefined => tryHold(file, 'begin exclusive')

/** Waits for `file` until nobody else holds it. `onWait` is called once if there is any wait. */
export async function holdAlone(file: string, onWait: () => void): Promise<Release> {
  for (let tries = 0; ; tries++) {
    const release = tryHoldAlone(file)
    if (release) return release
    if (tries === 20) onWait()
    await sleep(50)
  }
}

function tryHold(file: string, begin: string): Release | undefined {
  const lock = new DatabaseSync(file)
  try {
    lock.exec('pragma busy_timeout = 0')
    lock.exec(begin)
    // A plain `begin` takes its share of the file only when it first reads.
    lock.prepare('select count(*) from sqlite_master').get()
  } catch (cause) {
    lock.close()
    if ((cause as { errcode?: number }).errcode === BUSY) return undefined
    throw cause
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}
