import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PupilId } from '#ground/ids.ts'
import { check, dropoffOf, pickupOf, requestOf } from '#optimiser'
import { crowFly } from '#roads'
import { readPlan } from '../found/found-plan.ts'
import { partOf } from '../found/part.ts'
import { yardsticksFrom } from '../found/yardstick.ts'
import { askDrives } from '../translation/drives.ts'
import { aPerson, askOf, planned } from '../translation/testing.ts'
import { changedPlan } from './changed-plan.ts'
import { changeOf } from './hand-change.ts'

const usual = yardsticksFrom([])
if (!usual.ok) throw new Error('The usual yardsticks are not read.')
const known = { known: [], oddness: usual.value.oddness }

test('a move by hand leaves a plan that is, to the penny and to every stop, the whole plan read anew', async () => {
  const needs = fc.record({
    wheelchair: fc.boolean(),
    assistant: fc.constantFrom('none' as const, 'shared' as const),
    carer: fc.nat(2),
  })
  let moves = 0
  await fc.assert(
    fc.asyncProperty(fc.array(needs, { minLength: 5, maxLength: 8 }), fc.nat(20), async (all, which) => {
      const asked = await askOf(
        all.map(({ wheelchair, assistant, carer }, i) =>
          aPerson(i + 1, {
            carers: [carer + 1],
            needs: {
              mobility: wheelchair ? 'wheelchair' : 'seat',
              wheelchairTravel: wheelchair ? 'ride-on' : null,
              assistant,
            },
          }),
        ),
      )
      const plan = planned(asked, 30)
      const [from, to] = plan.vehicles
      if (!from || !to || plan.vehicles.length < 2) return
      const calls = from.runs.flat()
      const ride = requestOf(calls[which % calls.length] ?? 0)
      const part = partOf(asked.question, [from, to])
      const drives = await askDrives(crowFly(), part.question)
      const moved = changeOf({ part, numbers: [0, 1], drives, doing: { does: 'carry', rides: [ride] } })
      if (!moved.ok) {
        expect(moved.refusal.length).toBeGreaterThan(0)
        return
      }
      moves++
      const rest = { unplaced: [], onKeptRoutes: [], notAsked: [] }
      const whole = {
        plan: { ...readPlan(asked, plan, known), ...rest },
        vehicles: plan.vehicles,
        frozen: known,
      }
      const becomes = changedPlan(whole, { part, numbers: [0, 1], changed: moved.value })
      const vehicles = becomes.vehicles.map((vehicle) => ({ ...vehicle, was: -1 }))
      expect(check(asked.problem, { vehicles }).words).toEqual([])
      const anew = readPlan(asked, { vehicles }, known)
      expect(becomes.plan.runs).toEqual(anew.runs)
      expect(becomes.plan.journeys).toEqual(anew.journeys)
      expect(becomes.plan.anomalies).toEqual(anew.anomalies)
      expect(Math.abs(becomes.plan.cost.weighed - anew.cost.weighed)).toBeLessThanOrEqual(2)
      expect(Math.abs(becomes.plan.cost.money - anew.cost.money)).toBeLessThanOrEqual(2)
    }),
    { numRuns: 60 },
  )
  expect(moves).toBeGreaterThan(5)
})

test('scenario 26: nobody is moved by hand onto a vehicle with a pupil they are kept apart from', async () => {
  const moving = async (keptApart: boolean) => {
    const asked = await askOf([
      aPerson(1, { keptApartFrom: keptApart ? [2 as PupilId] : [] }),
      aPerson(2, { keptApartFrom: keptApart ? [1 as PupilId] : [] }),
    ])
    // Each is driven alone, and the first is to come along with the second.
    const vehicles = [1, 2].map((pupil) => ({
      fleet: 0,
      was: -1,
      runs: [1, 2].map((direction) =>
        [...asked.question.rides.entries()]
          .filter(([, ride]) => ride.pupil === pupil && ride.direction === direction)
          .flatMap(([r]) => [pickupOf(r), dropoffOf(r)]),
      ),
    }))
    const part = partOf(asked.question, vehicles)
    const drives = await askDrives(crowFly(), part.question)
    const ride = requestOf(vehicles[0]?.runs[0]?.[0] ?? 0)
    return changeOf({ part, numbers: [0, 1], drives, doing: { does: 'carry', rides: [ride] } })
  }

  const apart = await moving(true)
  expect(apart).toMatchObject({ ok: false, refusal: [{ rule: 'kept-apart' }] })
  expect(apart.ok ? [] : apart.refusal.flatMap(({ pupils }) => pupils).toSorted()).toEqual([1, 2])
  expect(await moving(false)).toMatchObject({ ok: true })
})
