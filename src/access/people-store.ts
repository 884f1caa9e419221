/** The people who use Firstbell: their accounts and roles, as an administrator keeps them. */
import type { Sql, TransactionSql } from 'postgres'
import type { PersonId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { addDays, type Instant, type PlainDate } from '#ground/time.ts'
import { span, withdrawFact } from '#knowledge/store'
import { recordAccount, recordRole } from './account-store.ts'
import { spendLinks } from './invitation-store.ts'
import type { Role } from './role.ts'
import { endSessionsOf } from './session-store.ts'

export type Colleague = {
  person: PersonId
  name: string
  email: string
  roles: readonly Role[]
  openedAt: Instant
  closedAt: Instant | null
  /** When they were last here, as near as a session notes it. */
  seenAt: Instant | null
  /** Whether they have chosen a password, or are one of a demonstration’s cast and need none. */
  canEnter: boolean
  /** Until when the link they were given works, if they have one. */
  linkUntil: Instant | null
}

/** Everybody who has or had an account, with the roles of a day, by name. */
export async function colleaguesOn(
  sql: Sql,
  { today, now, person = null }: { today: PlainDate; now: Instant; person?: PersonId | null },
): Promise<Colleague[]> {
  return await sql<Colleague[]>`
    select person_id as person, name, coalesce(email, '') as email, opened_at as "openedAt", closed_at as "closedAt",
           array(select role from person_role r
                  where r.person_id = account.person_id and upper_inf(r.known) and r.valid @> ${today}::date
                  order by role) as roles,
           (select max(seen_at) from session s where s.person_id = account.person_id) as "seenAt",
           password is not null or demonstration as "canEnter",
           (select max(expires_at) from invitation i
             where i.person_id = account.person_id and used_at is null and expires_at > ${now}) as "linkUntil"
      from account
      join person using (person_id)
     where ${person}::int is null or person_id = ${person}
     order by closed_at is not null, name, person_id
  `
}

/** One of them, or nothing. */
export async function colleagueOn(
  sql: Sql,
  asked: { today: PlainDate; now: Instant; person: PersonId },
): Promise<Colleague | undefined> {
  const [one] = await colleaguesOn(sql, asked)
  return one
}

/** Days on which a person holds or held a role. */
export type RoleHeld = { role: Role; from: PlainDate; until: PlainDate | null }

/** Every role a person holds, held or will hold, as believed now, the latest first. */
export async function rolesOf(sql: Sql, person: PersonId): Promise<RoleHeld[]> {
  return await sql<RoleHeld[]>`
    select role, lower(valid) as from, upper(valid) as until
      from person_role
     where person_id = ${person} and upper_inf(known)
     order by lower(valid) desc, role
  `
}

/** Opens an account for somebody new, to be entered by a link. Refused where the address is somebody’s already. */
export async function openAccount(
  tx: TransactionSql,
  { name, email, roles, from, now }: OpenedAccount,
): Promise<Result<PersonId, 'email-is-taken'>> {
  const [taken] = await tx`select 1 from person where email = ${email.trim().toLowerCase()}`
  if (taken) return refuse('email-is-taken')
  return ok(await recordAccount(tx, { name, email, roles, from, openedAt: now, enters: 'by-link' }))
}

type OpenedAccount = { name: string; email: string; roles: readonly Role[]; from: PlainDate; now: Instant }

/**
 * From a day on, a person has these roles and no others. Refused where nobody would be left who could let anybody in:
 * an administrator with an open account and a way to enter it.
 */
export async function giveRoles(
  tx: TransactionSql,
  { person, roles, from }: { person: PersonId; roles: readonly Role[]; from: PlainDate },
): Promise<Result<null, 'nobody-could-let-anybody-in'>> {
  await leaveRoles(tx, person, from)
  for (const role of roles) await recordRole(tx, { person, role, from })
  return (await anAdministratorStays(tx)) ? ok(null) : refuse('nobody-could-let-anybody-in')
}

/** Closes an account at once, with its sessions and links; the roles end with the day. Refused as `giveRoles`. */
export async function closeAccount(
  tx: TransactionSql,
  { person, now, today }: { person: PersonId; now: Instant; today: PlainDate },
): Promise<Result<null, 'nobody-could-let-anybody-in' | 'closed-already'>> {
  const closed = await tx`
    update account set closed_at = ${now} where person_id = ${person} and closed_at is null returning 1`
  if (closed.length === 0) return refuse('closed-already')
  await leaveRoles(tx, person, addDays(today, 1))
  return (await anAdministratorStays(tx)) ? ok(null) : refuse('nobody-could-let-anybody-in')
}

/** Opens a closed account again, with these roles from today. Old sessions and links stay dead. */
export async function openAgain(
  tx: TransactionSql,
  { person, roles, now, today }: { person: PersonId; roles: readonly Role[]; now: Instant; today: PlainDate },
): Promise<void> {
  await endSessionsOf(tx, { person, now })
  await spendLinks(tx, { person, now })
  await tx`update account set closed_at = null where person_id = ${person}`
  await leaveRoles(tx, person, today)
  for (const role of roles) await recordRole(tx, { person, role, from: today })
}

/** Whether anybody can enter at all: nobody can before the first account is opened. */
export async function anybodyCanEnter(sql: Sql): Promise<boolean> {
  const [row] = await sql`
    select 1 from account where closed_at is null and (password is not null or demonstration) limit 1`
  return row !== undefined
}

async function leaveRoles(tx: TransactionSql, person: PersonId, from: PlainDate): Promise<void> {
  const held = await tx<{ role: Role }[]>`
    select distinct role from person_role
     where person_id = ${person} and upper_inf(known) and coalesce(upper(valid), 'infinity') > ${from}::date`
  for (const { role } of held) {
    await withdrawFact(tx, 'person_role', { person_id: person, role, valid: span(from, null) })
  }
}

async function anAdministratorStays(tx: TransactionSql): Promise<boolean> {
  const [row] = await tx`
    select 1
      from person_role
      join account using (person_id)
     where role = 'administrator'
       and upper_inf(known)
       and upper_inf(valid)
       and closed_at is null
       and (password is not null or demonstration)
     limit 1`
  return row !== undefined
}
