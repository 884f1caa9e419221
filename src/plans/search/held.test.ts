import { expect, test } from 'vitest'
import { ok } from '#ground/result.ts'
import { requestOf } from '#optimiser'
import { aPerson, askOf, planned } from '../translation/testing.ts'
import { heldIn } from './held.ts'

const people = [1, 2, 3, 4, 5, 6].map((pupil) => aPerson(pupil))

test('vehicles are held with the same pupils, however another question numbers them', async () => {
  const { question: was, ...asked } = await askOf(people)
  const vehicles = planned({ question: was, ...asked }, 30).vehicles.map(({ fleet, runs }) => ({
    fleet,
    runs,
  }))
  expect(vehicles.length).toBeGreaterThan(1)
  const { question } = await askOf([...people.toReversed(), aPerson(7)])
  const made = heldIn(question, { was, vehicles, held: [1] })
  if (!made.ok) throw new Error(JSON.stringify(made.refusal))
  expect(made.value).toHaveLength(vehicles.length)
  expect(made.value[0]?.runs.flat()).toEqual([])
  const ridersOf = (rides: typeof question.rides, runs: readonly (readonly number[])[] = []) =>
    runs.map((run) => run.map((call) => `${rides[requestOf(call)]?.pupil} ${call % 2}`))
  expect(ridersOf(question.rides, made.value[1]?.runs)).toEqual(ridersOf(was.rides, vehicles[1]?.runs))
  expect(heldIn(was, { was, vehicles, held: [0, 1] })).toEqual(
    ok(vehicles.map((one, v) => (v < 2 ? one : { fleet: 0, runs: [[], []] }))),
  )
})

test('a vehicle whose pupil is not asked for any more is not held, and says for whom', async () => {
  const { question: was, ...asked } = await askOf(people)
  const { vehicles } = planned({ question: was, ...asked }, 30)
  const gone = was.rides[requestOf(vehicles[0]?.runs[0]?.[0] ?? 0)]?.pupil
  const { question } = await askOf(people.filter(({ pupil }) => pupil !== gone))
  expect(heldIn(question, { was, vehicles, held: [0] })).toEqual({
    ok: false,
    refusal: { vehicle: 0, pupils: [gone] },
  })
})
