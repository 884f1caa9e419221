/** Plans changed by hand: each change is a plan of its own, made from one that nobody else has changed meanwhile. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { Instant } from '#ground/time.ts'
import type { Author } from '#knowledge/store'
import type { FoundPlan } from '../found/found-plan.ts'
import { type KeptPlan, keepPlan } from '../found/found-plan-store.ts'
import type { Numbered } from '../search/frozen.ts'

export type Move = { pupil: PupilId; direction: 1 | 2; from: number; to: number }
export type Change = Move & {
  /** The plan that was made, and the one it was made from. */
  plan: number
  changedFrom: number
  by: string
  at: Instant
  why: string
}

/** The change that made a plan, and the one that was made to it since. */
export async function changesAbout(
  sql: Sql,
  plan: number,
): Promise<{ madeBy: Change | undefined; since: Change | undefined }> {
  const changes = await sql<Change[]>`
    select c.plan_id as plan, c.changed_from as "changedFrom", c.pupil_id as pupil, c.direction,
           c.from_vehicle as from, c.to_vehicle as to, p.name as by, r.recorded_at as at, r.reason as why
      from plan_change c
      join found_plan f using (plan_id)
      join revision r using (revision)
      join person p using (person_id)
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
  question: number
  becomes: { plan: FoundPlan; vehicles: Numbered }
  move: Move
  author: Author
}

/** Keeps what a move makes of a plan. Refused, with what was done to it, where somebody else has changed the plan since. */
export async function keepMove(
  sql: Sql,
  { scenario, from, question, becomes, move, author }: Keeping,
): Promise<Result<number, Change>> {
  try {
    const { seed, seconds, rounds, times, cut } = from
    return ok(
      await keepPlan(sql, {
        scenario,
        cut,
        plan: becomes.plan,
        how: { seed, seconds, rounds, times },
        calls: { question, vehicles: becomes.vehicles },
        author,
        together: async (tx, plan) => {
          await tx`
            insert into plan_change (plan_id, changed_from, pupil_id, direction, from_vehicle, to_vehicle)
            values (${plan}, ${from.id}, ${move.pupil}, ${move.direction}, ${move.from}, ${move.to})`
        },
      }),
    )
  } catch (cause) {
    const { since } = await changesAbout(sql, from.id)
    if (since) return refuse(since)
    throw cause
  }
}

export type Target = {
  number: number
  name: string
  offer: string
  starts: string
  pupils: number
  vehicle: number
}

/** The other runs of a plan to the same school in the same direction. */
export async function runsBeside(sql: Sql, plan: number, number: number): Promise<Target[]> {
  return await sql<Target[]>`
    select r.run_number as number, r.name, r.offer, to_char(r.starts, 'HH24:MI') as starts,
           cardinality(r.pupils) as pupils, r.vehicle
      from found_run here
      join found_run r on r.plan_id = here.plan_id and r.direction = here.direction and r.vehicle <> here.vehicle
     where here.plan_id = ${plan} and here.run_number = ${number}
       and string_to_array(r.schools, ', ') && string_to_array(here.schools, ', ')
     order by r.run_number`
}
