import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { NOWHERE } from '#optimiser'
import { trialsIn } from './recognise.ts'
import { tableOf } from './row.ts'
import { gapPercent } from './trial.ts'

const folder = mkdtempSync(join(tmpdir(), 'firstbell-sets-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string) {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), text)
}

write('a/a1-1.txt', '1 1 100 1 30\n0 0 0 0 0 0 480\n1 3 4 1 1 0 480\n2 0 4 1 -1 0 480\n3 0 0 0 0 0 480')
write('a/best-known.json', '{ "a1-1": { "bks": 10 } }')
write('pr/pr01', '1 2 100 1 30\n0 0 0 0 0 0 480\n1 3 4 1 1 0 480\n2 0 4 1 -1 0 480')
write(
  'het/a1-1het.txt',
  '1 1\n9 1 1 1 1\n0 0 0 0 0 0 0 0 0 0 9\n1 1 1 0 30 1 0 0 0 0 9\n2 2 2 0 30 -1 0 0 0 0 9',
)
write('lilim/lc1.txt', '2 9 1\n0 0 0 0 0 100 0 0 0\n1 3 4 -5 10 90 1 2 0\n2 3 0 5 0 90 1 0 1')
write('lilim/best-known.json', '{ "lc1": { "vehicles": 1, "distance": 12 } }')
write('buses/RSRB01/Schools.txt', 'ID X Y AMEARLY AMLATE\n9 2 0 800 801')
write('buses/RSRB01/Stops.txt', 'ID X Y SCHOOL COUNT\n1 0 0 9 10')
write('buses/best-known.json', '{ "instances": { "RSRB01_2700": { "bks": 1 } } }')
write(
  'county/S1.json',
  '{ "meta": { "paDaily": 34 }, "pupils": [], "schools": [], "bases": [], "vehicleTypes": [] }',
)
write('county/evaluate.cjs', 'module.exports = "pupils"')

test('each set is known by the shape of its files, and what is none of them is passed over', () => {
  expect(trialsIn(folder).map(({ name, set, best }) => [name, set, best?.value])).toEqual([
    ['a1-1', 'darp-cordeau-a', 10],
    ['a1-1het', 'darp-multi-depot-heterogeneous', undefined],
    ['lc1', 'pdptw-lilim', 12],
    ['pr01', 'darp-pr', undefined],
    ['RSRB01_2700', 'sbrp-park', 1],
    ['RSRB01_5400', 'sbrp-park', undefined],
    ['S1', 'county', undefined],
  ])
})

test('a plan is judged in its set’s own terms, and a gap asks for the best known number of vehicles', () => {
  const [lilim] = trialsIn(join(folder, 'lilim'))
  const judged = lilim?.judge({ vehicles: [{ fleet: 0, was: NOWHERE, runs: [[0, 1]] }] })

  expect(judged).toMatchObject({ cost: 12, vehicles: 1, broken: [] })
  expect(lilim && gapPercent(lilim, { cost: 15, vehicles: 1, broken: [], plan: {} })).toBe(25)
  expect(lilim && gapPercent(lilim, { cost: 12, vehicles: 2, broken: [], plan: {} })).toBeUndefined()
})

test('a table has a line for each instance and the means of the set below', () => {
  const row = { instance: 'a', set: 'darp', seed: 1, threads: 1, seconds: 2, iterations: 9, vehicles: 1 }
  const rows = [110, 120].map((cost) => ({
    ...row,
    cost,
    best: 100,
    gapPercent: cost - 100,
    bound: 90,
    broken: [],
  }))

  expect(tableOf(rows).split('\n').slice(-2)).toEqual([
    '| a | 2 | 1 | 2 | 9 | 115 | 110 | 1 | 100 | 15.000 | 10.000 | 90 | 0 |',
    '| **all 1** | 2 runs | | | | | | 1 | | 15.000 | 10.000 | | 0 |',
  ])
})

test('a folder that is not there is said', () => {
  expect(() => trialsIn(join(folder, 'nowhere'))).toThrow('There is no folder')
})
