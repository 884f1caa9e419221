import { beforeAll, describe, expect, test } from 'vitest'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { addDays, plainDate } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { plannedWestmarch } from '#test/planned.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { planOf } from '../found/found-plan-store.ts'
import { compareJourneys } from '../impact/comparison.ts'
import { forwardOf } from '../real/forward-store.ts'
import { scenarios } from '../scenario/scenario-store.ts'
import { aJourney, amara, ffion, sunita, tomasz } from '../testing.ts'
import { planPhasingCommand } from './phasing.command.ts'
import { phasingPage } from './phasing.page.ts'
import { phasingOf } from './phasing-store.ts'
import { schoolChanges } from './school-change.ts'

describe('scenario 37: a plan that changes more than 30% of the crews of a school on one day', () => {
  const { sql } = realDatabase()
  let made: Awaited<ReturnType<typeof plannedWestmarch>>

  beforeAll(async () => {
    made = await plannedWestmarch(sql)
  }, 240_000)

  const visit = (form: Record<string, string> = {}) =>
    aVisit(sql, {
      now: made.now,
      person: { id: 1 as never, name: 'Helen Marsh', roles: ['manager'] },
      params: { scenarioId: String(made.scenario), planId: String(made.plan) },
      form,
    })
  const schools = async () => {
    const [scenario] = await scenarios(sql, made.scenario)
    const kept = await planOf(sql, made.scenario, made.plan)
    if (!scenario || !kept) throw new Error('The plan is not there.')
    const phasing = await phasingOf(sql, { scenario, kept })
    if (!phasing.ok) throw new Error(phasing.refusal.because)
    return phasing.value.schools
  }
  const inTheWay = async () => {
    const when = { today: made.today, revision: await revisionKnownAt(sql, made.now) }
    return (await forwardOf(sql, made, when))?.inTheWay.filter(({ because }) => because === 'waves-not-kept')
  }

  test('is flagged, has waves proposed that each keep to the policy, and cannot go forward without them', async () => {
    expect(textOf(await phasingPage.get(visit()))).toMatch(
      /1 school needs waves.*Proposed. Nobody has kept them yet/,
    )
    expect(await inTheWay()).toEqual([{ because: 'waves-not-kept', schools: [(await schools())[0]?.name] }])

    const [school] = await schools()
    const allowed = Math.floor(((school?.pupils ?? 0) * 30) / 100)
    expect(school?.changing.length).toBeGreaterThan(allowed)
    for (const wave of school?.waves ?? []) expect(wave.pupils.length).toBeLessThanOrEqual(allowed)
    const inWaves = new Set(school?.waves.flatMap(({ pupils }) => pupils))
    expect([...inWaves].sort()).toEqual([...(school?.changing ?? [])].sort())
  })

  test('a planner keeps the waves, further apart than policy asks but never nearer, and why', async () => {
    expect(textOf(await phasingPage.post?.(visit({ days: '3', why: 'Sooner' })))).toContain(
      'Policy asks for 7 days or more',
    )
    expect(textOf(await phasingPage.post?.(visit({ days: '14', why: '' })))).toContain(
      'Enter why it comes in these waves',
    )
    expect(await inTheWay()).toHaveLength(1)

    const reply = await phasingPage.post?.(visit({ days: '14', why: 'Drivers meet families first' }))
    expect(reply).toMatchObject({ reply: 'redirect' })
    const [school] = await schools()
    const [first, second] = school?.chosen?.waves ?? []
    expect(first?.on).toBe('2026-12-07')
    expect(second?.on).toBe(addDays(plainDate('2026-12-07'), 14))
    expect(textOf(await phasingPage.get(visit()))).toMatch(
      /It comes in waves.*Kept by .*Drivers meet families first.*21 December 2026/,
    )
  })

  test('and with waves kept, they are no longer in its way', async () => {
    expect(await inTheWay()).toEqual([])
    const answer = await planPhasingCommand.run({
      ...made,
      words: ['Largest'],
      options: {},
      sql,
      say: () => {},
    })
    expect(answer).toMatchObject({
      text: expect.stringMatching(/\d+ waves kept\.\n {2}7 December 2026: \d+ pupils? on V/),
    })
    await expect(sql`delete from plan_phasing`).rejects.toThrow(/never changed/)
  })
})

test('whoever rides a vehicle with another crew changes with it, at their own school', () => {
  const [beacon, oakfield] = [1 as SchoolId, 2 as SchoolId]
  const before = [amara, tomasz, ffion].map((pupil: PupilId) => aJourney(pupil))
  const after = [
    aJourney(amara, { vehicle: 'V1', crew: [sunita] }),
    aJourney(tomasz, { vehicle: 'V1', crew: [] }),
    aJourney(ffion, { vehicle: 'V2' }),
  ]
  const attends = [
    { pupil: amara, school: beacon },
    { pupil: tomasz, school: oakfield },
    { pupil: ffion, school: oakfield },
  ]

  expect(schoolChanges(compareJourneys(before, after), attends)).toEqual([
    { school: beacon, pupils: [amara], runs: [{ run: 'V1', changing: [amara] }] },
    { school: oakfield, pupils: [tomasz, ffion], runs: [{ run: 'V1', changing: [tomasz] }] },
  ])
})
