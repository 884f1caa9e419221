import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify from 'fastify'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { mapAddress, serveMap } from './serve-map.ts'

const folder = mkdtempSync(join(tmpdir(), 'firstbell-serve-map-'))
const file = join(folder, 'map.pmtiles')
beforeEach(() => rmSync(file, { force: true }))
afterAll(() => rmSync(folder, { recursive: true }))

test('a map is served from the moment it is made, by the range of bytes a browser asks for', async () => {
  const server = fastify()
  await serveMap(server, file)
  expect((await server.inject('/map.pmtiles')).statusCode).toBe(404)

  writeFileSync(file, 'PMTiles, and its tiles')
  const part = await server.inject({ url: '/map.pmtiles', headers: { range: 'bytes=9-11' } })
  expect(part).toMatchObject({ statusCode: 206, payload: 'and' })
  expect(part.headers).toMatchObject({
    'content-range': 'bytes 9-11/22',
    'cache-control': 'public, max-age=31536000, immutable',
  })
})

test('a map has another address once it is made anew, and none while there is none', () => {
  expect(mapAddress(undefined)).toBe('')
  expect(mapAddress(file)).toBe('')
  writeFileSync(file, 'the old map')
  const before = mapAddress(file)
  writeFileSync(file, 'the new one, longer')
  expect(before).toMatch(/^\/map\.pmtiles\?made=\d+-11$/)
  expect(mapAddress(file)).not.toBe(before)
})
