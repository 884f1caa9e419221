/**
 * The one way in for every write: a change is a revision with its author and reason, and the database refuses it
 * while it would leave a pupil worse off on a later day that nobody has accepted (`db/migrations/0060`).
 */
import type postgres from 'postgres'
import type { PersonId, PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { PlainDate } from '#ground/time.ts'
import { type Author, beginRevision, stateFact } from '#knowledge/store'

/** One pupil and direction that a change would make worse: the days nobody has accepted, or those somebody has. */
export type Worsening = {
  pupil: PupilId
  direction: 1 | 2
  firstDay: PlainDate
  lastDay: PlainDate
  days: number
  /** Where their travel stands on the first of these days as things are. */
  before: string
  /** The worst that the change would make of it. */
  after: string
  reason: string | null
  accepted: boolean
}

export type ChangeRefused = { because: 'pupils-would-be-worse-off'; worse: readonly Worsening[] }

/**
 * Runs `work` as one revision. Gives its answer; or its own refusal; or who would be worse off. Refused, nothing was
 * written. Any other fault of the database is thrown.
 */
export async function recordChange<T, R = never>(
  sql: postgres.Sql,
  author: Author,
  work: (tx: postgres.TransactionSql) => Promise<Result<T, R>>,
): Promise<Result<T, R | ChangeRefused>> {
  return await rollingBack(
    sql.begin(async (tx) => {
      await beginRevision(tx, author)
      const done = await work(tx)
      if (!done.ok) throw new NothingWritten(done)
      // Asked here for the names; asked again by the database at commit, so that nothing else need be trusted.
      const worse = (await worsenings(tx)).filter(({ accepted }) => !accepted)
      if (worse.length > 0) throw new NothingWritten(refuse({ because: 'pupils-would-be-worse-off', worse }))
      return done
    }) as Promise<Result<T, R | ChangeRefused>>,
  )
}

/** What `work` would answer and do to pupils' travel on later days, or why it is refused. Writes nothing. */
export async function previewChange<T, R = never>(
  sql: postgres.Sql,
  author: Author,
  work: (tx: postgres.TransactionSql) => Promise<Result<T, R>>,
): Promise<Result<{ value: T; worse: readonly Worsening[] }, R>> {
  return await rollingBack(
    sql.begin(async (tx) => {
      await beginRevision(tx, author)
      const done = await work(tx)
      // Thrown either way: a preview leaves nothing behind.
      throw new NothingWritten(done.ok ? ok({ value: done.value, worse: await worsenings(tx) }) : done)
    }) as Promise<Result<{ value: T; worse: readonly Worsening[] }, R>>,
  )
}

/**
 * Accepts, for each pupil and direction named, travel no worse than `after` from its first day until `until` (that day
 * included). The database refuses it of anybody but the open revision's own author, and of one who is no manager.
 */
export async function acceptGaps(
  tx: postgres.TransactionSql,
  gaps: readonly Pick<Worsening, 'pupil' | 'direction' | 'firstDay' | 'after'>[],
  { by, reason, change, until }: { by: PersonId; reason: string; change: string; until: PlainDate },
): Promise<void> {
  for (const { pupil, direction, firstDay, after } of gaps) {
    await stateFact(tx, 'accepted_gap', {
      pupil_id: pupil,
      direction,
      accepted_by: by,
      reason,
      change,
      at_worst: after,
      valid: `[${firstDay},${until}]`,
    })
  }
}

async function worsenings(tx: postgres.TransactionSql): Promise<Worsening[]> {
  return await tx<Worsening[]>`
    select pupil_id as pupil, direction, min(day) as "firstDay", max(day) as "lastDay", count(*)::integer as days,
           (array_agg(before order by day))[1] as before,
           (array_agg(after order by carrying_rank(after) desc, day))[1] as after,
           (array_agg(reason order by carrying_rank(after) desc, day))[1] as reason, accepted
      from worsened_by(current_revision())
     group by pupil_id, direction, accepted
     order by min(day), pupil_id, direction`
}

/** Carries an answer out of a transaction that must leave nothing behind. */
class NothingWritten extends Error {
  readonly answer: unknown
  constructor(answer: unknown) {
    super()
    this.answer = answer
  }
}

async function rollingBack<A>(transaction: Promise<A>): Promise<A> {
  try {
    return await transaction
  } catch (fault) {
    if (fault instanceof NothingWritten) return fault.answer as A
    throw fault
  }
}
