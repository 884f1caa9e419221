/** Gives and ends what carries a pupil. Everything written here belongs to the revision that is open. */
import type { Sql, TransactionSql } from 'postgres'
import type { PupilId, RunId } from '#ground/ids.ts'
import { type DayPattern, everySchoolDay } from '#ground/pattern.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { AsAt, PlainDate } from '#ground/time.ts'
import { cutAsAt, span, stateFact, withdrawFact } from '#knowledge/store'
import type { Arrangement, Direction } from './states.ts'

export type SeatWanted = {
  pupil: PupilId
  run: RunId
  days?: DayPattern
  from: PlainDate
  /** The first day without the seat again, or for good. */
  until?: PlainDate | null
  /** The run the pupil leaves for this one. Without it, a second seat on the same day is refused. */
  insteadOf?: RunId
}

/** A seat that stands in the way, with the days both were asked for. */
export type SeatHeld = { run: RunId; code: string; contract: string | null; days: DayPattern; valid: string }
export type SeatRefused =
  | { because: 'run-not-known'; run: RunId }
  | { because: 'ends-before-it-starts'; from: PlainDate; until: PlainDate }
  | { because: 'already-seated'; pupil: PupilId; held: readonly SeatHeld[] }

/**
 * Gives a pupil a seat on a run, in the run's own direction. What the pupil had on those days otherwise (an interim
 * arrangement, a declined offer) ends there; another seat does not, and is named in the refusal (scenario 7).
 */
export async function giveSeat(
  tx: TransactionSql,
  { pupil, run, days = everySchoolDay, from, until = null, insteadOf }: SeatWanted,
): Promise<Result<{ direction: Direction }, SeatRefused>> {
  if (until !== null && until <= from) return refuse({ because: 'ends-before-it-starts', from, until })
  const [found] = await tx<{ direction: Direction }[]>`select direction from run where run_id = ${run}`
  if (!found) return refuse({ because: 'run-not-known', run })
  const { direction } = found
  const held = (await seatsHeld(tx, { pupil, direction, days, from, until })).filter(
    (seat) => seat.run !== run && seat.run !== insteadOf,
  )
  if (held.length > 0) return refuse({ because: 'already-seated', pupil, held })
  await stateFact(tx, 'travel_arrangement', {
    pupil_id: pupil,
    direction,
    days,
    kind: 'seat',
    run_id: run,
    valid: span(from, until),
  })
  return ok({ direction })
}

type Span = {
  pupil: PupilId
  direction: Direction
  days: DayPattern
  from: PlainDate
  until: PlainDate | null
}

async function seatsHeld(tx: TransactionSql, { pupil, direction, days, from, until }: Span) {
  return await tx<SeatHeld[]>`
    select t.run_id as run, coalesce(r.code, 'run ' || t.run_id) as code, c.reference as contract,
           t.days * ${days}::int4multirange as days, t.valid * ${span(from, until)}::daterange as valid
      from travel_arrangement t
      join run using (run_id)
      left join lateral (select code, contract_id from route_terms r
                          where r.route_id = run.route_id and upper_inf(r.known) and r.valid && t.valid
                          order by lower(r.valid) desc limit 1) r on true
      left join lateral (select reference from contract_terms c
                          where c.contract_id = r.contract_id and upper_inf(c.known)
                          order by lower(c.valid) desc limit 1) c on true
     where t.pupil_id = ${pupil} and t.direction = ${direction} and t.kind = 'seat' and upper_inf(t.known)
       and t.valid && ${span(from, until)}::daterange and t.days && ${days}::int4multirange
     order by lower(t.valid)`
}

export type ArrangementWanted = {
  pupil: PupilId
  directions: readonly Direction[]
  kind: Exclude<Arrangement, 'seat'>
  days?: DayPattern
  from: PlainDate
  until?: PlainDate | null
  provider?: string
  reason?: string
}

export type ArrangementRefused =
  | { because: 'ends-before-it-starts'; from: PlainDate; until: PlainDate }
  | { because: 'temporary-without-end' }
  | { because: 'no-consent'; kind: Arrangement; from: PlainDate }
  | { because: 'reason-wanted'; kind: Arrangement }

/** With the parent's consent only: Education Act 1996 s.508B(4), s.508C. */
export type ByConsent = 'personal-travel-budget' | 'mileage' | 'travel-training'
const byConsent: readonly Arrangement[] = [
  'personal-travel-budget',
  'mileage',
  'travel-training',
] satisfies ByConsent[]
/** Whoever reads these later must know why the child had nothing better. */
const withReason: readonly Arrangement[] = ['interim-parental', 'offer-declined']

/** Records an arrangement other than a seat, in place of what the pupil had on those days. */
export async function arrangeTravel(
  tx: TransactionSql,
  wanted: ArrangementWanted,
): Promise<Result<null, ArrangementRefused>> {
  const { pupil, directions, kind, days = everySchoolDay, from, until = null, provider, reason } = wanted
  if (until !== null && until <= from) return refuse({ because: 'ends-before-it-starts', from, until })
  if (kind === 'temporary-vehicle' && until === null) return refuse({ because: 'temporary-without-end' })
  if (withReason.includes(kind) && !reason?.trim()) return refuse({ because: 'reason-wanted', kind })
  if (byConsent.includes(kind) && !(await hasConsent(tx, { pupil, kind, from }))) {
    return refuse({ because: 'no-consent', kind, from })
  }
  for (const direction of directions) {
    await stateFact(tx, 'travel_arrangement', {
      pupil_id: pupil,
      direction,
      days,
      kind,
      ...(provider && { provider }),
      ...(reason && { reason }),
      valid: span(from, until),
    })
  }
  return ok(null)
}

async function hasConsent(
  tx: TransactionSql,
  { pupil, kind, from }: { pupil: PupilId; kind: Arrangement; from: PlainDate },
): Promise<boolean> {
  const [row] = await tx`
    select 1 from travel_consent
     where pupil_id = ${pupil} and kind = ${kind} and valid @> ${from}::date and upper_inf(known)`
  return row !== undefined
}

/** Ends whatever carries a pupil, in these directions, from a day on. Gives how many arrangements were cut. */
export async function endTravel(
  tx: TransactionSql,
  {
    pupil,
    directions,
    from,
    days = everySchoolDay,
  }: { pupil: PupilId; directions: readonly Direction[]; from: PlainDate; days?: DayPattern },
): Promise<number> {
  let cut = 0
  for (const direction of directions) {
    const subject = { pupil_id: pupil, direction, days, valid: span(from, null) }
    cut += await withdrawFact(tx, 'travel_arrangement', subject)
  }
  return cut
}

/** Records a parent's consent to an arrangement in place of transport, with what shows it. */
export async function recordConsent(
  tx: TransactionSql,
  consent: {
    pupil: PupilId
    kind: ByConsent
    givenBy: string
    evidence: string
    from: PlainDate
    until?: PlainDate | null
  },
): Promise<void> {
  const { pupil, kind, givenBy, evidence, from, until = null } = consent
  await stateFact(tx, 'travel_consent', {
    pupil_id: pupil,
    kind,
    given_by: givenBy,
    evidence,
    valid: span(from, until),
  })
}

/** What a pupil's parents consent to on a day. */
export async function consentsHeld(sql: Sql, pupil: PupilId, asAt: AsAt): Promise<ByConsent[]> {
  const { held } = await cutAsAt(sql, asAt)
  const rows = await sql<{ kind: ByConsent }[]>`
    select distinct c.kind from travel_consent c where c.pupil_id = ${pupil} and ${held('c')} order by 1`
  return rows.map(({ kind }) => kind)
}

/** Records that a parent takes consent back from a day on. The arrangement is void from then; transport is owed. */
export async function withdrawConsent(
  tx: TransactionSql,
  { pupil, kind, from }: { pupil: PupilId; kind: Arrangement; from: PlainDate },
): Promise<void> {
  await withdrawFact(tx, 'travel_consent', { pupil_id: pupil, kind, valid: span(from, null) })
}
