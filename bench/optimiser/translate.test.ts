import { expect, test } from 'vitest'
import { check, dropoffOf, NOWHERE, pickupOf } from '#optimiser'
import { evaluate } from './evaluate.ts'
import { readHeterogeneous, readHomogeneous } from './read-dial-a-ride.ts'
import { readSchoolBuses } from './read-school-buses.ts'
import { toProblem, toRoutes } from './translate.ts'

const run = (...calls: number[]) => ({ vehicles: [{ fleet: 0, was: NOWHERE, runs: [calls] }] })
const up = pickupOf
const down = dropoffOf

test('a distance in whole numbers is the distance in doubles, to the hundred-thousandth', () => {
  const text =
    '1 2 100 2 30\n0 0 0 0 0 0 480\n1 3 0 3 1 0 480\n2 1 4 3 1 0 480\n3 0 4 3 -1 0 480\n4 0 0 3 -1 0 480\n5 0 0 0 0 0 480'
  const instance = readHomogeneous(text, 'a1-2')
  const plan = run(up(0), up(1), down(0), down(1))
  const refereed = check(toProblem(instance), plan)
  const evaluated = evaluate(instance, toRoutes(plan))

  expect(refereed.words).toEqual([])
  expect(evaluated.broken).toEqual([])
  expect(refereed.cost / 1e5).toBeCloseTo(evaluated.distance, 4)
})

test.each([
  [3, 0, []],
  [4, 0, ['no-layout-has-the-room']],
  [2, 2, ['no-layout-has-the-room']],
  [1, 2, []],
])(
  '%i staff and %i patients fit a seat, a patient’s seat and a stretcher alike, in both terms',
  (staff, patients, rules) => {
    const text = `1 1\n480 1 1 1 1\n0 0 0 0 0 0 0 0 0 0 480\n1 1 1 0 30 ${staff} ${patients} 0 0 0 480\n2 2 2 0 30 -${staff} -${patients} 0 0 0 480`
    const instance = readHeterogeneous(text, 'a1-1')
    const plan = run(up(0), down(0))

    expect(check(toProblem(instance), plan).broken.map(({ rule }) => rule)).toEqual(rules)
    expect(evaluate(instance, toRoutes(plan)).broken.length > 0).toBe(rules.length > 0)
  },
)

test('buses that are feasible in whole numbers are feasible in doubles, at each limit', () => {
  const files = {
    schools: 'ID X Y AMEARLY AMLATE\n9 29333.3 0 800 801',
    stops: 'ID X Y SCHOOL COUNT\n1 0 0 9 10\n2 0 300 9 20',
  }
  const judged = Array.from({ length: 160 }, (_, i) => {
    const instance = readSchoolBuses(files, { name: 'RSRB', longestRide: 1000 + i })
    const plan = run(up(0), up(1), down(0), down(1))
    return [
      check(toProblem(instance), plan).broken.length === 0,
      evaluate(instance, toRoutes(plan)).broken.length === 0,
    ]
  })

  expect(judged.filter(([whole, doubles]) => whole && !doubles)).toEqual([])
  expect(judged.filter(([whole, doubles]) => whole && doubles).length).toBeGreaterThan(50)
  expect(judged.filter(([, doubles]) => !doubles).length).toBeGreaterThan(50)
})

test('a drive that takes forever is refused, not taken for none', () => {
  const text = '1 1 100 2 30\n0 0 0 0 0 0 480\n1 3 0 3 1 0 480\n2 1 4 3 -1 0 480\n3 0 0 0 0 0 480'
  const instance = readHomogeneous(text, 'a1-1')

  expect(() => toProblem({ ...instance, metric: { ...instance.metric, speed: 0 } })).toThrow(
    'a1-1: a driving time of Infinity parts of a unit',
  )
})
