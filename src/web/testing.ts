import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Sql } from 'postgres'
import { invariant } from '#ground/present.ts'
import { dayOf, instant } from '#ground/time.ts'
import { readMoment } from './as-at.ts'
import { frameOf } from './frame.ts'
import type { OpenVisit, Reply, Visit } from './page.ts'
import { render } from './render.ts'

type Typed = Partial<Visit & OpenVisit>

/**
 * A transport officer called Asha Kaur, on the first morning of a school year, with nothing typed.
 * `query` gives the day and moment too, unless `asAt` is given.
 */
export function aVisit(sql: Sql, but: Typed = {}): Visit & OpenVisit {
  const now = but.now ?? instant('2026-09-02T07:05:00+01:00')
  const query = but.query ?? {}
  const form = but.form ?? {}
  return {
    path: '/',
    params: {},
    query,
    queryLists: listed(query),
    form,
    formLists: listed(form),
    files: [],
    filesOnDisk: [],
    person: { id: 1 as Visit['person']['id'], name: 'Asha Kaur', roles: ['transport-officer'] },
    today: dayOf(now),
    now,
    asAt: readMoment(query, now),
    request: 'TEST-0001',
    address: '127.0.0.1',
    origin: 'http://localhost:3000',
    sql,
    roads: async () => undefined,
    folder: undefined,
    demonstration: false,
    sessionToken: '',
    ...but,
  }
}

/** The HTML of a page that was shown, inside an ordinary frame. Throws for any other reply. */
export function htmlOf(reply: Reply | undefined): string {
  invariant(reply?.reply === 'show', `Expected a page to be shown, got ${JSON.stringify(reply)}`)
  const frame = frameOf({
    installation: { name: 'Westmarch', demonstration: true },
    person: { id: 1 as Visit['person']['id'], name: 'Asha Kaur', roles: ['transport-officer'] },
    pages: [],
    path: '/',
    query: {},
    csrf: 'csrf',
    nonce: 'nonce',
    notice: null,
    assets: {
      css: '/assets/firstbell.css',
      js: '/assets/firstbell.js',
      icon: '/assets/bell.svg',
      map: { js: '/assets/map.js', css: '/assets/map.css' },
    },
    map: '',
  })
  return render(reply.template, { ...reply.view, frame })
}

/** What a reader reads on a page that was shown: its main part, without tags. */
export function textOf(reply: Reply | undefined): string {
  const [main = ''] = /<main[\s\S]*<\/main>/.exec(htmlOf(reply)) ?? []
  return main
    .replace(/<[^>]+>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&#39;|&rsquo;/g, '’')
    .replace(/\s+/g, ' ')
    .trim()
}

const listed = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]))

/** A browser of the simplest kind: it keeps cookies and sends back the token of the form it last saw. */
export function browserOf(server: FastifyInstance, jar: Record<string, string> = {}) {
  let seen = ''
  const keep = (answer: LightMyRequestResponse) => {
    for (const { name, value } of answer.cookies) jar[name] = value
    seen = /name="_csrf" value="([^"]*)"/.exec(answer.body)?.[1] ?? seen
    return answer
  }
  return {
    open: async (url: string) => keep(await server.inject({ url, cookies: jar })),
    send: async (url: string, fields: Record<string, string>, { token = seen } = {}) => {
      const payload = new URLSearchParams({ _csrf: token, ...fields }).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      return keep(await server.inject({ method: 'POST', url, payload, headers, cookies: jar }))
    },
    token: () => seen,
    cookie: (name: string) => jar[name],
  }
}
