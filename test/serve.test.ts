import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { stopEmbedded } from '#adapters/postgres/embedded.ts'

// The program as people start it, with its own database and a real port.
const folder = mkdtempSync(join(tmpdir(), 'firstbell-serve-'))
chmodSync(folder, 0o711)
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  await stopEmbedded(folder)
  rmSync(folder, { recursive: true, force: true })
})

type Ended = { code: number | null; said: string }
type Program = { child: ChildProcess; says: (words: string) => Promise<string>; ended: Promise<Ended> }

function begin(port: number, program = ['bin/run.mjs', 'src/cli/main.ts'], node = process.execPath): Program {
  const { DATABASE_URL: _, NODE_ENV: __, npm_lifecycle_event: ___, ...ours } = process.env
  const child = spawn(node, [...program, 'serve', '--data', folder], {
    env: { ...ours, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let said = ''
  const hear = (more: Buffer) => {
    said += more
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, said })))
  const says = async (words: string) => {
    while (!said.includes(words)) {
      const over = await Promise.race([ended, new Promise((resolve) => child.stderr.once('data', resolve))])
      if (over && typeof over === 'object' && 'code' in over)
        throw new Error(`It ended, having said: ${said}`)
    }
    return said
  }
  return { child, says, ended }
}

const aPort = () =>
  new Promise<number>((resolve) => {
    const listener = createServer().listen(0, '127.0.0.1', () => {
      const { port } = listener.address() as { port: number }
      listener.close(() => resolve(port))
    })
  })

const listeningOn = (port: number) =>
  new Promise<Server>((resolve) => {
    const listener = createServer().listen(port, '127.0.0.1', () => resolve(listener))
  })

test('serves the site until it is told to stop, and stops its database with it', async () => {
  const port = await aPort()
  const { child, says, ended } = begin(port)

  await says(`Firstbell is at http://localhost:${port}`)
  const page = await fetch(`http://localhost:${port}/sign-in`)
  child.kill('SIGTERM')

  expect(page.status).toBe(200)
  expect(await ended).toMatchObject({ code: 0 })
  expect(existsSync(join(folder, 'pg18/postmaster.pid'))).toBe(false)
})

test('two stand side by side on one database, each on its port', async () => {
  const ports = [await aPort(), await aPort()]
  const both = ports.map((port) => begin(port))

  await Promise.all(both.map(({ says }) => says('Firstbell is at')))
  both[0]?.child.kill('SIGTERM')
  await both[0]?.ended

  expect((await fetch(`http://localhost:${ports[1]}/sign-in`)).status).toBe(200)
})

test('a port that is taken is told in a sentence, before anything is started', async () => {
  const port = await aPort()
  const stranger = await listeningOn(port)

  const { code, said } = await begin(port).ended

  expect(code).toBe(1)
  expect(said.trim()).toBe(
    `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port + 1} npm start`,
  )
  stranger.close()
})

const older = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((path) => !path.includes('node_modules'))
  .map((path) => join(path, 'node'))
  .find((path) => existsSync(path) && majorOf(path) < 26)

function majorOf(node: string): number {
  return Number(spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout.split('.')[0])
}

test.runIf(older)('on an older Node it goes on with the one that came with it', async () => {
  const port = await aPort()
  const { child, says, ended } = begin(port, ['bin/run.mjs', 'src/cli/main.ts'], older)

  await says('Firstbell is at')
  child.kill('SIGTERM')

  expect((await ended).code).toBe(0)
})

test.runIf(older && majorOf(older) >= 22)(
  'started by hand on an older Node, it says so and stops',
  async () => {
    const { code, said } = await begin(await aPort(), ['src/cli/main.ts'], older).ended

    expect(code).toBe(1)
    expect(said).toMatch(/^Firstbell needs Node 26 and this is v/)
  },
)
