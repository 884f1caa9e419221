/** The two commands of a fresh machine, once what they need is installed: the first start, and every other. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { stopEmbedded } from '#adapters/postgres/embedded.ts'
import type { Part } from './part.ts'

const checkout = resolve(import.meta.dirname, '..')

export const startPart: Part = {
  name: 'start',
  about:
    'From the command to the line that says where the site is. The first start makes Westmarch at 1,200 pupils with two and a half years of history; the second opens what is there.',

  async measure({ time }) {
    const folder = mkdtempSync(join(tmpdir(), 'firstbell-bench-'))
    chmodSync(folder, 0o711)
    try {
      const once = () => startAndStop(folder)
      return [
        await time('first start', once, { times: 1, warmUp: false, atMost: 60_000 }),
        await time('second start', once, { times: 5, atMost: 3_000 }),
      ]
    } finally {
      await stopEmbedded(folder)
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Starts the program and waits until it serves. The time it takes to stop is in the figure too. */
async function startAndStop(folder: string): Promise<void> {
  const { DATABASE_URL: _, NODE_ENV: __, ...ours } = process.env
  const env = { ...ours, PORT: String(await freePort()) }
  const child = spawn(process.execPath, ['bin/run.mjs', 'src/cli/main.ts', 'start', '--data', folder], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  await new Promise<void>((serves, fails) => {
    child.stderr.on('data', (more: Buffer) => {
      said += more
      if (said.includes('Firstbell is at')) serves()
    })
    child.once('close', () => fails(new Error(`It ended, having said: ${said}`)))
  })
  child.kill('SIGTERM')
  await ended
}

const freePort = () =>
  new Promise<number>((done) => {
    const listener = createServer().listen(0, 'localhost', () => {
      const { port } = listener.address() as { port: number }
      listener.close(() => done(port))
    })
  })
