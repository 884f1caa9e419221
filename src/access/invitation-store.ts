/** Links by which a person chooses their own password: for the first time, or because they forgot it. */
import type { Sql, TransactionSql } from 'postgres'
import type { PersonId } from '#ground/ids.ts'
import type { Instant } from '#ground/time.ts'
import { setPassword } from './account-store.ts'
import { endSessionsOf } from './session-store.ts'
import { hashOf, newToken } from './token-store.ts'

/** From Friday’s letter to Monday’s desk. */
export const LINK_LASTS_HOURS = 72

/** Makes a link for a person; any they were given before stops working. Gives its token, which is kept nowhere else. */
export async function makeLink(
  tx: TransactionSql,
  { person, by, now }: { person: PersonId; by: PersonId; now: Instant },
): Promise<string> {
  const token = newToken()
  await spendLinks(tx, { person, now })
  await tx`
    insert into invitation (token_hash, person_id, made_by, made_at, expires_at)
    values (${hashOf(token)}, ${person}, ${by}, ${now}, ${now}::timestamptz + make_interval(hours => ${LINK_LASTS_HOURS}))
  `
  return token
}

export type Invited = { person: PersonId; name: string; email: string }

/** Whose link this is, while it works: not used, not three days old, and of an account that is open. */
export async function invitedBy(sql: Sql, token: string, now: Instant): Promise<Invited | undefined> {
  const [invited] = await sql<Invited[]>`
    select person_id as person, name, coalesce(email, '') as email
      from invitation
      join account using (person_id)
      join person using (person_id)
     where token_hash = ${hashOf(token)}
       and used_at is null
       and expires_at > ${now}
       and closed_at is null
  `
  return invited
}

/**
 * Sets the password of whoever holds the link, ends every session they had, and spends the link: of two at once, one.
 * Gives the person, or nothing where the link works no longer.
 */
export async function useLink(
  sql: Sql,
  { token, password, now }: { token: string; password: string; now: Instant },
): Promise<PersonId | undefined> {
  return await sql.begin(async (tx) => {
    const [spent] = await tx<{ person: PersonId }[]>`
      update invitation
         set used_at = ${now}
        from account
       where account.person_id = invitation.person_id
         and token_hash = ${hashOf(token)}
         and used_at is null
         and expires_at > ${now}
         and closed_at is null
      returning invitation.person_id as person
    `
    if (!spent) return undefined
    await setPassword(tx, spent.person, password)
    await endSessionsOf(tx, { person: spent.person, now })
    return spent.person
  })
}

/** Every link a person was given works no longer. */
export async function spendLinks(
  tx: TransactionSql,
  { person, now }: { person: PersonId; now: Instant },
): Promise<void> {
  await tx`update invitation set used_at = ${now} where person_id = ${person} and used_at is null`
}
