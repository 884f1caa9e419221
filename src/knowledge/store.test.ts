import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PersonId, PupilId } from '#ground/ids.ts'
import { addDays, type Instant, now, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { beginRevision, beliefsAboutPupil, revisionKnownAt, span, stateFact, withdrawFact } from './store.ts'

const { sql, inTransaction } = realDatabase()
const by = 1 as PersonId
const monday = plainDate('2021-08-30')

const aPupil = () =>
  inTransaction(async (tx) => {
    await beginRevision(tx, { by, reason: 'a pupil' })
    const [row] = await tx<{ id: PupilId }[]>`insert into pupil default values returning pupil_id as id`
    return row?.id as PupilId
  })

test('what is stated last stands, on its days and half-days alone, and every earlier belief can be asked again', async () => {
  const aPattern = fc.constantFrom(
    ['{[0,28)}', range(0, 28)] as const,
    ['{[0,10),[14,24)}', [...range(0, 10), ...range(14, 24)]] as const,
    ['{[3,5)}', [3, 4]] as const,
  )
  const aSaying = fc.record({
    from: fc.integer({ min: 0, max: 20 }),
    days: fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
    pattern: aPattern,
    area: fc.option(fc.constantFrom('North', 'South'), { nil: undefined, freq: 3 }),
  })
  const story = fc.array(fc.array(aSaying, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(story, async (revisions) => {
      const pupil = await aPupil()
      let homes: Homes = new Map()
      const believed: { revision: number; homes: Homes }[] = []
      for (const sayings of revisions) {
        homes = sayings.reduce(remember, new Map(homes))
        believed.push({ revision: await tell(pupil, sayings), homes })
      }
      for (const { revision, homes: expected } of believed)
        expect(await homesBelieved(pupil, revision)).toEqual(expected)
    }),
    { numRuns: 25, seed: 20_220_214 },
  )
})

/** The area for each day (counted from a Monday) and half-day of the fortnight. */
type Homes = Map<string, string>
type Saying = {
  from: number
  days: number | null
  pattern: readonly [string, readonly number[]]
  area: string | undefined
}

/** What one saying does to a plain table of days: the model the database is held to. */
function remember(homes: Homes, { from, days, pattern, area }: Saying): Homes {
  for (const day of range(from, days === null ? 40 : from + days)) {
    for (const half of pattern[1]) {
      if (area === undefined) homes.delete(`${day} ${half}`)
      else homes.set(`${day} ${half}`, area)
    }
  }
  return homes
}

const tell = (pupil_id: PupilId, sayings: readonly Saying[]): Promise<number> =>
  inTransaction(async (tx) => {
    await beginRevision(tx, { by, reason: 'told' })
    for (const { from, days, pattern, area } of sayings) {
      const valid = span(addDays(monday, from), days === null ? null : addDays(monday, from + days))
      const subject = { pupil_id, pattern: pattern[0], valid }
      if (area === undefined) await withdrawFact(tx, 'pupil_home', subject)
      else await stateFact(tx, 'pupil_home', { ...subject, address: '1 Mill Lane', area })
    }
    const [row] = await tx<{ revision: number }[]>`select current_revision() as revision`
    return row?.revision ?? 0
  })

async function homesBelieved(pupil: PupilId, revision: number): Promise<Homes> {
  const found = await sql<{ day: number; half: number; area: string }[]>`
    select day, half, area from generate_series(0, 39) day, generate_series(0, 27) half, pupil_home
     where pupil_id = ${pupil} and known @> ${revision}::bigint and pattern @> half and valid @> ${monday}::date + day`
  return new Map(found.map(({ day, half, area }) => [`${day} ${half}`, area]))
}

test('a situation once reported for a moment never changes, whoever is writing at that moment', {
  timeout: 60_000,
}, async () => {
  const pupils = await Promise.all(Array.from({ length: 8 }, aPupil))
  const reported: { moment: Instant; revision: number; homes: string }[] = []
  let writing = pupils.length

  const writer = async (pupil_id: PupilId, seed: number) => {
    for (let i = 0; i < 15; i++) {
      await inTransaction(async (tx) => {
        await beginRevision(tx, { by, reason: `write ${seed} ${i}` })
        const valid = span(addDays(monday, i), null)
        await stateFact(tx, 'pupil_home', { pupil_id, address: `${i} Mill Lane`, pattern: '{[0,28)}', valid })
        // Some writers dawdle between their word and their commit: that is when a wall clock would lie.
        if ((i + seed) % 3 === 0) await tx`select pg_sleep(0.01)`
      })
    }
    writing -= 1
  }
  const reporter = async () => {
    while (writing > 0) {
      const moment = now()
      const revision = await revisionKnownAt(sql, moment)
      reported.push({ moment, revision, homes: await homesAt(revision) })
    }
  }
  await Promise.all([...pupils.map(writer), reporter(), reporter()])

  expect(new Set(reported.map(({ revision }) => revision)).size).toBeGreaterThan(20)
  for (const { moment, revision, homes } of reported) {
    expect(await revisionKnownAt(sql, moment)).toBe(revision)
    expect(await homesAt(revision)).toBe(homes)
  }
})

async function homesAt(revision: number): Promise<string> {
  const [row] = await sql<{ homes: string }[]>`
    select md5(coalesce(string_agg(pupil_id || address || valid::text, ',' order by pupil_id, valid), '')) as homes
      from pupil_home where known @> ${revision}::bigint`
  return row?.homes ?? ''
}

test('every belief about a pupil can be read, with who held it, why and until when', async () => {
  const pupil_id = await aPupil()
  for (const [address, reason] of [
    ['1 Mill Lane', 'first load'],
    ['2 Quay Street', 'told by the family'],
  ] as const) {
    await inTransaction(async (tx) => {
      await beginRevision(tx, { by, reason })
      await stateFact(tx, 'pupil_home', { pupil_id, address, pattern: '{[0,28)}', valid: span(monday, null) })
    })
  }
  const beliefs = await beliefsAboutPupil(sql, pupil_id)

  expect(
    beliefs.map(({ fact, reason, knownUntil }) => [fact['address'], reason, knownUntil === null]),
  ).toEqual([
    ['2 Quay Street', 'told by the family', true],
    ['1 Mill Lane', 'first load', false],
  ])
  expect(beliefs[0]).toMatchObject({
    table: 'pupil_home',
    by: 'Firstbell',
    validFrom: monday,
    validUntil: null,
  })
})

test('facts are closed, never changed, removed or written outside a revision', async () => {
  const pupil_id = await aPupil()
  const home = { pupil_id, address: '1 Mill Lane', pattern: '{[0,28)}', valid: span(monday, null) }
  await inTransaction(async (tx) => {
    await beginRevision(tx, { by, reason: 'home' })
    await stateFact(tx, 'pupil_home', home)
  })
  await expect(inTransaction((tx) => stateFact(tx, 'pupil_home', home))).rejects.toMatchObject({
    code: 'FB001',
  })
  const attempt = (work: (tx: Tx) => Promise<unknown>) =>
    inTransaction(async (tx) => {
      await beginRevision(tx, { by, reason: 'rewriting' })
      await work(tx)
    })
  await expect(
    attempt((tx) => tx`update pupil_home set address = 'nowhere' where pupil_id = ${pupil_id}`),
  ).rejects.toMatchObject({ code: 'FB003' })
  await expect(
    attempt((tx) => tx`delete from pupil_home where pupil_id = ${pupil_id}`),
  ).rejects.toMatchObject({ code: 'FB003' })
  await expect(attempt((tx) => tx`truncate pupil_home`)).rejects.toMatchObject({ code: 'FB002' })
  await expect(
    attempt((tx) => tx`update audit_entry set image = '{}' where pupil_id = ${pupil_id}`),
  ).rejects.toMatchObject({ code: 'FB002' })
  await expect(attempt((tx) => tx`delete from revision`)).rejects.toMatchObject({ code: 'FB002' })
})

test('no revision is dated by hand outside a demonstration', async () => {
  const dated = inTransaction((tx) =>
    beginRevision(tx, { by, reason: 'backdated', at: '2020-01-01T00:00:00Z' as Instant }),
  )
  await expect(dated).rejects.toMatchObject({ code: 'FB001' })
})

test('the chain of the audit verifies, and a forged, lost or reordered entry breaks it', async () => {
  const verified = async () =>
    (await sql<{ first_bad: number | null }[]>`select first_bad from verify_audit()`)[0]?.first_bad
  expect(await verified()).toBeNull()

  // Somebody with the keys to the database, and its triggers off.
  const tamperings = [
    (tx: Tx, at: number) =>
      tx`update audit_entry set image = replace(image, '{', '{ ') where revision = ${at}`,
    (tx: Tx, at: number) => tx`delete from audit_entry where revision = ${at}`,
    (tx: Tx, at: number) => tx`update revision set reason = 'another reason' where revision = ${at}`,
    (tx: Tx, at: number) =>
      tx`update revision set recorded_at = recorded_at - interval '1 hour' where revision = ${at}`,
  ]
  for (const [i, tamper] of tamperings.entries()) {
    const at = 3 + i
    const found = sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tamper(tx, at)
      const [verdict] = await tx<{ first_bad: number | null }[]>`select first_bad from verify_audit()`
      throw new Error(`first bad: ${verdict?.first_bad}`)
    })
    await expect(found).rejects.toThrow(`first bad: ${at}`)
  }
})

type Tx = Parameters<Parameters<typeof inTransaction>[0]>[0]

const range = (from: number, until: number): number[] =>
  Array.from({ length: Math.max(0, until - from) }, (_, i) => from + i)
