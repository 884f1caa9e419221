/** Plans changed by hand: each change is a plan of its own, made from one that nobody else has changed meanwhile. */
import type { Sql, TransactionSql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { Instant } from '#ground/time.ts'
import type { Author } from '#knowledge/store'
import type { FoundPlan } from '../found/found-plan.ts'
import { type KeptPlan, keepPlan, type Question } from '../found/found-plan-store.ts'
import type { Numbered } from '../search/frozen.ts'
import type { ChangeKind } from './hand-change.ts'
import { type Lock, lockOver, type Touched } from './lock.ts'
import { locksOn } from './lock-store.ts'

/** What was done. */
export type Done = {
  kind: ChangeKind | 'undo' | 'up-to-date'
  /** Who changes vehicle, or leaves or joins the plan. */
  pupils: readonly PupilId[]
  /** Nothing where it touches both. */
  direction: 1 | 2 | null
  /** The vehicle changed; nothing where the whole plan is brought up to date. */
  from: number | null
  /** The vehicle joined. */
  to: number | null
  /** The kind of the vehicle that is joined or changed. */
  offer: string | null
  /** How many others are called for or set down at another time; nothing where it was not yet counted. */
  others: number | null
  /** The plan that is as before again, where a change is taken back. */
  restores: number | null
}

export type Change = Done & {
  /** The plan that was made, and the one it was made from. */
  plan: number
  changedFrom: number
  by: string
  at: Instant
  why: string
}

/** Changes `c` with who made them, when and why: the query of whoever asks for some of them. */
export const changeColumns = (sql: Sql) => sql`
    select c.plan_id as plan, c.changed_from as "changedFrom", c.kind, c.pupils, c.direction,
           c.from_vehicle as from, c.to_vehicle as to, c.offer, c.others, c.restores,
           p.name as by, r.recorded_at as at, r.reason as why
      from plan_change c
      join found_plan f using (plan_id)
      join revision r using (revision)
      join person p using (person_id)`

/** The change that made a plan, and the one that was made to it since. */
export async function changesAbout(
  sql: Sql,
  plan: number,
): Promise<{ madeBy: Change | undefined; since: Change | undefined }> {
  const changes = await sql<Change[]>`
    ${changeColumns(sql)}
     where c.plan_id = ${plan} or c.changed_from = ${plan}`
  return {
    madeBy: changes.find((one) => one.plan === plan),
    since: changes.find((one) => one.changedFrom === plan),
  }
}

/** Every vehicle of a plan, by its number; nothing for a plan whose calls were not kept. */
export async function everyVehicle(sql: Sql, plan: number): Promise<Numbered | undefined> {
  const [row] = await sql<
    { vehicles: Numbered }[]
  >`select vehicles from found_plan_calls where plan_id = ${plan}`
  return row?.vehicles
}

type Keeping = {
  scenario: number
  from: KeptPlan
  /** Kept with it where it is not the one that the plan before answers. */
  question: Question
  /** The register it is made from, where it is not the one of the plan before. */
  cut?: number
  becomes: { plan: FoundPlan; vehicles: Numbered }
  done: Done
  touched: Touched
  author: Author
}

/** What somebody else did meanwhile. */
export type NotKept = { since: Change } | { lock: Lock }

/** Keeps what a change makes of a plan. Refused where somebody else has changed the plan since, or locked what it touches. */
export async function keepChange(
  sql: Sql,
  { scenario, from, question, cut = from.cut, becomes, done, touched, author }: Keeping,
): Promise<Result<number, NotKept>> {
  let lock: Lock | undefined
  try {
    const { seed, seconds, rounds, times } = from
    return ok(
      await keepPlan(sql, {
        scenario,
        cut,
        plan: becomes.plan,
        how: { seed, seconds, rounds, times },
        calls: { question, vehicles: becomes.vehicles },
        author,
        together: async (tx, plan) => {
          lock = await lockInTheWay(tx, { from: from.id, plan, touched })
          if (lock) throw new Error(`Lock ${lock.id} is on what the change touches.`)
          await tx`
            insert into plan_change
              (plan_id, changed_from, kind, pupils, direction, from_vehicle, to_vehicle, offer, others, restores)
            values (${plan}, ${from.id}, ${done.kind}, ${[...done.pupils]}, ${done.direction}, ${done.from},
                    ${done.to}, ${done.offer}, ${done.others}, ${done.restores})`
        },
      }),
    )
  } catch (cause) {
    const { since } = await changesAbout(sql, from.id)
    if (since) return refuse({ since })
    if (lock) return refuse({ lock })
    throw cause
  }
}

type Locked = { from: number; plan: number; touched: Touched }

/** A lock on what a change touches, or on a run that carries others in the plan that comes of it. */
async function lockInTheWay(tx: TransactionSql, { from, plan, touched }: Locked): Promise<Lock | undefined> {
  const [locks, still] = [await locksOn(tx, from), await locksOn(tx, plan)]
  return lockOver(locks, touched) ?? locks.find(({ id }) => !still.some((lock) => lock.id === id))
}

/** The number of a vehicle that a plan does not have yet. */
export async function freshVehicle(sql: Sql, plan: number): Promise<number> {
  const [row] = await sql<{ fresh: number }[]>`
    select jsonb_array_length(vehicles) as fresh from found_plan_calls where plan_id = ${plan}`
  return row?.fresh ?? 0
}
