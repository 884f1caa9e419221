/** The network of roads beside the database: opened when somebody first asks, and anew once it was built anew. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BadExtract, type OwnRoads, openRoads } from '#roads'

/** Where the network is kept in a folder of Firstbell’s, unless FIRSTBELL_ROADS says where. */
export const roadsFileIn = (folder: string): string =>
  process.env['FIRSTBELL_ROADS'] || join(folder, 'roads', 'county.roads')

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
