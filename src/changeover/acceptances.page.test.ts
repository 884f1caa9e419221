import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { ok } from '#ground/result.ts'
import { type AsAt, type Instant, instant, type PlainDate, plainDate } from '#ground/time.ts'
import { cutAsAt } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { arrangeTravel, endTravel } from '#travel-arrangements/arrangement-store'
import { aVisit, textOf } from '#web/testing.ts'
import { checkPublished, publishedBytes, publishedReports, publishReport } from '../sitrep/published-store.ts'
import { reportFilePage, reportPage } from '../sitrep/report.page.ts'
import { reportPaper } from '../sitrep/report-files.view.ts'
import { reportAsAt } from '../sitrep/report-store.ts'
import { reportInWords } from '../sitrep/sitrep-words.view.ts'
import { todayPage } from '../sitrep/today.page.ts'
import { acceptanceStanding } from './acceptance.ts'
import { acceptancesAsAt, acceptancesOpen } from './acceptance-store.ts'
import { acceptancePage, acceptancesPage } from './acceptances.page.ts'
import { acceptGaps, recordChange } from './store.ts'

const { sql } = realDatabase()
let county: SmallCounty
const later = (day: string): Instant => instant(`${day}T18:00`)
const on = (day: string) => ({ on: plainDate(day), knownAt: later('2022-06-01') })

/** Ffion and Ivy have no seat from 21 February; Helen Marsh accepts it until 11 March; Ivy is driven from the 7th. */
beforeAll(async () => {
  county = await smallCounty(sql)
  const { ffion, ivy } = county.pupils
  const helen = county.people.manager
  const gone = await recordChange(
    sql,
    { by: helen, reason: 'off the road', at: later('2022-02-14') },
    async (tx) => {
      const gaps = [ffion, ivy].flatMap((pupil) =>
        ([1, 2] as const).map((direction) => ({
          pupil,
          direction,
          firstDay: plainDate('2022-02-21'),
          after: 'no-offer',
        })),
      )
      const risk = { by: helen, reason: 'The minibus is off the road', change: 'BEA-02 suspended' }
      await acceptGaps(tx, gaps, { ...risk, until: plainDate('2022-03-11') })
      for (const pupil of [ffion, ivy])
        await arrangeTravel(tx, {
          pupil,
          directions: [1, 2],
          kind: 'offer-declined',
          reason: 'Shared taxi with strangers',
          from: plainDate('2022-02-21'),
          until: plainDate('2022-03-12'),
        })
      return ok(null)
    },
  )
  expect(gone.ok).toBe(true)
  const hired = await recordChange(
    sql,
    { by: helen, reason: 'taxi', at: later('2022-03-04') },
    async (tx) => {
      const taxi = {
        kind: 'temporary-vehicle' as const,
        from: plainDate('2022-03-07'),
        until: plainDate('2022-03-12'),
      }
      await arrangeTravel(tx, { pupil: ivy, directions: [1, 2], ...taxi })
      return ok(null)
    },
  )
  expect(hired.ok).toBe(true)
})

test.each([
  ['2022-02-20', 'to-come'],
  ['2022-02-21', 'open'],
  ['2022-02-25', 'open'],
  ['2022-02-26', 'lapsing'],
  ['2022-03-11', 'lapsing'],
  ['2022-03-12', 'lapsed'],
])('an acceptance until 11 March, on %s: %s', (day, standing) => {
  const days = { from: plainDate('2022-02-21'), until: plainDate('2022-03-11') }
  expect(acceptanceStanding(days, plainDate(day))).toBe(standing)
})

test('it lapses by itself: after its last day the same change is refused again', async () => {
  const { ffion } = county.pupils
  const end = async (from: PlainDate) => {
    const tried = await recordChange(
      sql,
      { by: county.people['transport-officer'], reason: 'ended', at: later('2022-03-05') },
      async (tx) => {
        await endTravel(tx, { pupil: ffion, directions: [1, 2], from })
        return ok(null)
      },
    )
    return tried.ok ? 'done' : tried.refusal.worse.map(({ firstDay }) => firstDay)
  }
  expect(await end(plainDate('2022-03-09'))).toEqual(['2022-03-14', '2022-03-14'])
})

const openOn = async (asAt: AsAt) =>
  await acceptancesOpen(sql, { on: asAt.on, ...(await cutAsAt(sql, asAt)) })

test('what stands accepted on a day: for the situation report, and lapsed of itself', async () => {
  expect(await openOn(on('2022-02-20'))).toMatchObject({ acceptances: 0, pupils: 0 })
  expect(await openOn(on('2022-03-01'))).toEqual({
    acceptances: 1,
    pupils: 2,
    firstLapses: '2022-03-11',
  })
  expect(await openOn(on('2022-03-12'))).toEqual({
    acceptances: 0,
    pupils: 0,
    firstLapses: null,
  })
  const beforeIt = await openOn({ on: plainDate('2022-03-01'), knownAt: later('2022-02-10') })
  expect(beforeIt).toMatchObject({ acceptances: 0 })
  const worse = async (day: string) => (await acceptancesAsAt(sql, on(day))).map(({ worseOff }) => worseOff)
  expect(await worse('2022-03-01')).toEqual([2])
  expect(await worse('2022-03-08')).toEqual([1])
})

const visit = (day: string, but: object = {}) =>
  aVisit(sql, { query: { on: day, ...but }, path: '/acceptances', now: later('2022-06-01') })

test('scenario 43: who accepted the risk, why and until when is on the record; the list shows what is open, and lapsed', async () => {
  expect(textOf(await acceptancesPage.get(visit('2022-03-01')))).toMatch(
    /BEA-02 suspended The minibus is off the road Helen Marsh 14 February 2022 11 March 2022 Lapses within a fortnight 2 2/,
  )
  expect(textOf(await acceptancesPage.get(visit('2022-03-20')))).toContain('Nothing is accepted on this day')
  expect(textOf(await acceptancesPage.get(visit('2022-03-20', { standing: 'lapsed' })))).toContain(
    'BEA-02 suspended',
  )
})

test('one acceptance names its pupils, what was accepted and where they stand', async () => {
  const [one] = await acceptancesAsAt(sql, on('2022-03-08'))
  const params = { acceptance: String(one?.acceptance) }
  const text = textOf(await acceptancePage.get({ ...visit('2022-03-08'), params }))
  expect(text).toContain('One pupil is as badly off as was accepted')
  expect(text).toMatch(
    /Ivy Lane To school, Home 21 February 2022 to 11 March 2022 No transport Temporary vehicle/,
  )
  expect(text).toMatch(/Ffion Price-Hargreaves .* Offer unsuitable/)
  for (const acceptance of ['0', 'x', '999999'])
    expect((await acceptancePage.get({ ...visit('2022-03-08'), params: { acceptance } })).reply).toBe(
      'not-found',
    )
})

test('the situation of the day says what is accepted, for how many, and when the first of it lapses', async () => {
  const said = async (day: string) => textOf(await todayPage.get({ ...visit(day), path: '/' }))
  expect(await said('2022-03-01')).toContain(
    'Accepted by managers Gaps accepted 1 For pupils 2 The first lapses after 11 March 2022',
  )
  expect(await said('2022-03-14')).toContain('Accepted by managers Gaps accepted 0 For pupils 0')
})

const reportFile = async (day: string, kind: string) => {
  const reply = await reportFilePage.get({
    ...visit(day),
    path: `/situation/report/${kind}`,
    params: { kind },
  })
  if (reply.reply !== 'download') throw new Error(`Expected a download, got ${reply.reply}.`)
  return Buffer.from(reply.body).toString('utf8')
}

test('the situation report tells what is accepted: on its page and in its files', async () => {
  const page = textOf(await reportPage.get({ ...visit('2022-03-01'), path: '/situation/report' }))
  expect(page).toContain(
    'Accepted by managers Gaps accepted 1 For pupils 2 The first lapses after 11 March 2022',
  )

  const { accepted } = JSON.parse(await reportFile('2022-03-01', 'json'))
  expect(accepted).toEqual({ acceptances: 1, pupils: 2, firstLapses: '2022-03-11' })

  const rows = (csv: string) => csv.split(/\r?\n/).filter((row) => row.startsWith('Accepted by managers,'))
  expect(rows(await reportFile('2022-03-01', 'csv'))).toEqual([
    expect.stringMatching(/^Accepted by managers,Figure,Count or day,*$/),
    expect.stringMatching(/^Accepted by managers,Gaps accepted,1,*$/),
    expect.stringMatching(/^Accepted by managers,For pupils,2,*$/),
    expect.stringMatching(/^Accepted by managers,The first lapses after,2022-03-11,*$/),
  ])
  expect(rows(await reportFile('2022-03-14', 'csv'))).toHaveLength(3)
})

test('the situation report tells what is accepted on paper, and in a terminal', async () => {
  const report = await reportAsAt(sql, on('2022-03-01'))
  expect(reportPaper(report, { names: new Map(), foot: '' }).parts).toContainEqual({
    part: 'heading',
    text: 'Accepted by managers',
  })
  expect(reportInWords(report, {})).toContain(
    'Gaps accepted by managers: 1, for 2 pupils. The first lapses after 11 March 2022.',
  )
})

test('an acceptance that a later one cuts down is counted, listed and found as the one it was', async () => {
  const { ffion } = county.pupils
  const helen = county.people.manager
  const whole = await acceptancesAsAt(sql, on('2022-02-23'))
  const longer = await recordChange(
    sql,
    { by: helen, reason: 'longer', at: later('2022-06-02') },
    async (tx) => {
      const gaps = [
        { pupil: ffion, direction: 1 as const, firstDay: plainDate('2022-02-24'), after: 'no-offer' },
      ]
      const risk = { by: helen, reason: 'The taxi firm folded', change: 'BEA-02 ended' }
      await acceptGaps(tx, gaps, { ...risk, until: plainDate('2022-07-22') })
      return ok(null)
    },
  )
  expect(longer.ok).toBe(true)

  // Ffion's way to school is accepted anew from the 24th, so three of the four facts and a piece of the fourth are left.
  const after = { on: plainDate('2022-02-23'), knownAt: later('2022-06-03') }
  expect(await openOn(after)).toMatchObject({ acceptances: 1, pupils: 2 })
  const [one, ...others] = (await acceptancesAsAt(sql, after)).filter(({ from }) => from === '2022-02-21')
  expect(others).toEqual([])
  expect(one).toMatchObject({ acceptance: whole[0]?.acceptance, pupils: 2, recordedAt: whole[0]?.recordedAt })
  const params = { acceptance: String(whole[0]?.acceptance) }
  const text = textOf(await acceptancePage.get({ ...visit('2022-02-23'), now: after.knownAt, params }))
  expect(text).toContain('Ffion Price-Hargreaves')
  expect(text).toContain('Ivy Lane')
})

// 2026-2 was published by two ways of counting before each had a name; both must come out as they were published.
test.each([
  ['2026-2', 2, 'in parts, as it first counted', 'same'],
  ['2026-2', 1, 'once, as it counted later', 'same'],
  ['2026-2', 3, 'as it never counted', 'differs'],
  ['2026-3', 1, 'once, as it counts', 'same'],
  ['2026-3', 2, 'in parts, as it never counted', 'differs'],
] as const)('a report of %s that tells %i acceptances, %s: %s', async (...told) => {
  const [definitions, acceptances, , outcome] = told
  const asAt = { on: plainDate('2022-02-23'), knownAt: later('2022-06-03') }
  const author = { by: county.people.manager, reason: 'published' }
  const id = await publishReport(sql, { asAt, title: 'For the board', commentary: '', author })
  const [published] = await publishedReports(sql, id)
  if (!published) throw new Error('Nothing was published.')
  const report = JSON.parse(Buffer.from((await publishedBytes(sql, id)) ?? []).toString('utf8'))
  const accepted = { ...report.accepted, acceptances }
  const bytes = Buffer.from(`${JSON.stringify({ ...report, definitions, accepted })}\n`)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`update published_bytes set bytes = ${bytes} where report_id = ${id}`
  })
  expect(await checkPublished(sql, { ...published, definitions, sha256 }, asAt.knownAt)).toBe(outcome)
})
