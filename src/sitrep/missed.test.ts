import { expect, test } from 'vitest'
import type { PupilId } from '#ground/ids.ts'
import { addDays, type PlainDate, plainDate } from '#ground/time.ts'
import type { TravelState } from '#travel-arrangements'
import { worstFirst } from './figures.ts'
import { type Morning, missedOver, waitingOf, waitsAt } from './missed.ts'

const monday = plainDate('2022-02-14')

/** Mornings from Monday 14 February on, one a column; each pupil's states a row. */
function mornings(rows: Readonly<Record<number, readonly (TravelState | null)[]>>): Morning[] {
  const [first = []] = Object.values(rows)
  return first.map((_, i) => {
    const here = Object.entries(rows).flatMap(([pupil, states]) => {
      const state = states[i]
      return state ? [[Number(pupil), worstFirst.indexOf(state)] as const] : []
    })
    return {
      day: addDays(monday, i) as PlainDate,
      pupils: Int32Array.from(here, ([pupil]) => pupil),
      standings: Uint8Array.from(here, ([, place]) => place),
    }
  })
}

const N = 'no-offer'
const F = 'interim-by-family'
const C = 'confirmed'
const P = 'provisional'
const away = 'not-requiring'
const seen = mornings({
  1: [N, N, N, N],
  2: [N, C, F, F],
  3: [N, away, N, N],
  4: [C, C, C, P],
  5: [null, null, null, N],
  6: [N, N, N, C],
})

test('a day missed is a school day without transport, whichever of its three parts', () => {
  const missed = missedOver(seen, monday)

  expect(missed).toMatchObject({ from: monday, schoolDays: 4, pupilDays: 4 + 3 + 3 + 1 + 3, pupils: 5 })
  expect(missed.most[0]).toEqual({ pupil: 1, days: 4 })
})

test('a wait is of school days together: a day at home does not end it, one good day does', () => {
  expect(waitsAt(seen)).toEqual([
    { pupil: 1, since: '2022-02-14', days: 4 },
    { pupil: 3, since: '2022-02-14', days: 3 },
    { pupil: 2, since: '2022-02-16', days: 2 },
    { pupil: 5, since: '2022-02-17', days: 1 },
  ])
})

test('scenario 10: three school days are for the head of service, ten for the director, and nobody waits unseen', () => {
  const policy = [
    { days: 10, to: 'Director' },
    { days: 3, to: 'Head of service' },
  ]
  const wait = (pupil: number, days: number) => ({ pupil: pupil as PupilId, since: monday, days })

  const waiting = waitingOf([wait(7, 12), wait(8, 10), wait(9, 9), wait(10, 3), wait(11, 2)], policy)

  expect(waiting.oldest).toEqual({ since: monday, days: 12, pupils: [7] })
  expect(waiting.escalations).toEqual([
    { days: 3, to: 'Head of service', pupils: [9, 10] },
    { days: 10, to: 'Director', pupils: [7, 8] },
  ])
})

test('while nobody is without transport nobody waits', () => {
  expect(
    waitingOf(waitsAt(mornings({ 1: [N, C], 2: [away, away] })), [{ days: 3, to: 'Head of service' }]),
  ).toEqual({
    oldest: null,
    escalations: [{ days: 3, to: 'Head of service', pupils: [] }],
  })
})
