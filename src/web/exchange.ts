/** Between Fastify and a page: a request becomes a visit, and a page's reply becomes an answer. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sql } from 'postgres'
import { recordLook } from '#access/look-store'
import { endSession, leaveNotice, type Session } from '#access/session-store'
import { type PupilId, readId } from '#ground/ids.ts'
import { dayOf, type Instant } from '#ground/time.ts'
import { readMoment } from './as-at.ts'
import type { Assets } from './assets.ts'
import { type Problem, pageNotFound } from './faults.ts'
import { firstOf, listsOf } from './fields.ts'
import { frameOf } from './frame.ts'
import { mapAddress } from './map/serve-map.ts'
import type { OpenPage, OpenVisit, Page, Reply, Visit } from './page.ts'
import { reachOf, withinReach } from './reach.ts'
import { render } from './render.ts'

export type Site = {
  sql: Sql
  pages: readonly (Page | OpenPage)[]
  clock: () => Instant
  https: boolean
  /** How people reach the site, where it was said. */
  origin?: string | undefined
  assets: Assets
  installation: { name: string; demonstration: boolean }
  /** Where the county’s map is kept, if one was made. */
  mapFile: string | undefined
  roads: Visit['roads']
  folder: string | undefined
}

export type Exchange = { request: FastifyRequest; reply: FastifyReply }

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | undefined
  }
}

export const SESSION_COOKIE = 'firstbell'

export const cookieRules = ({ https }: Pick<Site, 'https'>) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: https }) as const

/** What a page is told of a request. */
export function visitOf(site: Site, request: FastifyRequest): Visit & OpenVisit {
  const now = site.clock()
  const query = request.query as Record<string, unknown>
  const form = (request.body ?? {}) as Record<string, unknown>
  return {
    path: pathOf(request),
    params: request.params as Record<string, string>,
    query: firstOf(query),
    queryLists: listsOf(query),
    form: firstOf(form),
    formLists: listsOf(form),
    files: request.uploads ?? [],
    filesOnDisk: request.onDisk ?? [],
    person: request.session?.person as Visit['person'],
    today: dayOf(now),
    now,
    asAt: readMoment(firstOf(query), now),
    request: request.id,
    address: request.ip,
    origin: site.origin ?? `${request.protocol}://${request.host}`,
    sql: site.sql,
    roads: site.roads,
    folder: site.folder,
    demonstration: site.installation.demonstration,
    sessionToken: request.cookies[SESSION_COOKIE] ?? '',
  }
}

/** Sends what a page replied, having put on record whom it was about. */
export async function answer(site: Site, exchange: Exchange, given: Reply): Promise<FastifyReply> {
  const { request, reply } = exchange
  switch (given.reply) {
    case 'not-found':
      return problemPage(site, exchange, pageNotFound)
    case 'redirect':
      await keepSession(site, exchange, given)
      return reply.redirect(given.to, 303)
    case 'download':
      await look(site, request, given.pupils)
      return reply
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(given.filename)}`)
        .header('cache-control', 'no-store')
        .type(given.type)
        .send(given.body)
    case 'show':
      await look(site, request, given.pupils)
      return page(site, exchange, given)
  }
}

async function keepSession(site: Site, { request, reply }: Exchange, given: Reply & { reply: 'redirect' }) {
  const { sql, clock } = site
  const token = request.cookies[SESSION_COOKIE]
  if (given.session !== undefined && token) await endSession(sql, token, clock())
  if (given.session === 'ends') void reply.clearCookie(SESSION_COOKIE, cookieRules(site))
  else if (given.session) void reply.setCookie(SESSION_COOKIE, given.session.begins, cookieRules(site))
  else if (given.notice !== undefined && token) await leaveNotice(sql, token, given.notice)
}

async function look(
  { sql, clock }: Site,
  request: FastifyRequest,
  pupils: readonly PupilId[],
): Promise<void> {
  const named = readId<'Pupil'>((request.params as Record<string, string>)['pupilId'])
  const seen = named === undefined ? pupils : [named, ...pupils]
  const person = request.session?.person.id
  if (person === undefined || seen.length === 0) return
  await recordLook(sql, { person, page: pathOf(request), pupils: seen, now: clock() })
}

type Shown = { template: string; view: object; status: number }

async function page(site: Site, { request, reply }: Exchange, shown: Shown): Promise<FastifyReply> {
  const roles = request.session?.person.roles ?? []
  const frame = frameOf({
    installation: site.installation,
    person: request.session?.person,
    pages: site.pages,
    path: pathOf(request),
    query: listsOf(request.query as Record<string, unknown>),
    csrf: reply.generateCsrf({ userInfo: request.cookies[SESSION_COOKIE] ?? 'nobody' }),
    nonce: reply.cspNonce.script,
    notice: request.session?.notice ?? null,
    assets: site.assets,
    map: mapAddress(site.mapFile),
  })
  return reply
    .code(shown.status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(render(shown.template, { ...withinReach(shown.view, reachOf(site.pages, roles)), frame }))
}

/** Sends the page for when there is no page. */
export const problemPage = (
  site: Site,
  exchange: Exchange,
  { status, title, says }: Problem,
): Promise<FastifyReply> =>
  page(site, exchange, {
    template: 'problem.njk',
    status,
    view: { title, says, reference: status >= 500 ? exchange.request.id : '' },
  })

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0] ?? '/'
