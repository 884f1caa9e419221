/**
 * Accounts: who may sign in, and with what. Passwords are kept as scrypt hashes (RFC 7914, cost as OWASP advises);
 * checking one costs the same whether the account exists or not, so that nobody learns who works here.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import type { PersonId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import { FORGIVEN_AFTER_MINUTES, isLockedOut } from './lockout.ts'
import type { Role, SignedIn } from './role.ts'

export type NewAccount = {
  name: string
  email: string
  roles: readonly Role[]
  /** The first day on which the roles are held. */
  from: PlainDate
  openedAt: Instant
  /** With a password; by a link to choose one, which is made after; or with a click, as one of a demonstration’s cast. */
  enters: { password: string } | 'by-link' | 'with-a-click'
}

export type Guess = { email: string; password: string; address: string; now: Instant }
export type SignInRefusal = 'wrong' | 'locked-out'

/** Opens an account, inside a revision that the caller has begun. Gives the person's id. */
export async function recordAccount(tx: TransactionSql, account: NewAccount): Promise<PersonId> {
  const { name, email, from, openedAt, enters } = account
  const password = typeof enters === 'object' ? await hashed(enters.password) : null
  const [person] = await tx<{ person_id: PersonId }[]>`
    insert into person (name, email)
    values (${name}, ${spelt(email)})
    returning person_id
  `
  if (!person) throw new Error(`Person "${name}" was not written.`)
  await tx`
    insert into account (person_id, password, demonstration, opened_at)
    values (${person.person_id}, ${password}, ${enters === 'with-a-click'}, ${openedAt})
  `
  for (const role of account.roles) await recordRole(tx, { person: person.person_id, role, from })
  return person.person_id
}

/** Gives a person a role from a day on, inside a revision that the caller has begun. */
export async function recordRole(
  tx: TransactionSql,
  { person, role, from }: { person: PersonId; role: Role; from: PlainDate },
): Promise<void> {
  const fact = { person_id: person, role, valid: `[${from},)` }
  await tx`select state_fact('person_role', ${tx.json(fact)})`
}

/**
 * Whose password this is. Refused as `wrong` without saying whether the account exists, and as `locked-out` after
 * ten wrong guesses in five minutes at one account or from one address; a locked-out guess is not looked at.
 */
export async function checkPassword(sql: Sql, guess: Guess): Promise<Result<PersonId, SignInRefusal>> {
  const { email, password } = guess
  const { id, before } = await countGuess(sql, guess)
  if (isLockedOut(before)) {
    await forgetGuess(sql, id)
    return refuse('locked-out')
  }
  const [account] = await sql<{ person_id: PersonId; password: string | null }[]>`
    select person_id, password
      from account
      join person using (person_id)
     where email = ${spelt(email)}
       and closed_at is null
  `
  const right = await matches(password, account?.password ?? NOBODYS_PASSWORD)
  if (!account?.password || !right) return refuse('wrong')
  await forgetGuess(sql, id)
  return ok(account.person_id)
}

async function countGuess(sql: Sql, { email, address, now }: Guess) {
  const [guess] = await sql<{ guess_id: number }[]>`
    insert into wrong_guess (guessed_at, email, address)
    values (${now}, ${spelt(email)}, ${address})
    returning guess_id
  `
  const id = guess?.guess_id ?? 0
  const [counted] = await sql<{ at_account: number; from_address: number }[]>`
    select count(*) filter (where email = ${spelt(email)})    as at_account,
           count(*) filter (where address = ${address}::inet) as from_address
      from wrong_guess
     where guessed_at > ${now}::timestamptz - make_interval(mins => ${FORGIVEN_AFTER_MINUTES})
       and guessed_at <= ${now}
       and guess_id < ${id}
  `
  return { id, before: { atAccount: counted?.at_account ?? 0, fromAddress: counted?.from_address ?? 0 } }
}

async function forgetGuess(sql: Sql, id: number): Promise<void> {
  await sql`delete from wrong_guess where guess_id = ${id}`
}

/** Sets a new password, if the old one is right. */
export async function changePassword(
  tx: TransactionSql,
  { person, from, to }: { person: PersonId; from: string; to: string },
): Promise<Result<true, 'wrong'>> {
  const [account] = await tx<{ password: string | null }[]>`
    select password
      from account
     where person_id = ${person}
       for update
  `
  if (!account?.password || !(await matches(from, account.password))) return refuse('wrong')
  await setPassword(tx, person, to)
  return ok(true)
}

/** Sets a person’s password, whatever it was. The caller has made sure that this is the person. */
export async function setPassword(sql: Sql | TransactionSql, person: PersonId, to: string): Promise<void> {
  await sql`
    update account
       set password = ${await hashed(to)}
     where person_id = ${person}
  `
}

/** The people of a demonstration whom anyone may be, by name; nobody at all in a live county. */
export async function castOf(sql: Sql, today: PlainDate): Promise<SignedIn[]> {
  return await sql<SignedIn[]>`
    select person_id as id, name, array_agg(role order by role) as roles
      from account
      join person using (person_id)
      join person_role using (person_id)
     where demonstration
       and closed_at is null
       and upper_inf(known)
       and valid @> ${today}::date
       and exists (select 1 from installation where kind = 'demonstration')
     group by person_id, name
     order by name
  `
}

/** The names of whoever holds a role on a day: the people to go to. */
export async function namesInRole(sql: Sql, role: Role, today: PlainDate): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select distinct name
      from person_role
      join person using (person_id)
     where role = ${role}
       and upper_inf(known)
       and valid @> ${today}::date
     order by name
  `
  return rows.map(({ name }) => name)
}

/** Whoever has an e-mail address, if they hold a role on a day. */
export async function holderOf(
  sql: Sql,
  role: Role,
  { email, on }: { email: string; on: PlainDate },
): Promise<PersonId | undefined> {
  const [holder] = await sql<{ person: PersonId }[]>`
    select person_id as person
      from person_role
      join person using (person_id)
     where email = ${spelt(email)}
       and role = ${role}
       and upper_inf(known)
       and valid @> ${on}::date
  `
  return holder?.person
}

/** Whether the person is one of the cast of a demonstration, and so may be entered without a password. */
export async function isOfTheCast(sql: Sql, person: PersonId, today: PlainDate): Promise<boolean> {
  const cast = await castOf(sql, today)
  return cast.some(({ id }) => id === person)
}

const spelt = (email: string) => email.trim().toLowerCase()

// 2^15 × 8 × 3: about a tenth of a second and 32 MB a guess.
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }
const HASH_BYTES = 32
// Nobody's password, so that guessing at a name that does not exist takes as long.
const NOBODYS_PASSWORD = `scrypt$${'0'.repeat(32)}$${'0'.repeat(64)}`

async function hashed(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `scrypt$${salt.toString('hex')}$${(await derived(password, salt)).toString('hex')}`
}

async function matches(password: string, kept: string): Promise<boolean> {
  const [, salt = '', hash = ''] = kept.split('$')
  return timingSafeEqual(await derived(password, Buffer.from(salt, 'hex')), Buffer.from(hash, 'hex'))
}

// Unicode has several spellings of one letter; keyboards differ. NFKC as NIST SP 800-63B, 5.1.1.2.
const derived = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, COST, (fault, key) =>
      fault ? reject(fault) : resolve(key),
    )
  })
