/** Serves the county’s map, a range of bytes at a time, as browsers ask for the tiles they show. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const MAP_PATH = '/map.pmtiles'

/** Where browsers find the map: an address that changes when the map does. Empty while there is none. */
export function mapAddress(file: string | undefined): string {
  if (file === undefined || !existsSync(file)) return ''
  const { size, mtimeMs } = statSync(file)
  return `${MAP_PATH}?made=${Math.round(mtimeMs)}-${size}`
}

/** Answers for the map with ranges, and lets browsers keep what they got for a year. */
export async function serveMap(server: FastifyInstance, file: string | undefined): Promise<void> {
  if (file === undefined) return
  await server.register(fastifyStatic, { root: dirname(file), serve: false })
  server.get(MAP_PATH, (_request, reply) =>
    existsSync(file)
      ? reply.sendFile(basename(file), { maxAge: '365d', immutable: true })
      : reply.callNotFound(),
  )
}
