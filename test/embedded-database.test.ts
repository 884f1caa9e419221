import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { connect } from '#adapters/postgres/connect.ts'
import { canReach } from '#adapters/postgres/embedded/account.ts'
import { stopEmbedded } from '#adapters/postgres/embedded.ts'

// Real programs, really killed. What is tested is that the next one finds everything that was committed.
vi.setConfig({ testTimeout: 60_000 }) // each starts a database several times, and a busy machine is slow

const root = process.getuid?.() === 0
const nobody = 65_534
const nobodyCanRunThis = root && canReach(process.execPath, { name: 'nobody', uid: nobody, gid: nobody })
const folders: string[] = []
const keepers: Keeper[] = []

afterEach(async () => {
  for (const { child } of keepers.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) {
    if (existsSync(join(folder, 'data/pg18'))) await stopEmbedded(join(folder, 'data'))
    rmSync(folder, { recursive: true, force: true })
  }
})

/** A folder for one database, that any account may pass through. */
function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstbell-test-'))
  chmodSync(folder, 0o711)
  folders.push(folder)
  return join(folder, 'data')
}

type Line = {
  url?: string
  adopted?: boolean
  folder?: string
  kept?: string
  sentence?: string
  said?: string
  failed?: string
}
type Keeper = {
  child: ChildProcess
  said: string[]
  /** The next line that is an answer, not a remark. */
  answer: () => Promise<Line>
  keep: (word: string) => Promise<Line>
  kill: () => Promise<void>
  leave: () => Promise<void>
}

function keeper(folder: string, { as, before = [] }: { as?: number; before?: string[] } = {}): Keeper {
  const child = spawn(process.execPath, [...before, 'test/support/keeper.ts', folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(as !== undefined && { uid: as, gid: as }),
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const said: string[] = []
  const answer = async () => {
    for (;;) {
      const { value, done } = await lines.next()
      if (done) throw new Error('The keeper ended without an answer.')
      const line = JSON.parse(value) as Line
      if (line.said === undefined) return line
      said.push(line.said)
    }
  }
  const one: Keeper = {
    child,
    said,
    answer,
    keep: (word) => {
      child.stdin.write(`${word}\n`)
      return answer()
    },
    kill: () => {
      child.kill('SIGKILL')
      return ended
    },
    leave: () => {
      child.stdin.end()
      return ended
    },
  }
  keepers.push(one)
  return one
}

const pidFile = (folder: string) => join(folder, 'pg18/postmaster.pid')
const serverRuns = (folder: string) => existsSync(pidFile(folder))
const pidLines = (folder: string) =>
  serverRuns(folder) ? readFileSync(pidFile(folder), 'utf8').split('\n') : []
const serverPid = (folder: string) => Number(pidLines(folder)[0])
const isReady = (folder: string) => pidLines(folder)[7]?.trim() === 'ready'

async function wordsAt(url = ''): Promise<string[]> {
  const sql = connect(url, { atMost: 1 })
  const rows = await sql<{ word: string }[]>`select word from kept order by word`
  await sql.end()
  return rows.map(({ word }) => word)
}

test('a program that is killed leaves its server to the next one, and the last to leave stops it', async () => {
  const folder = aFolder()
  const first = keeper(folder)
  expect(await first.answer()).toMatchObject({ adopted: false, folder })
  await first.keep('apple')
  const pid = serverPid(folder)
  await first.kill()

  const second = keeper(folder)
  const { url, adopted } = await second.answer()

  expect(adopted).toBe(true)
  expect(serverPid(folder)).toBe(pid)
  expect(await wordsAt(url)).toEqual(['apple'])
  await second.leave()
  expect(serverRuns(folder)).toBe(false)
})

test('a server that is killed under a living program is started again, on its port, with what was committed', async () => {
  const folder = aFolder()
  const one = keeper(folder)
  const { url } = await one.answer()
  await one.keep('apple')
  const pid = serverPid(folder)

  process.kill(pid, 'SIGKILL')
  for (let tries = 0; tries < 200 && (serverPid(folder) === pid || !isReady(folder)); tries++) await sleep(50)

  expect(await one.keep('pear')).toEqual({ kept: 'pear' })
  expect(await wordsAt(url)).toEqual(['apple', 'pear'])
})

test('when program and server are both killed, the next start recovers', async () => {
  const folder = aFolder()
  const first = keeper(folder)
  await first.answer()
  await first.keep('apple')
  await first.kill()
  process.kill(serverPid(folder), 'SIGKILL')

  const second = keeper(folder)
  const { url, adopted } = await second.answer()

  expect(adopted).toBe(false)
  expect(await wordsAt(url)).toEqual(['apple'])
})

test('programs that start at once share one server, and it stays until both have left', async () => {
  const folder = aFolder()
  const both = [keeper(folder), keeper(folder), keeper(folder)]
  const answers = await Promise.all(both.map(({ answer }) => answer()))

  expect(new Set(answers.map(({ url }) => url)).size).toBe(1)
  expect(answers.map(({ adopted }) => adopted).sort()).toEqual([false, true, true])
  await both[0]?.leave()
  await both[1]?.kill()
  expect(await both[2]?.keep('apple')).toEqual({ kept: 'apple' })
  await both[2]?.leave()
  expect(serverRuns(folder)).toBe(false)
})

test('the port it had before may be taken by now', async () => {
  const folder = aFolder()
  const first = keeper(folder)
  const { url: before = '' } = await first.answer()
  await first.leave()
  const stranger = createServer().listen(Number(new URL(before).port), '127.0.0.1')

  const { url = '' } = await keeper(folder).answer()

  expect(new URL(url).port).not.toBe(new URL(before).port)
  stranger.close()
})

test('after a restart of the machine the number of the old server may belong to a stranger', async () => {
  const folder = aFolder()
  const first = keeper(folder)
  await first.answer()
  await first.keep('apple')
  await first.leave()
  const stale = [process.pid, join(folder, 'pg18'), 0, 5432, '', '127.0.0.1', '0 0', 'ready']
  writeFileSync(join(folder, 'pg18/postmaster.pid'), stale.join('\n'))

  const { url } = await keeper(folder).answer()

  expect(await wordsAt(url)).toEqual(['apple'])
})

test('a database that was half made when the power went is made again', async () => {
  const folder = aFolder()
  mkdirSync(join(folder, 'pg18.new'), { recursive: true })
  writeFileSync(join(folder, 'pg18.new/PG_VERSION'), '18')

  expect(await keeper(folder).answer()).toMatchObject({ adopted: false })
})

test('a file where the folder should be is told in a sentence', async () => {
  const folder = aFolder()
  writeFileSync(folder, '')

  expect(await keeper(folder).answer()).toEqual({
    failed: 'CannotStart',
    sentence: `${folder} is a file, and the database needs a folder. Choose another with --data.`,
  })
})

test('a machine nobody packaged PostgreSQL for is told what to do', async () => {
  const riscv = 'data:text/javascript,Object.defineProperty(process,"arch",{value:"riscv64"})'

  const { sentence } = await keeper(aFolder(), { before: ['--import', riscv] }).answer()

  expect(sentence).toContain('set DATABASE_URL to a PostgreSQL 16 or later')
})

test.runIf(root)('root keeps the database where its account can reach it', async () => {
  const outside = aFolder()
  const folder = join(outside, 'closed/data')
  mkdirSync(folder, { recursive: true })
  chmodSync(join(outside, 'closed'), 0o700)

  const one = keeper(folder)
  const answer = await one.answer()

  expect(answer.folder).toMatch(/^\/var\/tmp\/firstbell-data-/)
  expect(one.said[0]).toContain(`may not enter ${folder}`)
  await one.leave()
  rmSync(answer.folder ?? '', { recursive: true })
})

test.runIf(nobodyCanRunThis)('a folder that belongs to someone else is told in a sentence', async () => {
  const folder = aFolder()
  mkdirSync(folder, { mode: 0o755 })

  expect(await keeper(folder, { as: nobody }).answer()).toEqual({
    failed: 'CannotStart',
    sentence: `Firstbell may not write in ${folder}; it may belong to someone else. Start as its owner, or choose another folder with --data.`,
  })
})

test.runIf(nobodyCanRunThis)('what an ordinary user began, root carries on as that user', async () => {
  const folder = aFolder()
  chmodSync(join(folder, '..'), 0o777)
  const first = keeper(folder, { as: nobody })
  await first.answer()
  await first.keep('apple')
  await first.leave()

  const second = keeper(folder)
  const { url } = await second.answer()
  expect(await wordsAt(url)).toEqual(['apple'])
  await second.leave()

  const third = keeper(folder, { as: nobody })
  expect(await wordsAt((await third.answer()).url)).toEqual(['apple'])
})
