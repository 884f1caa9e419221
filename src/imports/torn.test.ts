/** What stops an import half-way leaves the register as it was: nothing is half-written. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayOf, now } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { exportCommand } from './export.command.ts'
import { time } from './reading.ts'
import { importTexts } from './testing.ts'

const { sql, url } = realDatabase()
const checkout = resolve(import.meta.dirname, '../..')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstbell-torn-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Everything that could have been half-written. */
const standing = () => sql`
  select (select revision from knowledge_clock) as revision, (select count(*) from pupil) as pupils,
         (select count(*) from pupil_particulars) as facts, (select count(*) from import_record) as imports,
         (select count(*) from audit_entry) as entries`

describe('killed with kill -9 in the middle of an import', () => {
  test('the register is as it was, and the same file is then brought in whole', {
    timeout: 60_000,
  }, async () => {
    const rows = Array.from(
      { length: 500 },
      (_, i) => `W84${String(i).padStart(10, '0')},Child,Number ${i},03/04/2014\n`,
    )
    const file = `UPN,First name,Surname,DOB\n${rows.join('')}`
    writeFileSync(join(folder, 'pupils.csv'), file)
    const before = await standing()

    // The record of an import is its last write: held up there, all 500 pupils are written and not yet committed.
    await sql.begin(async (tx) => {
      await tx`lock table import_record in share mode`
      const { NODE_ENV: _, ...ours } = process.env
      const child = spawn(
        process.execPath,
        ['src/cli/main.ts', 'import', join(folder, 'pupils.csv'), '--as-of', '2026-09-01'],
        { cwd: checkout, env: { ...ours, DATABASE_URL: url() }, stdio: 'ignore' },
      )
      const ended = new Promise<string | null>((done) => child.once('exit', (_code, signal) => done(signal)))
      await heldUp(1)
      child.kill('SIGKILL')
      expect(await ended).toBe('SIGKILL')
    })
    await heldUp(0)
    expect(await standing()).toEqual(before)

    const done = await importTexts(sql, { 'pupils.csv': file })
    expect(done.sheets[0]?.counts).toMatchObject({ rows: 500, new: 500 })
  })

  /** Waits until so many others wait to write the record of an import. */
  async function heldUp(count: number): Promise<void> {
    for (;;) {
      const [row] = await sql`
        select count(*)::integer as waiting from pg_locks
         where relation = 'import_record'::regclass and mode = 'RowExclusiveLock'
           and database = (select oid from pg_database where datname = current_database())`
      if (row?.['waiting'] === count) return
      await new Promise((later) => setTimeout(later, 20))
    }
  }
})

// Linux gives a device that is always full: what is written to it fails as it does on a full disk.
test.skipIf(process.platform !== 'linux')(
  'a full disk: an export says so, and what was looked at is on record',
  async () => {
    const full = mkdtempSync(join(folder, 'full-'))
    symlinkSync('/dev/full', join(full, 'pupils.csv'))
    await importTexts(
      sql,
      { 'pupils.csv': 'UPN,First name,Surname,DOB\nW840000000999,Asha,Bello,03/04/2014\n' },
      { partial: true },
    )
    const said = await exportCommand.run({
      sql,
      words: [full],
      options: {},
      now: now(),
      today: dayOf(now()),
      say: () => undefined,
    } as never)
    expect(JSON.stringify(said)).toContain('ENOSPC')
    expect(JSON.stringify(said)).toContain('Give a folder on a disk with room')
    expect(await sql`select 1 from look where page = 'firstbell export'`).toHaveLength(1)
  },
)

test('a database whose disk is full refuses the whole import', async () => {
  const before = await standing()
  // PostgreSQL's own error for a full disk, at the last thing an import writes.
  await sql`create function disk_is_full() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`
  await sql`create trigger full_disk before insert on import_record for each row execute function disk_is_full()`
  const file = { 'pupils.csv': 'UPN,First name,Surname,DOB\nW840000000998,Ravi,Sen,21/09/2013\n' }
  await expect(importTexts(sql, file)).rejects.toMatchObject({ code: '53100' })
  await sql`drop trigger full_disk on import_record`
  expect(await standing()).toEqual(before)
})

test.each(['01:30', '2026-10-25T01:30', '1.30am', '0130'])(
  'the hour that happens twice on 25 October: %s is one time by the clock on the wall',
  (text) => {
    expect(time(text)).toEqual({ value: '01:30:00' })
  },
)
