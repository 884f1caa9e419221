/** Serves the site, does the background jobs, and leaves nothing behind when told to stop. */
import { createServer } from 'node:net'
import { pino } from 'pino'
import { anybodyCanEnter } from '#access/people-store'
import { mapFileIn } from '#adapters/files/map-file.ts'
import { CannotStart } from '#adapters/postgres/embedded.ts'
import { outdatedRoads, roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { roadsNow } from '#adapters/roads/roads-now.ts'
import { startServer } from '#web/server.ts'
import { startWorker } from '../worker/main.ts'
import type { Database } from './database.ts'
import { buildRoadsAgain } from './roads-again.ts'
import type { SiteSettings } from './site-settings.ts'

/** Asks before long work begins: throws CannotStart with a sentence when the site could not be served there. */
export async function portMustBeFree({ port, host }: Pick<SiteSettings, 'port' | 'host'>): Promise<void> {
  // A program on one of the two would answer some browsers in our place.
  for (const address of host === 'localhost' ? ['127.0.0.1', '::1'] : [host]) {
    const code = await refusalToListen(port, address)
    if (code === 'EADDRINUSE') {
      throw new CannotStart(
        `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port + 1} npm start`,
      )
    }
    if (code === 'EACCES') {
      throw new CannotStart(`Port ${port} is kept for root. Choose another port: PORT=3000 npm start`)
    }
    if (host !== 'localhost' && code !== undefined) {
      throw new CannotStart(
        `HOST is "${host}", which is no address of this machine. Expected one, as HOST=0.0.0.0 for all.`,
      )
    }
  }
}

function refusalToListen(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const listener = createServer()
    listener.once('error', (cause) => resolve((cause as { code?: string }).code))
    listener.listen(port, host, () => listener.close(() => resolve(undefined)))
  })
}

export type Serving = {
  database: Database
  settings: SiteSettings
  say: (line: string) => void
  told: Promise<void>
  /** Whether the county’s roads are being made in this very moment. */
  isSurveying: () => boolean
}

/** Serves until the program is told to stop; then finishes what was begun. Throws CannotStart as above. */
export async function serve({ database, settings, say, told, isSurveying }: Serving): Promise<void> {
  const logger = pino(
    { level: process.env['LOG_LEVEL'] ?? 'warn' },
    pino.destination({ dest: 2, sync: true }),
  )
  const server = await startServer({
    sql: database.sql,
    ...settings,
    logger,
    mapFile: mapFileIn(database.folder),
    roadsFile: roadsFileIn(database.folder),
    folder: database.folder,
  })
  if (!server.ok) throw new CannotStart(server.refusal)
  if (!isSurveying()) await buildRoadsAgain(database, say)
  const areBeingMade = () => isSurveying() || outdatedRoads(database.folder) !== undefined
  const worker = await startWorker({
    ...database,
    roads: async () => (areBeingMade() ? undefined : await roadsNow(roadsFileIn(database.folder))),
    say: (line) => logger.warn(line),
  })
  say(`Firstbell is at ${settings.publicUrl ?? server.value.url} — stop it with Ctrl-C.`)
  if (!(await anybodyCanEnter(database.sql)))
    say(
      'Nobody can sign in yet. Name the council and open the first account: firstbell council, firstbell account open.',
    )
  await told
  await server.value.close()
  await worker.stop()
}
