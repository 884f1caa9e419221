/** A person at the site, over a real port: what a page costs as a browser asks for it. */
import type { Role } from '#access'
import { castOf } from '#access/account-store'
import { invariant } from '#ground/present.ts'
import { momentAt, type WallTime } from '#ground/time.ts'
import { startServer } from '#web/server.ts'
import type { County } from './part.ts'

export type Site = { open: (path: string) => Promise<string>; close: () => Promise<void> }

/** Serves a county at seven in the morning of its day, to somebody of the cast. Throws when a page is not answered with 200. */
export async function siteOf({ sql, today }: County, role: Role): Promise<Site> {
  const started = await startServer({ sql, port: 0, clock: () => momentAt(today, '07:00' as WallTime) })
  if (!started.ok) throw new Error(started.refusal)
  const { url, close } = started.value
  const person = (await castOf(sql, today)).find(({ roles }) => roles.includes(role))
  invariant(person, `Nobody in this county is a ${role}.`)

  const cookies = new Map<string, string>()
  const ask = async (path: string, body?: URLSearchParams) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${url}${path}`, {
      redirect: 'manual',
      headers: { cookie },
      ...(body && { method: 'POST', body }),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    return { status: answer.status, text: await answer.text() }
  }
  const { text } = await ask('/sign-in')
  const token = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? ''
  await ask('/sign-in/as', new URLSearchParams({ _csrf: token, person: String(person.id) }))
  return {
    async open(path) {
      const { status, text } = await ask(path)
      invariant(status === 200, `GET ${path} answered ${status}.`)
      return text
    },
    close,
  }
}
