/** Takes travel need forms or refuses them at source, and keeps count of the queue and its senders. */
import type { Sql, TransactionSql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import { span, stateFact } from '#knowledge/store'
import { type MissingAnswer, missingAnswers, needColumns, type TravelNeedForm } from './need-form.ts'

export type SentForm = {
  pupil: PupilId
  form: TravelNeedForm
  /** The team or person the form came from, as the queue is counted by. */
  sentBy: string
  sentAt: Instant
  from: PlainDate
}

/**
 * Keeps a form as it was sent. Complete, it becomes the pupil's need from its day on; incomplete, it is kept as
 * refused, the need stays as it was, and the answers it owes are given back for the sender.
 */
export async function receiveNeedForm(
  tx: TransactionSql,
  { pupil, form, sentBy, sentAt, from }: SentForm,
): Promise<readonly MissingAnswer[]> {
  const missing = missingAnswers(form)
  await tx`
    insert into travel_need_form (pupil_id, sent_by, sent_at, answers, outcome, missing)
    values (${pupil}, ${sentBy}, ${sentAt}, ${tx.json(form as never)}, ${missing.length > 0 ? 'refused' : 'taken'},
            ${missing.map(({ question }) => question)})`
  if (missing.length > 0) return missing
  await stateFact(tx, 'travel_need', {
    pupil_id: pupil,
    ...needColumns(form),
    sent_by: sentBy,
    valid: span(from, null),
  })
  return []
}

/** How one sender's forms fare. Waiting is from a pupil's first refused form to the one that was taken, or until now. */
export type SenderOfForms = {
  sentBy: string
  sent: number
  refused: number
  /** Pupils whose last form was refused. */
  waiting: number
  longestWaitDays: number
}

/** Every sender of forms, the longest wait first. */
export async function sendersOfForms(sql: Sql, now: Instant): Promise<SenderOfForms[]> {
  return await sql<SenderOfForms[]>`
    with pupil as (
      select pupil_id, min(sent_at) filter (where outcome = 'refused') as first_refused,
             max(sent_at) filter (where outcome = 'taken') as taken,
             (array_agg(outcome order by sent_at desc, form_id desc))[1] as last_outcome,
             (array_agg(sent_by order by sent_at, form_id))[1] as sent_by
        from travel_need_form group by pupil_id
    )
    select f.sent_by as "sentBy", count(*)::integer as sent,
           count(*) filter (where f.outcome = 'refused')::integer as refused,
           (select count(*)::integer from pupil p where p.sent_by = f.sent_by and p.last_outcome = 'refused') as waiting,
           coalesce((select max(extract(day from case when p.taken > p.first_refused then p.taken else ${now}::timestamptz end
                                                      - p.first_refused))::integer
                       from pupil p where p.sent_by = f.sent_by), 0) as "longestWaitDays"
      from travel_need_form f
     group by f.sent_by
     order by "longestWaitDays" desc, f.sent_by`
}
