/** The two commands of a fresh machine, once what they need is installed: the first start, and every other. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import type { Part } from './part.ts'
import { firstbell, inScratch } from './scratch.ts'

export const startPart: Part = {
  name: 'start',
  about:
    'From the command to the line that says where the site is. The first start makes Westmarch at 1,200 pupils with two and a half years of history; the second opens what is there.',

  async measure({ time }) {
    return await inScratch(async (folder) => {
      const once = () => startAndStop(folder)
      return [
        await time('first start', once, { times: 1, warmUp: false, atMost: 60_000 }),
        await time('second start', once, { times: 5, atMost: 3_000 }),
      ]
    })
  },
}

/** Starts the program and waits until it serves. The time it takes to stop is in the figure too. */
async function startAndStop(folder: string): Promise<void> {
  const { program, words, options } = firstbell('start', '--data', folder)
  const env = { ...options.env, PORT: String(await freePort()) }
  const child = spawn(program, words, { ...options, env, stdio: ['ignore', 'ignore', 'pipe'] })
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
