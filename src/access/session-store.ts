/**
 * Who is signed in. The browser holds a token and we hold its hash: a copy of the database lets nobody in.
 */
import type { Sql, TransactionSql } from 'postgres'
import type { PersonId } from '#ground/ids.ts'
import { dayOf, type Instant } from '#ground/time.ts'
import type { Role, SignedIn } from './role.ts'
import { isAlive, isWorthNoting } from './session.ts'
import { hashOf, newToken } from './token-store.ts'

export type Session = { person: SignedIn; notice: string | null }

/** Begins a session for a person, always with a new token. Gives the token, which is for the browser alone. */
export async function startSession(
  sql: Sql,
  { person, address, now }: { person: PersonId; address: string; now: Instant },
): Promise<string> {
  const token = newToken()
  await sql`
    insert into session (token_hash, person_id, started_at, seen_at, address)
    values (${hashOf(token)}, ${person}, ${now}, ${now}, ${address})
  `
  return token
}

/** Who holds this token, if their session is alive and their account open. Takes the waiting notice when asked to. */
export async function sessionOf(
  sql: Sql,
  token: string,
  { now, takeNotice }: { now: Instant; takeNotice: boolean },
): Promise<Session | undefined> {
  const [row] = await sql<SessionRow[]>`
    select person_id, name, started_at, seen_at, ended_at, notice,
           array(select role
                   from person_role
                  where person_role.person_id = session.person_id
                    and upper_inf(known)
                    and valid @> ${dayOf(now)}::date
                  order by role) as roles
      from session
      join account using (person_id)
      join person using (person_id)
     where token_hash = ${hashOf(token)}
       and closed_at is null
  `
  if (!row) return undefined
  const times = { startedAt: row.started_at, seenAt: row.seen_at, endedAt: row.ended_at }
  if (!isAlive(times, now)) return undefined

  const notice = takeNotice ? row.notice : null
  if (notice !== null || isWorthNoting(times, now)) {
    await sql`
      update session
         set seen_at = ${now},
             notice = ${takeNotice ? null : row.notice}
       where token_hash = ${hashOf(token)}
    `
  }
  return { person: { id: row.person_id, name: row.name, roles: row.roles }, notice }
}

/** Leaves a sentence for the next page this session sees. */
export async function leaveNotice(sql: Sql, token: string, notice: string): Promise<void> {
  await sql`
    update session
       set notice = ${notice}
     where token_hash = ${hashOf(token)}
  `
}

/** Ends a session here, whatever the browser keeps. */
export async function endSession(sql: Sql, token: string, now: Instant): Promise<void> {
  await sql`
    update session
       set ended_at = ${now}
     where token_hash = ${hashOf(token)}
       and ended_at is null
  `
}

/** Ends every session of a person, but the one whose token is given, if any. */
export async function endSessionsOf(
  sql: Sql | TransactionSql,
  { person, now, but = '' }: { person: PersonId; now: Instant; but?: string },
): Promise<void> {
  await sql`
    update session
       set ended_at = ${now}
     where person_id = ${person}
       and ended_at is null
       and token_hash <> ${hashOf(but)}
  `
}

/** What signs this installation's cookies and forms. */
export async function webSecret(sql: Sql): Promise<Uint8Array> {
  const [row] = await sql<{ secret: Uint8Array }[]>`select secret from web_secret`
  if (!row)
    throw new Error(
      'The database has no web secret. Maybe its migrations have not run: start `firstbell serve`.',
    )
  return row.secret
}

/** The county this database is of, and whether it is only a demonstration. */
export async function installationOf(sql: Sql): Promise<{ name: string; demonstration: boolean }> {
  const [row] = await sql<{ name: string; demonstration: boolean }[]>`
    select name, kind = 'demonstration' as demonstration
      from installation
  `
  return row ?? { name: '', demonstration: false }
}

type SessionRow = {
  person_id: PersonId
  name: string
  started_at: Instant
  seen_at: Instant
  ended_at: Instant | null
  notice: string | null
  roles: Role[]
}
