/** Files sent and not yet confirmed. Nothing is known from them; they are forgotten when confirmed, or after a week. */
import type { Sql } from 'postgres'
import type { PersonId } from '#ground/ids.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import type { SentFile } from './sheet.ts'
import type { Preview } from './store.ts'

export type Upload = {
  id: string
  by: string
  sentAt: Instant
  asOf: PlainDate
  /** The files hold some of the pupils, schools… only. */
  partial: boolean
  /** A mapping file that came with them, as text. */
  mapping: string | null
  files: readonly SentFile[]
}

type Sent = Pick<Upload, 'asOf' | 'partial' | 'mapping' | 'files'> & { person: PersonId; now: Instant }

/** Keeps files until they are confirmed, all of them or none. Gives the name of the upload. */
export async function keepUpload(
  sql: Sql,
  { person, now, asOf, partial, mapping, files }: Sent,
): Promise<Upload['id']> {
  return await sql.begin(async (tx) => {
    await tx`delete from import_upload where sent_at < ${now}::timestamptz - interval '7 days'`
    const [row] = await tx<{ id: string }[]>`
      insert into import_upload (upload_id, person_id, sent_at, as_of, partial, mapping)
      values (gen_random_uuid(), ${person}, ${now}, ${asOf}, ${partial}, ${mapping}) returning upload_id as id`
    const id = row?.id ?? ''
    for (const { name, bytes } of files) {
      await tx`insert into import_upload_file (upload_id, name, bytes) values (${id}, ${name}, ${Buffer.from(bytes)})`
    }
    return id
  })
}

/** An upload with its files, while it waits. */
export async function uploadNamed(sql: Sql, id: string): Promise<Upload | undefined> {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) return undefined
  const [upload] = await sql<Omit<Upload, 'files'>[]>`
    select upload_id as id, p.name as by, sent_at as "sentAt", as_of as "asOf", partial, mapping
      from import_upload join person p using (person_id) where upload_id = ${id}`
  if (!upload) return undefined
  const files = await sql<SentFile[]>`
    select name, bytes from import_upload_file where upload_id = ${id} order by name`
  return { ...upload, files }
}

export type Waiting = Pick<Upload, 'id' | 'by' | 'sentAt'> & { names: string[] }

/** The uploads that wait for somebody to confirm them, the latest first. */
export async function uploadsWaiting(sql: Sql): Promise<Waiting[]> {
  return await sql<Waiting[]>`
    select u.upload_id as id, p.name as by, u.sent_at as "sentAt",
           array(select f.name from import_upload_file f where f.upload_id = u.upload_id order by f.name) as names
      from import_upload u join person p using (person_id) order by u.sent_at desc`
}

/** Forgets an upload and its files. */
export async function forgetUpload(sql: Sql, id: string): Promise<void> {
  await sql`delete from import_upload where upload_id = ${id}`
}

/** What an upload would do, as it was found, if nothing has been recorded since. */
export async function keptPreview(sql: Sql, id: string): Promise<Preview | undefined> {
  const [row] = await sql<{ preview: Preview }[]>`
    select preview from import_upload join knowledge_clock on revision = previewed_at
     where upload_id = ${id} and preview is not null`
  return row?.preview
}

/** Forgets what an upload would do: it is read otherwise from now on. */
export async function forgetPreview(sql: Sql, id: string): Promise<void> {
  await sql`update import_upload set preview = null where upload_id = ${id}`
}

/** The latest revision there is. */
export async function latestRevision(sql: Sql): Promise<number> {
  const [row] = await sql<{ revision: number }[]>`select revision from knowledge_clock`
  return row?.revision ?? 0
}

/** Keeps what an upload would do; `at` is the revision it was held against. */
export async function keepPreview(
  sql: Sql,
  id: string,
  { preview, at }: { preview: Preview; at: number },
): Promise<void> {
  await sql`
    update import_upload set preview = ${sql.json(preview as never)}, previewed_at = ${at} where upload_id = ${id}`
}
