/** The questions imports raise that nobody has answered yet, and the answers. */
import type { Sql, TransactionSql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import type { Answer, HeldRow, MissingPupil, Question } from './question.ts'

type Reading = Sql | TransactionSql

/**
 * Every open question. One is closed by its answer, by undoing the import that raised it, and by what came later: a
 * pupil who is in a later extract, or off the register; a row of a whole extract once the next whole one came.
 */
export async function openQuestions(sql: Reading): Promise<Question[]> {
  return [...(await missingPupils(sql)), ...(await heldRows(sql))]
}

async function missingPupils(sql: Reading): Promise<MissingPupil[]> {
  return await sql<MissingPupil[]>`
    select 'missing' as asks, s.import_id as "importId", i.as_of as "asOf", pupil as pupil
      from import_seen s
      join import_record i using (import_id)
      cross join unnest(s.missing) pupil
     where s.kind = 'pupils'
       and not exists (select 1 from import_record u where u.undoes = s.import_id)
       and not exists (select 1 from import_seen l
                        where l.kind = s.kind and l.import_id > s.import_id and pupil = any(l.subjects)
                          and not exists (select 1 from import_record u where u.undoes = l.import_id))
       and not exists (select 1 from import_answer a where a.import_id = s.import_id and a.pupil_id = pupil)
       and exists (select 1 from pupil_registration r
                    where r.pupil_id = pupil and upper_inf(r.known) and r.valid @> i.as_of)
     order by s.import_id, pupil`
}

async function heldRows(sql: Reading): Promise<HeldRow[]> {
  return await sql<HeldRow[]>`
    select 'held' as asks, r.import_id as "importId", i.as_of as "asOf", r.sheet, r.line, r.cells,
           r.says->0->>'says' as says, s->>'from' as from, s->>'kind' as kind, s->'headings' as headings,
           coalesce(s->'mapped', '{}') as mapped
      from import_row r
      join import_record i using (import_id)
      cross join lateral (select i.sheets->r.sheet as s) sheet
     where r.outcome = 'held' and s->>'kind' = 'pupils'
       and not exists (select 1 from import_record u where u.undoes = r.import_id)
       and not exists (select 1 from import_seen l
                        where l.kind = 'pupils' and l.import_id > r.import_id
                          and exists (select 1 from import_seen mine where mine.import_id = r.import_id)
                          and not exists (select 1 from import_record u where u.undoes = l.import_id))
       and not exists (select 1 from import_answer a
                        where a.import_id = r.import_id and a.sheet = r.sheet and a.line = r.line
                          and not exists (select 1 from import_record u where u.undoes = a.by_import))
     order by r.import_id, r.sheet, r.line`
}

/** Keeps what was answered, in the revision that does it. */
export async function keepAnswer(
  tx: TransactionSql,
  question: Question,
  { answer, byImport }: { answer: Answer; byImport?: number },
): Promise<void> {
  const missing = question.asks === 'missing'
  await tx`
    insert into import_answer (import_id, pupil_id, sheet, line, answer, same_as, by_import)
    values (${question.importId}, ${missing ? question.pupil : null}, ${missing ? null : question.sheet},
            ${missing ? null : question.line}, ${answer.answer}, ${answer.answer === 'same-child' ? answer.as : null},
            ${byImport ?? null})`
}

/** A pupil as the page names them. */
export type PupilInShort = {
  pupil: PupilId
  name: string
  bornOn: PlainDate
  upn: string | null
  school: string | null
  postcode: string | null
}

/** Pupils in short, as believed now, on a day or nearest to it. */
export async function pupilsInShort(
  sql: Reading,
  pupils: readonly PupilId[],
  on: PlainDate,
): Promise<PupilInShort[]> {
  return await sql<PupilInShort[]>`
    select distinct on (p.pupil_id) p.pupil_id as pupil, p.given_name || ' ' || p.family_name as name,
           p.born_on as "bornOn", p.upn, s.name as school, h.postcode
      from pupil_particulars p
      left join placement l on l.pupil_id = p.pupil_id and upper_inf(l.known) and l.valid @> ${on}::date
      left join school_particulars s on s.school_id = l.school_id and upper_inf(s.known) and s.valid @> ${on}::date
      left join pupil_home h on h.pupil_id = p.pupil_id and upper_inf(h.known) and h.valid @> ${on}::date
     where p.pupil_id = any(${[...pupils]}) and upper_inf(p.known)
     order by p.pupil_id, p.valid @> ${on}::date desc, lower(p.valid) desc`
}

/** Others on the register who were born on the same day and share a name: who might be the same child. */
export async function pupilsLike(
  sql: Reading,
  { givenName, familyName, bornOn }: { givenName: string; familyName: string; bornOn: string },
): Promise<PupilId[]> {
  const rows = await sql<{ pupil: PupilId }[]>`
    select distinct pupil_id as pupil from pupil_particulars
      join pupil_registration r using (pupil_id)
     where upper_inf(pupil_particulars.known) and upper_inf(r.known) and born_on = ${bornOn}
       and (lower(given_name) = lower(${givenName}) or lower(family_name) = lower(${familyName}))
     order by 1`
  return rows.map(({ pupil }) => pupil)
}

/** The same, for a pupil on the register. */
export async function pupilsLikePupil(sql: Reading, pupil: PupilId): Promise<PupilId[]> {
  const people = await sql<{ givenName: string; familyName: string; bornOn: string }[]>`
    select distinct given_name as "givenName", family_name as "familyName", born_on as "bornOn"
      from pupil_particulars where pupil_id = ${pupil} and upper_inf(known)`
  const like: PupilId[] = []
  for (const person of people) like.push(...(await pupilsLike(sql, person)))
  return [...new Set(like)].filter((other) => other !== pupil)
}
