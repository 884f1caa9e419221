/**
 * The web shell: plugins, routes, and keeping out whoever a page does not allow. With exchange.ts it is all
 * that knows Fastify.
 */
import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Sql } from 'postgres'
import { installationOf, sessionOf, webSecret } from '#access/session-store'
import { clearGivenUp } from '#adapters/files/arriving.ts'
import { keepRoads } from '#adapters/roads/kept-roads.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { now as clockNow, type Instant } from '#ground/time.ts'
import { type Assets, makeAssets } from './assets.ts'
import {
  answer,
  cookieRules,
  type Exchange,
  problemPage,
  SESSION_COOKIE,
  type Site,
  visitOf,
} from './exchange.ts'
import { notAllowed, pageNotFound, problemOf } from './faults.ts'
import { serveMap } from './map/serve-map.ts'
import { mayChange, maySee } from './navigation.ts'
import type { FileOnDisk, OpenPage, Page, UploadedFile } from './page.ts'
import { pages as everyPage } from './pages.ts'
import { paths } from './paths.ts'
import { forgetFiles, readParts } from './sent-files.ts'

export type WebOptions = {
  sql: Sql
  pages?: readonly (Page | OpenPage)[]
  /** Tells the time; a test may hold it still. */
  clock?: () => Instant
  /** How people reach the site, as `https://firstbell.example`: by https, its cookies are for https alone. */
  publicUrl?: string | undefined
  /** Addresses of proxies in front, whose word on where visitors really are is taken. */
  trustedProxies?: readonly string[]
  logger?: FastifyBaseLogger
  /** Where the county’s map is kept. It may be made, or made anew, while the site is up. */
  mapFile?: string
  /** Where the network of its roads is kept, likewise. */
  roadsFile?: string
  /** Where both are kept, and the extracts they are made of. */
  folder?: string
}

export type RunningServer = { url: string; close: () => Promise<void> }

const REQUESTS_A_MINUTE = 3000
const GUESSES_A_MINUTE = 60

/**
 * Serves the site at a port (0 for any free one). Refuses with a sentence when the port is taken.
 * The caller has migrated the database.
 */
export async function startServer(
  options: WebOptions & { port: number; host?: string },
): Promise<Result<RunningServer, string>> {
  const server = await buildServer(options)
  try {
    await server.listen({ port: options.port, host: options.host ?? 'localhost' })
  } catch (fault) {
    await server.close()
    if ((fault as { code?: string }).code !== 'EADDRINUSE') throw fault
    return refuse(
      `Port ${options.port} is taken by another program. Stop that program, or choose another port: PORT=${options.port + 1} npm start`,
    )
  }
  const { port } = server.server.address() as { port: number }
  return ok({ url: `http://localhost:${port}`, close: () => server.close() })
}

/** The site without a port: what the tests ask. */
export async function buildServer(options: WebOptions): Promise<FastifyInstance> {
  const roads = keepRoads(options.roadsFile, (line) => options.logger?.warn(line))
  const site: Site = {
    sql: options.sql,
    pages: options.pages ?? everyPage,
    clock: options.clock ?? clockNow,
    https: options.publicUrl?.startsWith('https:') ?? false,
    origin: options.publicUrl,
    assets: makeAssets(),
    installation: await installationOf(options.sql),
    mapFile: options.mapFile,
    roads: roads.ask,
    folder: options.folder,
  }
  const server = fastify({
    genReqId: requestName,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    ...(options.logger && { loggerInstance: options.logger }),
  })
  server.addHook('onClose', roads.close)
  if (site.folder !== undefined) await clearGivenUp(site.folder, site.clock())
  server.decorateRequest('session', undefined)
  server.decorateRequest('uploads', null as unknown as UploadedFile[])
  server.decorateRequest('onDisk', null as unknown as FileOnDisk[])
  await protect(server, site)
  serveAssets(server, site.assets)
  await serveMap(server, site.mapFile)
  for (const page of site.pages) mount(server, site, page)
  server.setNotFoundHandler(async (request, reply) => {
    request.session = await whoIs(site, request, false)
    return problemPage(site, { request, reply }, pageNotFound)
  })
  server.setErrorHandler((thrown, request, reply) => {
    const problem = problemOf(thrown)
    if (problem.isFault) request.log.error(thrown)
    return problemPage(site, { request, reply }, problem)
  })
  // The route's pattern, never its address: names and numbers of children do not belong in a log.
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    request.log.info({
      method,
      route: routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
  })
  return server
}

async function protect(server: FastifyInstance, site: Site): Promise<void> {
  const secret = Buffer.from(await webSecret(site.sql))
  await server.register(helmet, {
    enableCSPNonces: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: site.https,
    referrerPolicy: { policy: 'same-origin' },
  })
  await server.register(rateLimit, { max: REQUESTS_A_MINUTE, timeWindow: '1 minute' })
  await server.register(cookie, { secret })
  await server.register(csrf, {
    cookieKey: 'firstbell-form',
    cookieOpts: { ...cookieRules(site), signed: true },
    csrfOpts: { hmacKey: secret.toString('hex') },
    getUserInfo: (request) => request.cookies[SESSION_COOKIE] ?? 'nobody',
    getToken: (request) => (request.body as Record<string, string> | undefined)?.['_csrf'],
  })
  await server.register(formbody, { bodyLimit: 4 * 1024 * 1024 })
  // What a file too large means is for sent-files.ts to say.
  await server.register(multipart, { throwFileSizeLimit: false })
}

function serveAssets(server: FastifyInstance, { files, icon }: Assets): void {
  server.get('/assets/:file', async (request, reply) => {
    const file = files.get(request.url)
    if (!file) return reply.callNotFound()
    const accepted = request.headers['accept-encoding'] ?? ''
    const coding = accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : undefined
    void reply
      .type(file.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
    if (coding) void reply.header('content-encoding', coding)
    return reply.send(coding ? file[coding] : file.body)
  })
  server.get('/favicon.ico', async (_request, reply) => reply.redirect(icon, 302))
}

function mount(server: FastifyInstance, site: Site, page: Page | OpenPage): void {
  const { get, post } = page
  if (get) {
    server.get(page.path, async (request, reply) => {
      request.session = await whoIs(site, request, true)
      if (await turnedAway(site, { request, reply }, page)) return reply
      return answer(site, { request, reply }, await get(visitOf(site, request)))
    })
  }
  if (post) {
    const upload = 'upload' in page ? page.upload : undefined
    server.post(page.path, {
      bodyLimit: (upload?.atMostBytes ?? 0) + 4 * 1024 * 1024,
      ...(page.allow === 'anyone' && { config: { rateLimit: { max: GUESSES_A_MINUTE } } }),
      onRequest: async (request, reply) => {
        request.session = await whoIs(site, request, false)
        return (await turnedAway(site, { request, reply }, page)) ? reply : undefined
      },
      preHandler: [(request) => readParts(request, { upload, folder: site.folder }), server.csrfProtection],
      onResponse: forgetFiles,
      handler: async (request, reply) => answer(site, { request, reply }, await post(visitOf(site, request))),
    })
  }
}

/** Whether the visitor may not be here; then the answer has been sent. */
async function turnedAway(site: Site, { request, reply }: Exchange, page: Page | OpenPage): Promise<boolean> {
  if (page.allow === 'anyone') return false
  const roles = request.session?.person.roles
  if (!roles) {
    const to =
      request.method === 'POST' || request.url === paths.today ? '' : `?to=${encodeURIComponent(request.url)}`
    await reply.redirect(`${paths.signIn}${to}`, 303)
    return true
  }
  const may = request.method === 'POST' ? mayChange(page, roles) : maySee(page, roles)
  if (may) return false
  // Of a record we do not say even that it exists.
  const secret = page.path.includes(':') && !maySee(page, roles)
  await problemPage(site, { request, reply }, secret ? pageNotFound : notAllowed)
  return true
}

async function whoIs({ sql, clock }: Site, request: FastifyRequest, takeNotice: boolean) {
  const token = request.cookies[SESSION_COOKIE]
  return token === undefined ? undefined : sessionOf(sql, token, { now: clock(), takeNotice })
}

// Eight letters and figures that nobody mistakes for one another over the telephone.
const SPOKEN = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const requestName = (): string => {
  const letters = [...randomBytes(8)].map((byte) => SPOKEN[byte % SPOKEN.length]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}
