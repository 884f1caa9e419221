import { beforeAll, expect, test } from 'vitest'
import type { PupilId } from '#ground/ids.ts'
import { everySchoolDay } from '#ground/pattern.ts'
import { ok, type Result } from '#ground/result.ts'
import { type Instant, instant, plainDate } from '#ground/time.ts'
import { travelNeedForm } from '#pupils'
import { receiveNeedForm, sendersOfForms } from '#pupils/need-store'
import { addRun, planRun } from '#routes/write-store'
import { sitrepAsAt } from '#sitrep/store'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import {
  type ArrangementRefused,
  arrangeTravel,
  giveSeat,
  type SeatRefused,
} from '#travel-arrangements/arrangement-store'
import { travelOfPupil } from '#travel-arrangements/week-store'
import { aVisit, textOf } from '#web/testing.ts'
import { runSheetPage } from '../routes/run-sheet.page.ts'
import { changePupil } from './pupil-change-store.ts'
import { acceptGaps, previewChange, recordChange } from './store.ts'

const { sql } = realDatabase()
let county: SmallCounty
let second = 0
const then = (): Instant =>
  instant(
    `2022-02-08T10:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second++ % 60).padStart(2, '0')}`,
  )
const author = (reason: string) => ({ by: county.people['transport-officer'], reason, at: then() })
const monday = plainDate('2022-02-14')

beforeAll(async () => {
  county = await smallCounty(sql)
})

const stateOf = async (pupil: number, on: string) => {
  const legs = await travelOfPupil(sql, pupil as PupilId, { days: [plainDate(on)], knownAt: then() })
  return legs.map(({ direction, state, reason }) => [direction, state, reason])
}

test('scenario 7: a second seat on the same morning is refused, and the first one is named', async () => {
  const { pupils, route, runs } = county
  const twice = await recordChange(sql, author('second seat'), async (tx) => {
    const other = await addRun(tx, route, 1)
    return await giveSeat(tx, { pupil: pupils.tomasz, run: other, from: monday })
  })
  expect(!twice.ok && twice.refusal).toMatchObject({
    because: 'already-seated',
    pupil: pupils.tomasz,
    held: [{ run: runs.morning, code: 'BEA-02', contract: 'C-0902', days: everySchoolDay }],
  })
  // Even past the program: the table itself holds one seat a direction a day.
  const byHand = sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'psql', 'by hand', ${then()}::timestamptz)`
    await tx`insert into travel_arrangement (pupil_id, direction, kind, run_id, valid)
             values (${pupils.tomasz}, 1, 'seat', ${runs.afternoon}, '[2022-03-01,2022-04-01)')`
  })
  await expect(byHand).rejects.toMatchObject({ code: '23P01' })
})

test('a seat may take the place of the one it replaces, and of an interim arrangement', async () => {
  const { pupils, route, runs } = county
  const done = await previewChange(sql, author('another minibus'), async (tx) => {
    const other = await addRun(tx, route, 1)
    await planRun(tx, {
      run: other,
      vehicleType: 'Minibus',
      layouts: [[8, 0]],
      stops: [],
      from: monday,
    })
    const moved = await giveSeat(tx, {
      pupil: pupils.tomasz,
      run: other,
      from: monday,
      insteadOf: runs.morning,
    })
    if (!moved.ok) return moved
    return await giveSeat(tx, { pupil: pupils.xiaolong, run: other, from: monday })
  })
  // Nobody has said a word about the new run yet, so Tomasz stays provisional; nobody is worse off.
  expect(done.ok && done.value.worse).toEqual([])
})

test('scenario 6: who moves house and is left off the route stands in tonight’s list, and the change says so first', async () => {
  const { pupils, runs } = county
  const move = {
    change: 'move-home' as const,
    pupil: pupils.ffion,
    from: monday,
    home: { address: '9 Tide Row, Saltmouth', postcode: 'WQ9 2BB', area: 'Saltmouth' },
    seats: 'release' as const,
  }
  const shown = await previewChange(sql, author('moved'), (tx) => changePupil(tx, move))
  expect(shown.ok && shown.value.value.released.map(({ code, direction }) => [code, direction])).toEqual([
    ['BEA-02', 1],
    ['BEA-02', 2],
  ])
  expect(shown.ok && shown.value.worse.map(({ after }) => after)).toEqual(['no-offer', 'no-offer'])

  const refused = await recordChange(sql, author('moved'), (tx) => changePupil(tx, move))
  expect(!refused.ok && refused.refusal.because).toBe('pupils-would-be-worse-off')

  const gaps = shown.ok ? shown.value.worse : []
  const manager = { ...author('moved'), by: county.people.manager }
  const accepted = await recordChange(sql, manager, async (tx) => {
    const risk = { by: county.people.manager, reason: 'Family drives this week', change: 'Home move' }
    await acceptGaps(tx, gaps, { ...risk, until: plainDate('2022-07-22') })
    return await changePupil(tx, move)
  })
  expect(accepted.ok).toBe(true)
  expect(await stateOf(pupils.ffion, '2022-02-15')).toEqual([
    [1, 'no-offer', 'nothing-arranged'],
    [2, 'no-offer', 'nothing-arranged'],
  ])
  const [seat] = await sql`select count(*)::integer as seats from travel_arrangement
    where pupil_id = ${pupils.ffion} and run_id = ${runs.morning} and upper_inf(known) and valid @> '2022-02-11'::date`
  expect(seat).toEqual({ seats: 1 })
})

test('a home move that keeps the seat says that its stops were planned for the old address', async () => {
  const { pupils } = county
  const shown = await previewChange(sql, author('moved'), (tx) =>
    changePupil(tx, {
      change: 'move-home',
      pupil: pupils.tomasz,
      from: monday,
      home: { address: '2 Shore Lane' },
      seats: 'keep',
    }),
  )
  expect(shown.ok && shown.value.worse).toEqual([])
  expect(shown.ok && shown.value.value.doubtful.map(({ why }) => why)).toEqual([
    'its stops and times were planned for the old address',
    'its stops and times were planned for the old address',
  ])
})

test('scenario 8: who leaves on Friday has no seat on Monday, and the run nobody is left on is named', async () => {
  const { pupils } = county
  const leave = { change: 'leave' as const, pupil: pupils.amara, lastDay: plainDate('2022-02-11') }
  const left = await recordChange(sql, author('left Oakfield'), (tx) => changePupil(tx, leave))
  expect(left.ok && left.value.emptied.map(({ code }) => code)).toEqual(['OAK-07'])
  expect(await stateOf(pupils.amara, '2022-02-14')).toEqual([])
  expect((await stateOf(pupils.amara, '2022-02-11')).length).toBe(2)
  const sheet = async (on: string) =>
    textOf(
      await runSheetPage.get(
        aVisit(sql, { params: { runId: String(county.oldRun) }, query: { on }, now: then() }),
      ),
    )
  expect(await sheet('2022-02-11')).toContain('Amara Osei')
  expect(await sheet('2022-02-14')).not.toContain('Amara Osei')
  const again = await recordChange(sql, author('left again'), (tx) =>
    changePupil(tx, { ...leave, lastDay: plainDate('2022-02-18') }),
  )
  expect(!again.ok && again.refusal).toMatchObject({ because: 'not-on-the-register', pupil: pupils.amara })
})

test('a school move gives up the seats that go to the old school, and keeps what does not', async () => {
  const { pupils, oakfield } = county
  const shown = await previewChange(sql, author('moved school'), (tx) =>
    changePupil(tx, {
      change: 'move-school',
      pupil: pupils.tomasz,
      from: monday,
      placement: { school: oakfield, yearGroup: '8' },
    }),
  )
  expect(shown.ok && shown.value.value.released.map(({ code }) => code)).toEqual(['BEA-02', 'BEA-02'])
  expect(shown.ok && shown.value.worse.length).toBe(2)
  const nowhere = await recordChange(sql, author('to the same'), (tx) =>
    changePupil(tx, {
      change: 'move-school',
      pupil: pupils.tomasz,
      from: monday,
      placement: { school: county.beacon },
    }),
  )
  expect(!nowhere.ok && nowhere.refusal.because).toBe('already-there')
})

test('scenario 11: a shared seat declined for a child who must travel alone is an unsuitable offer, not an allocation', async () => {
  const { pupils, runs } = county
  const counted = async () => await sitrepAsAt(sql, { on: monday, knownAt: then() })
  const before = await counted()
  const declined = await recordChange(
    sql,
    author('family declined'),
    async (tx): Promise<Result<null, SeatRefused | ArrangementRefused>> => {
      const seat = await giveSeat(tx, { pupil: pupils.musa, run: runs.morning, from: monday })
      if (!seat.ok) return seat
      return await arrangeTravel(tx, {
        pupil: pupils.musa,
        directions: [1],
        kind: 'offer-declined',
        reason: 'Must travel alone; a shared taxi was offered',
        from: monday,
      })
    },
  )
  expect(declined.ok).toBe(true)
  expect((await stateOf(pupils.musa, '2022-02-14')).map(([, state]) => state)).toEqual([
    'offer-declined',
    'offer-declined',
  ])
  const after = await counted()
  // He was one of the declined already; nothing about the seat he was given makes him allocated.
  expect(after.all.withoutTransportParts).toEqual(before.all.withoutTransportParts)
  expect(after.directions['to-school'].withoutTransportParts['offer-declined']).toBe(1)
  expect(after.funnel.rungs[0]).toEqual(before.funnel.rungs[0])
})

test('scenario 24: a form that names no wheelchair is refused at source, kept, and counted against its sender', async () => {
  const { pupils } = county
  const send = (answers: object, sentAt: string) =>
    recordChange(sql, author('form'), async (tx) =>
      ok(
        await receiveNeedForm(tx, {
          pupil: pupils.zoe,
          form: travelNeedForm.parse({
            mobility: 'wheelchair',
            wheelchairTravel: 'ride-on',
            assistant: 'none',
            handover: 'school-staff',
            communication: 'Signs',
            ...answers,
          }),
          sentBy: 'SEN team, West',
          sentAt: instant(sentAt),
          from: monday,
        }),
      ),
    )
  const first = await send({}, '2022-01-20T09:00')
  expect(first.ok && first.value.map(({ question }) => question)).toEqual([
    'wheelchairMake',
    'wheelchairModel',
  ])
  const [need] =
    await sql`select mobility from travel_need where pupil_id = ${pupils.zoe} and upper_inf(known)`
  expect(need).toEqual({ mobility: 'seat' })
  expect(await sendersOfForms(sql, instant('2022-02-08T12:00'))).toEqual([
    { sentBy: 'SEN team, West', sent: 1, refused: 1, waiting: 1, longestWaitDays: 19 },
  ])
  const whole = await send({ wheelchairMake: 'Quickie', wheelchairModel: 'Life' }, '2022-02-01T09:00')
  expect(whole.ok && whole.value).toEqual([])
  expect(await sendersOfForms(sql, instant('2022-02-08T12:00'))).toEqual([
    { sentBy: 'SEN team, West', sent: 2, refused: 1, waiting: 0, longestWaitDays: 12 },
  ])
})

test('an allowance needs consent, a temporary vehicle an end, a declined offer its reason', async () => {
  const { pupils } = county
  const arrange = (wanted: object) =>
    recordChange(sql, author('arrange'), (tx) =>
      arrangeTravel(tx, { pupil: pupils.zoe, directions: [1], from: monday, ...wanted } as never),
    )
  const because = async (wanted: object) => {
    const done = await arrange(wanted)
    return done.ok ? 'done' : done.refusal.because
  }
  expect(await because({ kind: 'mileage' })).toBe('no-consent')
  expect(await because({ kind: 'temporary-vehicle' })).toBe('temporary-without-end')
  expect(await because({ kind: 'interim-parental', reason: ' ' })).toBe('reason-wanted')
  expect(await because({ kind: 'travel-pass', until: plainDate('2022-02-01') })).toBe('ends-before-it-starts')
})
