/**
 * Starts, finds and stops the server of one cluster. Whoever calls holds the cluster's start lock.
 */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { giveTo } from './account.ts'
import type { Binaries } from './binaries.ts'
import { type Cluster, runOptions } from './cluster.ts'
import { CannotStart, explained } from './failure.ts'

export type Server = { pid: number; port: number }

const run = promisify(execFile)
const SECONDS_TO_RECOVER = 300

const DURABLE = ['shared_buffers=128MB', 'max_connections=60', 'jit=off', 'max_wal_size=1GB']
/** For tests: a power cut may lose everything, and everything is made again in a second. */
const FAST = [...DURABLE, 'fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']
const LOCAL_ONLY = ['listen_addresses=127.0.0.1', 'unix_socket_directories=']

/**
 * The server that is already running on this cluster, perhaps left behind by a program that was killed.
 * Waits for one that is still starting or stopping; clears away what a dead one left.
 */
export async function findRunning(cluster: Cluster): Promise<Server | undefined> {
  for (;;) {
    const found = readPidFile(cluster)
    if (!found) return undefined
    if (!isAlive(cluster, found)) {
      // After a restart of the machine or container, its number may belong to a stranger.
      rmSync(pidFile(cluster), { force: true })
      return undefined
    }
    if (found.status === 'ready') return found
    await sleep(50)
  }
}

/** Starts a server on a free port, the one it had before where possible. Throws CannotStart with the reason. */
export async function startServer(cluster: Cluster, binaries: Binaries, durable: boolean): Promise<Server> {
  for (let tries = 1; ; tries++) {
    const port = await freePort(tries === 1 ? portBefore(cluster) : 0)
    const cause = await start(cluster, binaries, { port, settings: durable ? DURABLE : FAST })
    const server = await findRunning(cluster)
    if (server) {
      writeFileSync(portFile(cluster), String(server.port))
      return server
    }
    if (tries >= 10 || !mayPass(logOf(cluster))) throw whyItFailed(cluster, cause)
    await sleep(300)
  }
}

/** Stops the server after letting its transactions fail; everything committed is on disk. */
export async function stopServer(cluster: Cluster, binaries: Binaries): Promise<void> {
  await run(binaries.pgCtl, ['stop', '-D', cluster.path, '-m', 'fast', '-w', '-t', '60'], runOptions(cluster))
}

type Start = { port: number; settings: readonly string[] }

/** Gives back what went wrong, if anything did. */
async function start(cluster: Cluster, { pgCtl }: Binaries, { port, settings }: Start): Promise<unknown> {
  const log = logFile(cluster)
  writeFileSync(log, '', { mode: 0o600 })
  giveTo(log, cluster.account)
  const options = [...settings, ...LOCAL_ONLY].map((setting) => `-c ${setting}`).join(' ')
  const words = ['start', '-D', cluster.path, '-l', log, '-w', '-t', String(SECONDS_TO_RECOVER), '-s']
  try {
    await run(pgCtl, [...words, '-o', `-p ${port} ${options}`], runOptions(cluster))
    return undefined
  } catch (cause) {
    return cause
  }
}

/** A port taken between our look and PostgreSQL's, and memory that a killed server's children still hold. */
const mayPass = (log: string) =>
  /Address already in use|could not create any TCP\/IP sockets|pre-existing shared memory block/.test(log)

function whyItFailed(cluster: Cluster, cause: unknown): Error {
  const text = logOf(cluster)
  const known = explained(new Error(text, { cause }), cluster.folder)
  if (known instanceof CannotStart) return known
  const fatal = /(?:FATAL|PANIC):\s*(.*)/.exec(text)?.[1] ?? (cause instanceof Error ? cause.message : '')
  return new CannotStart(
    `The embedded PostgreSQL did not start: ${fatal.trim()}. The whole story is in ${logFile(cluster)}.`,
    { cause },
  )
}

const logFile = ({ folder }: Cluster) => join(folder, 'postgres.log')
const logOf = (cluster: Cluster) => readFileSync(logFile(cluster), 'utf8')
const pidFile = ({ path }: Cluster) => join(path, 'postmaster.pid')
const portFile = ({ folder }: Cluster) => join(folder, 'port')

const portBefore = (cluster: Cluster) =>
  existsSync(portFile(cluster)) ? Number(readFileSync(portFile(cluster), 'utf8')) : 0

function readPidFile(cluster: Cluster): (Server & { status: string }) | undefined {
  if (!existsSync(pidFile(cluster))) return undefined
  const lines = readFileSync(pidFile(cluster), 'utf8').split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() }
}

/** Whether this server of this cluster still runs: a number alone could be a stranger's, or a zombie's. */
export function isAlive({ path }: Cluster, { pid }: Server): boolean {
  const commandLine = `/proc/${pid}/cmdline`
  if (process.platform !== 'linux') return answersSignals(pid)
  if (!existsSync(commandLine)) return false
  const words = readFileSync(commandLine, 'utf8').split('\0')
  return words.some((word) => word.endsWith('postgres')) && words.includes(path)
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as { code?: string }).code === 'EPERM'
  }
}

/** `wanted` when it is free, else any port that is. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const listener = createServer()
    listener.once('error', (cause) => (wanted === 0 ? reject(cause) : resolve(freePort(0))))
    listener.listen(wanted, '127.0.0.1', () => {
      const address = listener.address()
      listener.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
