/**
 * Mornings: where every pupil stood on a day at a revision. `travel_state` is asked once for each and its answer is
 * remembered, since the same question has the same answer for ever; a test holds what is remembered to what is asked.
 */
import type { Sql } from 'postgres'
import { eachDay, type Instant, momentAt, type PlainDate, type WallTime, weekdayOf } from '#ground/time.ts'
import type { TravelState } from '#travel-arrangements'
import { standingOf, worstFirst } from './figures.ts'
import type { Morning } from './missed.ts'
import { COUNTED_BY } from './sitrep.ts'

const BYTES = 5

/** Where every pupil stood on a day at a revision. */
export async function morningAt(
  sql: Sql,
  { on, revision }: { on: PlainDate; revision: number },
): Promise<Morning> {
  const [kept] = await sql<{ standings: Uint8Array }[]>`
    select standings from morning_remembered
     where day = ${on} and revision = ${revision} and definitions = ${COUNTED_BY}`
  if (kept) return morningOf(on, kept.standings)
  const bytes = await countedAt(sql, { on, revision })
  await sql`
    insert into morning_remembered (definitions, day, revision, standings)
    values (${COUNTED_BY}, ${on}, ${revision}, ${bytes})
    on conflict do nothing`
  return morningOf(on, bytes)
}

async function countedAt(sql: Sql, { on, revision }: { on: PlainDate; revision: number }) {
  const rows = await sql<{ pupil: number; toSchool: TravelState; fromSchool: TravelState }[]>`
    select pupil_id as pupil, min(state) filter (where direction = 1) as "toSchool",
           min(state) filter (where direction = 2) as "fromSchool"
      from county_state(${revision}, ${on}::date, false)
     group by pupil_id
     order by pupil_id`
  const bytes = Buffer.alloc(rows.length * BYTES)
  for (const [i, row] of rows.entries()) {
    bytes.writeInt32BE(row.pupil, i * BYTES)
    bytes[i * BYTES + 4] = worstFirst.indexOf(standingOf(row))
  }
  return bytes
}

function morningOf(day: PlainDate, bytes: Uint8Array): Morning {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = bytes.byteLength / BYTES
  const [pupils, standings] = [new Int32Array(count), new Uint8Array(count)]
  // A year of mornings is more than a million of these, and the report waits for them.
  for (let i = 0; i < count; i++) {
    pupils[i] = view.getInt32(i * BYTES)
    standings[i] = view.getUint8(i * BYTES + 4)
  }
  return { day, pupils, standings }
}

/** Where every pupil stood on each of these mornings; `counting` hears how many are left before one is counted. */
export async function morningsAt(
  sql: Sql,
  cuts: readonly MorningCut[],
  counting: (left: number) => void = () => {},
): Promise<Morning[]> {
  const kept = await sql<(MorningCut & { standings: Uint8Array })[]>`
    select day as on, revision, standings
      from unnest(${cuts.map(({ on }) => on)}::date[], ${cuts.map(({ revision }) => revision)}::bigint[]) c (day, revision)
      join morning_remembered using (day, revision)
     where definitions = ${COUNTED_BY}`
  const byCut = new Map(kept.map((one) => [nameOf(one), one.standings]))
  let left = cuts.filter((cut) => !byCut.has(nameOf(cut))).length
  const mornings: Morning[] = []
  for (const cut of cuts) {
    const standings = byCut.get(nameOf(cut))
    if (!standings) counting(left--)
    mornings.push(standings ? morningOf(cut.on, standings) : await morningAt(sql, cut))
  }
  return mornings
}

const nameOf = ({ on, revision }: MorningCut) => `${on} ${revision}`

/** A day and the revision by which it is counted. */
export type MorningCut = { on: PlainDate; revision: number }

/** `revision` bounds what any of the mornings may know. */
type Mornings = { from: PlainDate; until: PlainDate; time: WallTime; revision: number }

/** Weekdays on which a school was open, each with the revision known at `time` that day. */
export async function morningCuts(
  sql: Sql,
  { from, until, time, revision }: Mornings,
): Promise<MorningCut[]> {
  const weekdays = eachDay(from, until).filter((day) => weekdayOf(day) <= 5)
  const open = await sql<{ day: PlainDate }[]>`
    select distinct day from school_open(${revision}, ${weekdays}::date[]) where open`
  const days = new Set(open.map(({ day }) => day))
  return await cutsOf(
    sql,
    weekdays.filter((day) => days.has(day)),
    { time, revision },
  )
}

/** These days, each with the revision known at `time` that day. */
export async function cutsOf(
  sql: Sql,
  days: readonly PlainDate[],
  { time, revision }: Pick<Mornings, 'time' | 'revision'>,
): Promise<MorningCut[]> {
  const moments = days.map((day) => momentAt(day, time))
  return await sql<MorningCut[]>`
    select m.day as on,
           least(revision_known_at(least(m.known_at, clock_timestamp())), ${revision}::bigint) as revision
      from unnest(${[...days]}::date[], ${moments}::timestamptz[]) m (day, known_at)
     order by m.day`
}

/** Which of these mornings are not remembered yet. */
export async function notRemembered(sql: Sql, cuts: readonly MorningCut[]): Promise<MorningCut[]> {
  const kept = await sql<MorningCut[]>`
    select day as on, revision from morning_remembered
     where definitions = ${COUNTED_BY} and day = any(${cuts.map(({ on }) => on)}::date[])`
  const names = new Set(kept.map(nameOf))
  return cuts.filter((cut) => !names.has(nameOf(cut)))
}

/** The first day of the academic year a day lies in: 1 September. */
export const yearBegan = (day: PlainDate): PlainDate =>
  `${Number(day.slice(0, 4)) - (day.slice(5, 7) < '09' ? 1 : 0)}-09-01` as PlainDate

/** What a worker is asked to count: the mornings up to a day, as known at a moment. */
export type MorningsAsked = { on: PlainDate; knownAt: Instant }

/** Asks a worker to count the mornings that lead up to a cut, once however often it is asked. */
export async function askForMornings(sql: Sql, { on, knownAt }: MorningsAsked): Promise<void> {
  await sql`
    select graphile_worker.add_job('count-mornings', ${JSON.stringify({ on, knownAt })}::text::json, job_key := ${`mornings to ${on}`})`
}

/** Forgets every morning and every state, so that whatever is asked next is computed again from what is recorded. */
export async function forgetRemembered(sql: Sql): Promise<void> {
  await sql`delete from morning_remembered`
  await sql`delete from county_remembered`
}
