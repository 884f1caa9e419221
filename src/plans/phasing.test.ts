import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { plainDate } from '#ground/time.ts'
import { phase, type SchoolChange } from './phasing.ts'

const rule = { atMostPercent: 30, daysBetween: 7 }
const september = plainDate('2026-09-07')
const pupils = (from: number, count: number) => Array.from({ length: count }, (_, i) => (from + i) as PupilId)

/** A school of ten, and how many pupils of each of its runs change crew. */
function aSchool(...runs: number[]): SchoolChange {
  let next = 1
  const changes = runs.map((count, i) => {
    const changing = pupils(next, count)
    next += count
    return { run: `R${i + 1}`, changing }
  })
  return { school: 5 as SchoolId, pupils: pupils(1, 10), runs: changes }
}

describe('scenario 37: how many pupils of a school change crew on one day', () => {
  test('three of ten may, on one day', () => {
    expect(phase(aSchool(2, 1), rule, september)).toMatchObject({
      required: false,
      waves: [{ on: september, runs: ['R1', 'R2'] }],
    })
  })

  test('four of ten need a plan in waves, and one is proposed', () => {
    expect(phase(aSchool(1, 2, 1), rule, september)).toMatchObject({
      required: true,
      waves: [
        { on: '2026-09-07', runs: ['R2', 'R1'] },
        { on: '2026-09-14', runs: ['R3'] },
      ],
      beyondRule: [],
    })
  })

  test('a run larger than any day may bear stands alone, and is named', () => {
    const found = phase(aSchool(4, 1), rule, september)

    expect(found.beyondRule).toEqual(['R1'])
    expect(found.waves.map(({ runs }) => runs)).toEqual([['R1'], ['R2']])
  })

  test('where nobody changes there is no wave', () => {
    expect(phase(aSchool(0, 0), rule, september)).toMatchObject({ required: false, waves: [] })
  })

  test('everybody who changes is in a wave, and no wave but an agreed one is too large', () => {
    const school = fc.array(fc.nat(4), { maxLength: 8 }).map((runs) => aSchool(...runs))

    fc.assert(
      fc.property(school, fc.nat(100), (one, atMostPercent) => {
        const { waves, changing, beyondRule } = phase(one, { ...rule, atMostPercent }, september)
        expect(new Set(waves.flatMap((wave) => wave.pupils))).toEqual(new Set(changing))
        for (const wave of waves) {
          const allowed = Math.floor((one.pupils.length * atMostPercent) / 100)
          if (!wave.runs.some((run) => beyondRule.includes(run)))
            expect(wave.pupils.length).toBeLessThanOrEqual(Math.max(allowed, 0))
          else expect(wave.runs).toHaveLength(1)
        }
      }),
    )
  })
})
