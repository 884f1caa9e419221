/** The network of roads beside the database: opened when somebody first asks, and anew once it was built anew. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BadExtract, extractOfAnotherVersion, type OwnRoads, openRoads } from '#roads'
import { extractIn } from './extracts.ts'

/** Where the network is kept in a folder of Firstbell’s, unless FIRSTBELL_ROADS says where. */
export const roadsFileIn = (folder: string): string =>
  process.env['FIRSTBELL_ROADS'] || join(folder, 'roads', 'county.roads')

/** A network that another version of Firstbell wrote: it must be built again before anybody can ask it. */
export type Outdated = {
  /** What it was made of, by name; empty where it does not say. */
  extract: string
  /** Whether that extract still lies here, so that it can be built again. */
  isHere: boolean
}

/** The network kept in a folder of Firstbell’s, where it is of another version; nothing otherwise. */
export function outdatedRoads(folder: string): Outdated | undefined {
  const extract = extractOfAnotherVersion(roadsFileIn(folder))
  if (extract === undefined) return undefined
  return { extract, isHere: extract !== '' && existsSync(extractIn(folder, extract)) }
}

export type KeptRoads = {
  /** Nothing while no network was built, or when it cannot be read. */
  ask: () => Promise<OwnRoads | undefined>
  close: () => Promise<void>
}

/** Hands out the network in `file`. It may be built, or built anew, while the site is up. `say` hears why it cannot be read. */
export function keepRoads(file: string | undefined, say: (line: string) => void): KeptRoads {
  let made = ''
  let open: Promise<OwnRoads | undefined> = Promise.resolve(undefined)
  const opened = (path: string) =>
    openRoads(path).catch((cause: unknown) => {
      if (!(cause instanceof BadExtract)) throw cause
      say(cause.message)
      return undefined
    })
  return {
    async ask() {
      if (file === undefined || !existsSync(file)) return undefined
      const { mtimeMs, size } = statSync(file)
      const name = `${mtimeMs} ${size}`
      if (name !== made) {
        const before = open
        made = name
        open = opened(file)
        // Whoever asked the old network has long had an answer once the new one is read.
        void open.then(async () => (await before)?.close())
      }
      return await open
    },
    close: async () => (await open)?.close(),
  }
}
