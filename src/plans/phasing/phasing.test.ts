import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { plainDate } from '#ground/time.ts'
import { type Phasing, phase, type SchoolChange } from './phasing.ts'

const rule = { atMostPercent: 30, daysBetween: 7 }
const september = plainDate('2026-09-07')
/** The waves of one school alone. */
function phaseOne(school: SchoolChange, by = rule): Phasing {
  const [only] = phase([school], by, september)
  if (!only) throw new Error('There is no proposal.')
  return only
}
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
    expect(phaseOne(aSchool(2, 1))).toMatchObject({
      required: false,
      waves: [{ on: september, runs: ['R1', 'R2'] }],
    })
  })

  test('four of ten need a plan in waves, and one is proposed', () => {
    expect(phaseOne(aSchool(1, 2, 1))).toMatchObject({
      required: true,
      waves: [
        { on: '2026-09-07', runs: ['R2', 'R1'] },
        { on: '2026-09-14', runs: ['R3'] },
      ],
      beyondRule: [],
    })
  })

  test('a run larger than any day may bear stands alone, and is named', () => {
    const found = phaseOne(aSchool(4, 1))

    expect(found.beyondRule).toEqual(['R1'])
    expect(found.waves.map(({ runs }) => runs)).toEqual([['R1'], ['R2']])
  })

  test('where nobody changes there is no wave', () => {
    expect(phaseOne(aSchool(0, 0))).toMatchObject({ required: false, waves: [] })
  })

  test('everybody who changes is in a wave, and no wave but an agreed one is too large', () => {
    const school = fc.array(fc.nat(4), { maxLength: 8 }).map((runs) => aSchool(...runs))

    fc.assert(
      fc.property(school, fc.nat(100), (one, atMostPercent) => {
        const { waves, changing, beyondRule } = phaseOne(one, { ...rule, atMostPercent })
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

  test('a vehicle that two schools share begins on one day, on which neither has more than it may', () => {
    const run = (name: string, changing: readonly PupilId[]) => ({ run: name, changing })
    const oak = { school: 5 as SchoolId, pupils: pupils(1, 10) }
    const elm = { school: 6 as SchoolId, pupils: pupils(21, 10) }
    const found = phase(
      [
        { ...oak, runs: [run('R1', pupils(1, 3)), run('R2', pupils(4, 2))] },
        { ...elm, runs: [run('R3', pupils(21, 2)), run('R2', pupils(23, 2))] },
      ],
      rule,
      september,
    )

    expect(found.map(({ waves }) => waves.map(({ on, runs }) => [on, ...runs]))).toEqual([
      [
        ['2026-09-07', 'R2'],
        ['2026-09-14', 'R1'],
      ],
      [
        ['2026-09-07', 'R2'],
        ['2026-09-14', 'R3'],
      ],
    ])
  })

  test('whatever vehicles schools share, each begins once, and no day is too much for a school', () => {
    const anyRuns = fc.array(fc.tuple(fc.constantFrom('R1', 'R2', 'R3', 'R4'), fc.nat(4)), { maxLength: 4 })
    const anySchools = fc.array(anyRuns, { minLength: 1, maxLength: 3 }).map((all) =>
      all.map((runs, i): SchoolChange => {
        const school = aSchool(...new Map(runs).values())
        const named = [...new Map(runs).keys()]
        return {
          school: (i + 1) as SchoolId,
          pupils: school.pupils,
          runs: school.runs.map((run, j) => ({ ...run, run: named[j] ?? '' })),
        }
      }),
    )
    fc.assert(
      fc.property(anySchools, (schools) => {
        const found = phase(schools, rule, september)
        const begun = found.flatMap(({ waves }) =>
          waves.flatMap(({ on, runs }) => runs.map((run) => ({ run, on }))),
        )
        for (const theirs of Map.groupBy(begun, ({ run }) => run).values())
          expect(new Set(theirs.map(({ on }) => on)).size).toBe(1)
        for (const one of found.filter(({ required }) => required)) expect(tooMuch(one)).toEqual([])
      }),
    )
  })
})

/** The waves of a school that are larger than they may be, but for a vehicle too large for any. */
const tooMuch = ({ waves, beyondRule }: Phasing) =>
  waves.filter(({ pupils: theirs, runs: [first = '', ...more] }) =>
    beyondRule.includes(first) ? more.length > 0 : theirs.length > 3,
  )
