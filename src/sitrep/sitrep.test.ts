import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PupilId } from '#ground/ids.ts'
import { instant, plainDate } from '#ground/time.ts'
import { travelStates } from '#travel-arrangements'
import { figuresOf, reconcile, type Standing, standingsOf } from './sitrep.ts'

const since = { on: plainDate('2022-02-13'), knownAt: instant('2022-02-13T07:00') }
const pupil = (n: number) => n as PupilId

test('without transport is its three parts, and at risk is told apart', () => {
  const figures = figuresOf(
    [
      { direction: 1, state: 'no-offer', pupils: 7 },
      { direction: 1, state: 'offer-declined', pupils: 2 },
      { direction: 1, state: 'interim-by-family', pupils: 1 },
      { direction: 1, state: 'provisional', pupils: 30 },
      { direction: 2, state: 'no-offer', pupils: 99 },
    ],
    1,
  )

  expect(figures.withoutTransport).toBe(10)
  expect(figures.withoutTransportParts).toEqual({
    'no-offer': 7,
    'offer-declined': 2,
    'interim-by-family': 1,
  })
  expect(figures.atRisk).toBe(30)
  expect(figures.states.confirmed).toBe(0)
})

test('scenario 13: 212 unplaced, 14 joiners, 31 placed, 2 leavers: today opens 212 and closes 193, each by name', () => {
  const without = (from: number, count: number): Standing[] =>
    Array.from({ length: count }, (_, i) => ({ pupil: pupil(from + i), without: true, waiting: false }))
  const placed = (standings: Standing[]) => standings.map((standing) => ({ ...standing, without: false }))
  const yesterday = without(1, 212)
  const today = [...placed(yesterday.slice(0, 31)), ...yesterday.slice(33), ...without(1000, 14)]

  const moves = reconcile(yesterday, today, since)

  expect(moves).toMatchObject({ opening: 212, closing: 193, lost: [] })
  expect(moves.joiners).toHaveLength(14)
  expect(moves.placed).toEqual(yesterday.slice(0, 31).map((standing) => standing.pupil))
  expect(moves.leavers).toEqual([32, 33])
})

test('opening and movements always add up to closing', () => {
  const anyDay = fc.uniqueArray(
    fc.record({
      pupil: fc.integer({ min: 1, max: 12 }).map(pupil),
      without: fc.boolean(),
      waiting: fc.constant(false),
    }),
    { selector: (standing) => standing.pupil },
  )
  fc.assert(
    fc.property(anyDay, anyDay, (before, after) => {
      const moves = reconcile(before, after, since)
      const { opening, joiners, lost, placed, leavers, closing } = moves
      expect(opening + joiners.length + lost.length - placed.length - leavers.length).toBe(closing)
      expect(new Set([...joiners, ...lost, ...placed, ...leavers]).size).toBe(
        joiners.length + lost.length + placed.length + leavers.length,
      )
    }),
  )
})

test('a pupil without transport in one direction is without transport, once', () => {
  expect(
    standingsOf([
      { pupil: pupil(1), state: 'confirmed' },
      { pupil: pupil(1), state: 'no-offer' },
      { pupil: pupil(2), state: 'not-requiring' },
    ]),
  ).toEqual([
    { pupil: 1, without: true, waiting: false },
    { pupil: 2, without: false, waiting: false },
  ])
})

test('every state is counted, in every direction', () => {
  const counts = travelStates.map(({ state }) => ({ direction: 2 as const, state, pupils: 1 }))
  const { states } = figuresOf(counts, 2)
  expect(Object.values(states).reduce((sum, n) => sum + n, 0)).toBe(travelStates.length)
})
