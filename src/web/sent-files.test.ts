import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { clearGivenUp } from '#adapters/files/arriving.ts'
import { now } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { smallCounty } from '#test/small-county.ts'
import type { FileOnDisk, Page } from './page.ts'
import { redirect, show } from './page.ts'
import { pages } from './pages.ts'
import { buildServer } from './server.ts'
import { browserOf } from './testing.ts'

const MB = 1024 * 1024
const { sql } = realDatabase()
const folder = mkdtempSync(join(tmpdir(), 'firstbell-sent-'))
const jar: Record<string, string> = {}
let server: FastifyInstance
let token = ''
let got: FileOnDisk[] = []
let keeps = false

/** A page that takes files of so many bytes, and keeps them or not. */
const shelf = (path: string, atMostBytes: number): Page => ({
  path,
  allow: ['transport-officer'],
  change: ['transport-officer'],
  upload: { atMostBytes, onDisk: true },
  get: async () => show('problem.njk', { title: 'Shelf', says: [], reference: '' }),
  async post({ filesOnDisk }) {
    got = [...filesOnDisk]
    if (keeps) for (const { path: at, filename } of filesOnDisk) renameSync(at, join(folder, filename))
    return redirect(path)
  },
})

beforeAll(async () => {
  const county = await smallCounty(sql)
  server = await buildServer({
    sql,
    folder,
    pages: [...pages, shelf('/deep', 600 * MB), shelf('/narrow', 2 * MB)],
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  const browser = browserOf(server, jar)
  await browser.open('/sign-in')
  await browser.send('/sign-in/as', { person: String(county.people['transport-officer']) })
  await browser.open('/roads/build')
  token = browser.token()
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  got = []
  keeps = false
})

const left = () => (existsSync(join(folder, 'arriving')) ? readdirSync(join(folder, 'arriving')) : [])

/** Once a visit is answered, what it left is taken away. */
async function nothingLeft(): Promise<void> {
  await expect.poll(left).toEqual([])
}

const edge = 'FIRSTBELL'
const field = (name: string, value: string) =>
  `--${edge}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (filename: string) =>
  `--${edge}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: application/octet-stream\r\n\r\n`

type Sending = {
  to?: '/deep' | '/narrow'
  bytes: Iterable<Uint8Array>
  csrf?: string
  tornBefore?: 'the end' | 'the file ends'
}

/** Sends one file as a browser does, piece by piece. Gives the status, or what broke. */
function send(
  filename: string,
  { to = '/deep', bytes, csrf = token, tornBefore }: Sending,
): Promise<number | string> {
  const { port } = server.server.address() as AddressInfo
  const cookie = Object.entries(jar)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
  const headers = { cookie, 'content-type': `multipart/form-data; boundary=${edge}` }
  return new Promise((resolve) => {
    const sending = request({ port, host: '127.0.0.1', path: to, method: 'POST', headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sending.once('error', (cause) => resolve((cause as { code?: string }).code ?? 'broken'))
    void written(sending, [field('_csrf', csrf) + file(filename)], bytes).then(() => {
      if (tornBefore === 'the file ends') sending.destroy()
      else sending.end(tornBefore === 'the end' ? '' : `\r\n--${edge}--\r\n`)
    })
  })
}

async function written(sending: ClientRequest, ...all: Iterable<Uint8Array | string>[]): Promise<void> {
  for (const pieces of all)
    for (const piece of pieces)
      if (!sending.write(piece)) await new Promise((on) => sending.once('drain', on))
}

function* megabytes(count: number): Generator<Uint8Array> {
  const one = Buffer.alloc(MB, 0x5a)
  for (let i = 0; i < count; i++) yield one
}

test('a file of 500 MB is put down as it comes: the server holds no more of it than a few pieces', async () => {
  const before = process.memoryUsage.rss()
  let most = before
  const looking = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  const answer = await send('kent.osm.pbf', { bytes: megabytes(500) })
  clearInterval(looking)

  expect(answer).toBe(303)
  expect(got).toMatchObject([{ field: 'file', filename: 'kent.osm.pbf', bytes: 500 * MB, isWhole: true }])
  expect((most - before) / MB, 'megabytes held at once').toBeLessThan(150)
  await nothingLeft()
}, 60_000)

test('what a page moves to a place of its own stays there, byte for byte', async () => {
  keeps = true
  const bytes = Buffer.from('OSMHeader and what follows\r\n--FIRST', 'latin1')
  expect(await send('small.osm.pbf', { bytes: [bytes] })).toBe(303)

  expect(readFileSync(join(folder, 'small.osm.pbf')).equals(bytes)).toBe(true)
  await nothingLeft()
})

test('a file larger than the page takes is read to its end, told to the page as not whole, and not kept', async () => {
  expect(await send('country.osm.pbf', { to: '/narrow', bytes: megabytes(20) })).toBe(303)

  expect(got).toMatchObject([{ filename: 'country.osm.pbf', isWhole: false }])
  expect(existsSync(got[0]?.path ?? '')).toBe(false)
  await nothingLeft()
})

test.each(['the end', 'the file ends'] as const)(
  'an upload torn before %s leaves nothing',
  async (tornBefore) => {
    await send('torn.osm.pbf', { bytes: megabytes(20), tornBefore })

    expect(got).toEqual([])
    await nothingLeft()
  },
)

test('a form of another session leaves nothing', async () => {
  expect(await send('forged.osm.pbf', { bytes: megabytes(1), csrf: 'guessed' })).toBe(403)

  expect(got).toEqual([])
  await nothingLeft()
})

test('what a program that was killed left behind is taken away at the next start, and no upload under way', async () => {
  const [old, fresh] = [join(folder, 'arriving', 'old'), join(folder, 'arriving', 'fresh')]
  for (const path of [old, fresh]) writeFileSync(path, 'half')
  const yesterday = performance.timeOrigin / 1000 - 24 * 60 * 60
  utimesSync(old, yesterday, yesterday)

  await clearGivenUp(folder, now())
  expect(left()).toEqual(['fresh'])
  rmSync(fresh)
})
