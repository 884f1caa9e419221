/**
 * The real PostgreSQL that comes with Firstbell, for machines that have none. Programs that name the same folder
 * share one server; the last to leave stops it; one that was killed leaves a server that the next one adopts.
 */
import { join } from 'node:path'
import { connect } from './connect.ts'
import { type Binaries, binariesFor } from './embedded/binaries.ts'
import { type Cluster, ensureCluster, passwordOf, prepareFolder } from './embedded/cluster.ts'
import { explained } from './embedded/failure.ts'
import { holdAlone, type Release, tryHoldAlone, tryShare } from './embedded/lock.ts'
import { findRunning, isAlive, type Server, startServer, stopServer } from './embedded/server.ts'

export { CannotStart } from './embedded/failure.ts'

export type EmbeddedOptions = {
  /** Where the database lives; made when it does not exist. */
  folder: string
  /** The database to make and name in the URL; `firstbell` when not said. */
  database?: string
  /** False gives up durability for speed, for tests. */
  durable?: boolean
  /** Hears what a person should know: where the data went, and why something takes long. */
  say?: (line: string) => void
}

export type Embedded = {
  url: string
  /** The folder really used, which may stand in for the one asked for. */
  folder: string
  /** Whether the server was running already. */
  adopted: boolean
  /** Leaves the server running, for others or for later. */
  leave: () => void
  /** Leaves the server; stops it if nobody else uses it. */
  stop: () => Promise<void>
}

/** How long between two looks at whether the server still lives. */
const WATCH_EVERY_MS = 1_000

/**
 * Starts or adopts the server in `folder` and makes sure the database is there. While this program lives, a server
 * that dies is started again on the same port. Throws CannotStart with a sentence for the person at the keyboard.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  try {
    return await start(options)
  } catch (cause) {
    throw explained(cause, options.folder)
  }
}

async function start({ folder, database = 'firstbell', durable = true, say = () => {} }: EmbeddedOptions) {
  const cluster = prepareFolder(folder, say)
  const binaries = binariesFor(cluster.account, say)
  const seat: Seat = { cluster, binaries, durable, say }

  const { server, adopted, release } = await whileAlone(seat, async () => {
    if (await ensureCluster(cluster, binaries, durable)) say(`A new database was made in ${cluster.folder}.`)
    const running = await findRunning(cluster)
    const server = running ?? (await startServer(cluster, binaries, durable))
    await ensureDatabase(urlOf(cluster, server, 'postgres'), database)
    return { server, adopted: running !== undefined, release: share(cluster) }
  })

  const unwatch = watch(seat, server)
  const leave = () => {
    unwatch()
    release()
  }
  const stop = async () => {
    leave()
    await stopIfUnused(seat)
  }
  return { url: urlOf(cluster, server, database), folder: cluster.folder, adopted, leave, stop }
}

/** Stops the server in `folder` unless another program uses it. Does nothing when none runs. */
export async function stopEmbedded(folder: string): Promise<void> {
  const cluster = prepareFolder(folder, () => {})
  await stopIfUnused({
    cluster,
    binaries: binariesFor(cluster.account, () => {}),
    durable: true,
    say: () => {},
  })
}

type Seat = { cluster: Cluster; binaries: Binaries; durable: boolean; say: (line: string) => void }

const useLock = ({ folder }: Cluster) => join(folder, 'in-use.lock')

async function whileAlone<T>({ cluster, say }: Seat, work: () => Promise<T>): Promise<T> {
  const startLock = join(cluster.folder, 'start.lock')
  const release = await holdAlone(startLock, () => say('Waiting for another program to start this database.'))
  try {
    return await work()
  } finally {
    release()
  }
}

function share(cluster: Cluster): Release {
  const release = tryShare(useLock(cluster))
  // Only who holds the start lock ever holds this one alone, and that is us.
  if (!release) throw new Error(`${useLock(cluster)} is held by a program that did not ask for it.`)
  return release
}

async function stopIfUnused(seat: Seat): Promise<void> {
  await whileAlone(seat, async () => {
    const release = tryHoldAlone(useLock(seat.cluster))
    if (!release) return
    if (await findRunning(seat.cluster)) await stopServer(seat.cluster, seat.binaries)
    release()
  })
}

/** Someone may kill the server and not us. The pool reconnects by itself once the port answers again. */
function watch(seat: Seat, first: Server): () => void {
  let server = first
  let mending = false
  let lastSaid = ''
  const mend = async () => {
    mending = true
    try {
      server = await whileAlone(
        seat,
        async () =>
          (await findRunning(seat.cluster)) ?? (await startServer(seat.cluster, seat.binaries, seat.durable)),
      )
      lastSaid = ''
      seat.say(`The database stopped and was started again on port ${server.port}.`)
    } catch (cause) {
      const { message } = explained(cause, seat.cluster.folder)
      // It is tried every second, and told once.
      if (message !== lastSaid) seat.say(`The database stopped and cannot be started again yet. ${message}`)
      lastSaid = message
    }
    mending = false
  }
  const timer = setInterval(() => {
    if (!mending && !isAlive(seat.cluster, server)) void mend()
  }, WATCH_EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}

const urlOf = (cluster: Cluster, { port }: Server, database: string) =>
  `postgres://postgres:${encodeURIComponent(passwordOf(cluster))}@127.0.0.1:${port}/${database}`

async function ensureDatabase(server: string, name: string): Promise<void> {
  const sql = connect(server, { atMost: 1, name: 'firstbell launcher' })
  try {
    const [there] = await sql`select 1 from pg_database where datname = ${name}`
    if (!there) await sql`create database ${sql(name)}`
  } finally {
    await sql.end()
  }
}
