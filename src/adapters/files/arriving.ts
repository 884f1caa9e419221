/** Files on their way in that are too large to hold in memory: put down on disk as they come, beside the database. */
import { randomUUID } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Instant } from '#ground/time.ts'

/** Nobody sends for so long without a byte: what was not written to since is of a program that was killed. */
const GIVEN_UP_AFTER_MS = 60 * 60 * 1000

const arrivingIn = (folder: string): string => join(folder, 'arriving')

export type PutDown = { path: string; bytes: number }

/**
 * Puts down what comes, and gives where it lies once all of it is on the disk. When the sender breaks off, or the disk is
 * full, nothing of it is left, and what went wrong is thrown.
 */
export async function putDown(folder: string, coming: Readable): Promise<PutDown> {
  await mkdir(arrivingIn(folder), { recursive: true })
  const path = join(arrivingIn(folder), randomUUID())
  const file = createWriteStream(path, { flags: 'wx', flush: true })
  try {
    await pipeline(coming, file)
  } catch (cause) {
    await rm(path, { force: true })
    throw cause
  }
  return { path, bytes: file.bytesWritten }
}

/** Takes away what a program that was killed in the middle left behind. */
export async function clearGivenUp(folder: string, now: Instant): Promise<void> {
  if (!existsSync(arrivingIn(folder))) return
  const before = Temporal.Instant.from(now).epochMilliseconds - GIVEN_UP_AFTER_MS
  for (const name of await readdir(arrivingIn(folder))) {
    const path = join(arrivingIn(folder), name)
    if ((await stat(path)).mtimeMs < before) await rm(path, { force: true })
  }
}
