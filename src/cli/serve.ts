/** Serves the site, does the background jobs, and leaves nothing behind when told to stop. */
import { createServer } from 'node:net'
import { pino } from 'pino'
import { mapFileIn } from '#adapters/files/map-file.ts'
import { CannotStart } from '#adapters/postgres/embedded.ts'
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { roadsNow } from '#adapters/roads/roads-now.ts'
import { startServer } from '#web/server.ts'
import { startWorker } from '../worker/main.ts'
import type { Database } from './database.ts'

/** Reads PORT: a whole number up to 65535, 3000 when not set. Throws CannotStart for anything else. */
export function portFrom(text: string | undefined): number {
  if (!text) return 3000
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new CannotStart(`PORT is "${text}". Expected a number from 1 to 65535, as PORT=3001.`)
}

/** Asks before long work begins: throws CannotStart with a sentence when somebody else listens on the port. */
export async function portMustBeFree(port: number): Promise<void> {
  // A program on one of the two would answer some browsers in our place.
  for (const host of ['127.0.0.1', '::1']) {
    const code = await refusalToListen(port, host)
    if (code === 'EADDRINUSE') {
      throw new CannotStart(
        `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port + 1} npm start`,
      )
    }
    if (code === 'EACCES') {
      throw new CannotStart(`Port ${port} is kept for root. Choose another port: PORT=3000 npm start`)
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
  port: number
  say: (line: string) => void
  told: Promise<void>
  /** Whether the county’s roads are being made in this very moment. */
  isSurveying: () => boolean
}

/** Serves until the program is told to stop; then finishes what was begun. Throws CannotStart as above. */
export async function serve({ database, port, say, told, isSurveying }: Serving): Promise<void> {
  const logger = pino(
    { level: process.env['LOG_LEVEL'] ?? 'warn' },
    pino.destination({ dest: 2, sync: true }),
  )
  const server = await startServer({
    sql: database.sql,
    port,
    logger,
    mapFile: mapFileIn(database.folder),
    roadsFile: roadsFileIn(database.folder),
    folder: database.folder,
  })
  if (!server.ok) throw new CannotStart(server.refusal)
  const worker = await startWorker({
    ...database,
    roads: async () => (isSurveying() ? undefined : await roadsNow(roadsFileIn(database.folder))),
    say: (line) => logger.warn(line),
  })
  say(`Firstbell is at ${server.value.url} — stop it with Ctrl-C.`)
  await told
  await server.value.close()
  await worker.stop()
}
