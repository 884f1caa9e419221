/** What schools were asked, reminded of and answered about the runs of a plan; only the hash of a link is kept. */
import type { Sql } from 'postgres'
import { hashOf, newToken } from '#access/token-store'
import type { SchoolId } from '#ground/ids.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import { type Author, beginRevision } from '#knowledge/store'
import type { ReviewAnswer } from './review.ts'

type Asking = { plan: number; school: SchoolId; lastDay: PlainDate; author: Author }

/** Makes a school a link of its own to its runs of a plan. Gives the token, which is nowhere else: whoever has it may answer. */
export async function askSchool(sql: Sql, { plan, school, lastDay, author }: Asking): Promise<string> {
  const token = newToken()
  await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    await tx`
      insert into review_link (plan_id, school_id, token_hash, last_day)
      values (${plan}, ${school}, ${hashOf(token)}, ${lastDay})`
  })
  return token
}

export type ReviewLink = {
  link: number
  scenario: number
  plan: number
  school: SchoolId
  lastDay: PlainDate
}

/** What a link opens. Nothing for a token that was never given, has run out, or was followed by a newer one. */
export async function linkOf(
  sql: Sql,
  { token, today }: { token: string; today: PlainDate },
): Promise<ReviewLink | undefined> {
  const [link] = await sql<ReviewLink[]>`
    select l.link_id as link, f.scenario_id as scenario, l.plan_id as plan, l.school_id as school, l.last_day as "lastDay"
      from review_link l join found_plan f using (plan_id)
     where l.token_hash = ${hashOf(token)} and l.last_day >= ${today}
       and not exists (select from review_link n
                        where n.plan_id = l.plan_id and n.school_id = l.school_id and n.link_id > l.link_id)`
  return link
}

/** Records that a school was reminded; how is the author's reason. */
export async function remindSchool(
  sql: Sql,
  { plan, school, author }: { plan: number; school: SchoolId; author: Author },
): Promise<void> {
  await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    await tx`insert into review_reminder (plan_id, school_id) values (${plan}, ${school})`
  })
}

export type Asked = {
  school: SchoolId
  /** When a link was made for it last, and the last day it opens. */
  askedAt: Instant
  lastDay: PlainDate
  reminders: number
  remindedAt: Instant | null
}

/** The schools that were asked about a plan. */
export async function askedOf(sql: Sql, plan: number): Promise<Asked[]> {
  return await sql<Asked[]>`
    select distinct on (l.school_id) l.school_id as school, r.recorded_at as "askedAt", l.last_day as "lastDay",
           m.reminders, m.last as "remindedAt"
      from review_link l
      join revision r using (revision)
     cross join lateral (
       select count(*)::integer as reminders, max(x.recorded_at) as last
         from review_reminder w join revision x using (revision)
        where w.plan_id = l.plan_id and w.school_id = l.school_id) m
     where l.plan_id = ${plan}
     order by l.school_id, l.link_id desc`
}

export type Said = Pick<ReviewAnswer, 'run' | 'pupil' | 'answer' | 'reason'>
type Answering = {
  plan: number
  school: SchoolId
  /** Nothing where an officer writes down what the school told them. */
  link: number | null
  saidBy: string
  said: readonly Said[]
  author: Author
}

/** Records what a school says of its runs and pupils, all of it or nothing. */
export async function recordAnswers(
  sql: Sql,
  { plan, school, link, saidBy, said, author }: Answering,
): Promise<void> {
  await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    const rows = said.map(({ run, pupil, answer, reason }) => ({
      plan_id: plan,
      school_id: school,
      link_id: link,
      said_by: saidBy,
      run,
      pupil_id: pupil,
      answer,
      reason,
    }))
    if (rows.length > 0) await tx`insert into run_review ${tx(rows)}`
  })
}

/** Everything schools said of a plan, the last word first. */
export async function answersOf(sql: Sql, plan: number): Promise<ReviewAnswer[]> {
  return await sql<ReviewAnswer[]>`
    select v.run, v.school_id as school, v.pupil_id as pupil, v.answer, v.reason, v.said_by as "saidBy", r.recorded_at as at
      from run_review v join revision r using (revision)
     where v.plan_id = ${plan}
     order by v.review_id desc`
}
