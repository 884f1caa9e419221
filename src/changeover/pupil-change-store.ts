/** One command for each thing that happens to a pupil: it closes and opens the right facts together. */
import type { TransactionSql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import { everySchoolDay } from '#ground/pattern.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { addDays, type PlainDate } from '#ground/time.ts'
import { type Overtaken, overtakenSince, span, stateFact, withdrawFact } from '#knowledge/store'
import { missingAnswers, needColumns } from '#pupils'
import { deregisterPupil, endPlacements, recordHome, recordPlacement } from '#pupils/write-store'
import { endTravel } from '#travel-arrangements/arrangement-store'
import {
  type Effects,
  effectsOn,
  type PupilChange,
  type PupilChangeRefused,
  type SeatAhead,
} from './pupil-change.ts'

const BOTH = [1, 2] as const

/**
 * Makes one change to a pupil inside the open revision, and gives what it did to their seats. `seen` is the revision
 * the person had before their eyes: what others recorded about the pupil since is named and nothing is written.
 * Run by `previewChange` it only tells; run by `recordChange` it is refused while it would leave the pupil worse off.
 */
export async function changePupil(
  tx: TransactionSql,
  change: PupilChange,
  seen?: number,
): Promise<Result<Effects, PupilChangeRefused>> {
  const { pupil } = change
  const from = change.change === 'leave' ? addDays(change.lastDay, 1) : change.from
  const refusal = await whyNot(tx, { change, from, seen })
  if (refusal) return refuse(refusal)

  const effects = effectsOn(await seatsAhead(tx, pupil, from), change)
  for (const { direction, run } of effects.released) await releaseSeat(tx, { pupil, direction, run, from })
  await stateWhatChanged(tx, change, from)
  return ok(effects)
}

async function whyNot(
  tx: TransactionSql,
  { change, from, seen }: { change: PupilChange; from: PlainDate; seen: number | undefined },
): Promise<PupilChangeRefused | undefined> {
  const { pupil } = change
  const dayBefore = addDays(from, -1)
  const on = change.change === 'leave' ? dayBefore : from
  const [registered] = await tx`
    select 1 from pupil_registration
     where pupil_id = ${pupil} and upper_inf(known) and valid @> ${on}::date`
  if (!registered) return { because: 'not-on-the-register', pupil, on }
  const overtaken = await pupilOvertaken(tx, pupil, seen)
  if (overtaken) return { because: 'changed-meanwhile', ...overtaken }
  if (change.change === 'change-need') {
    const missing = missingAnswers(change.form)
    if (missing.length > 0) return { because: 'form-incomplete', missing }
  }
  if (change.change === 'move-school') {
    const { school } = change.placement
    const [there] = await tx`
      select 1 from placement where pupil_id = ${pupil} and school_id = ${school} and upper_inf(known)
         and valid @> ${from}::date and valid @> ${dayBefore}::date`
    if (there) return { because: 'already-there', school }
  }
  return undefined
}

/** What others recorded, after revision `seen`, of anything that a change to this pupil may take the place of. */
export async function pupilOvertaken(
  tx: TransactionSql,
  pupil: PupilId,
  seen: number | undefined,
): Promise<Overtaken | undefined> {
  const kinds = ['pupil_registration', 'placement', 'pupil_home', 'travel_need', 'travel_arrangement']
  const subjects = kinds.map((table) => ({ table, key: { pupil_id: pupil } }))
  return seen === undefined ? undefined : await overtakenSince(tx, seen, subjects)
}

async function stateWhatChanged(tx: TransactionSql, change: PupilChange, from: PlainDate): Promise<void> {
  const { pupil } = change
  switch (change.change) {
    case 'leave':
      await endTravel(tx, { pupil, directions: BOTH, from })
      await deregisterPupil(tx, pupil, from)
      return
    case 'move-home':
      return await recordHome(tx, pupil, { ...change.home, from })
    case 'move-school':
      await endPlacements(tx, pupil, from)
      return await recordPlacement(tx, pupil, { ...change.placement, from })
    case 'change-need':
      await stateFact(tx, 'travel_need', {
        pupil_id: pupil,
        ...needColumns(change.form),
        sent_by: change.sentBy,
        valid: span(from, null),
      })
  }
}

async function releaseSeat(
  tx: TransactionSql,
  { pupil, direction, run, from }: { pupil: PupilId; direction: 1 | 2; run: number; from: PlainDate },
): Promise<void> {
  const seats = await tx<{ days: string; valid: string }[]>`
    select days, valid * ${span(from, null)}::daterange as valid from travel_arrangement
     where pupil_id = ${pupil} and direction = ${direction} and run_id = ${run} and upper_inf(known)
       and valid && ${span(from, null)}::daterange`
  for (const { days, valid } of seats) {
    await withdrawFact(tx, 'travel_arrangement', { pupil_id: pupil, direction, days, valid })
  }
}

async function seatsAhead(tx: TransactionSql, pupil: PupilId, from: PlainDate): Promise<SeatAhead[]> {
  return await tx<SeatAhead[]>`
    select distinct on (t.run_id)
           t.run_id as run, coalesce(r.code, 'run ' || t.run_id) as code, t.direction, r.school_id as school,
           (select count(distinct o.pupil_id)::integer from travel_arrangement o
             where o.run_id = t.run_id and o.pupil_id <> t.pupil_id and upper_inf(o.known)
               and o.valid && ${span(from, null)}::daterange) as others,
           coalesce(p.layouts, '[]') as layouts, coalesce(p.assistant_posts, 0) as "assistantPosts"
      from travel_arrangement t
      join run using (run_id)
      left join route_terms r on r.route_id = run.route_id and upper_inf(r.known) and r.valid && t.valid
      left join run_plan p on p.run_id = t.run_id and upper_inf(p.known) and p.valid && t.valid and p.days && ${everySchoolDay}::int4multirange
     where t.pupil_id = ${pupil} and t.kind = 'seat' and upper_inf(t.known)
       and t.valid && ${span(from, null)}::daterange
     order by t.run_id, lower(p.valid) desc`
}
