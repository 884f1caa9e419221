import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ContractId, PupilId } from '#ground/ids.ts'
import { instant, plainDate } from '#ground/time.ts'
import { type TravelState, travelStates } from '#travel-arrangements'
import { answersTo, NONE, readChoice, WITHOUT } from './choice.ts'
import { brokenDown, figuresByDirection, figuresOf, funnelOf, type PupilDay, standingOf } from './figures.ts'
import { reconcile, type Standing } from './movement.ts'
import { cohortFigures, situationOf } from './sitrep.ts'

const since = { on: plainDate('2022-02-13'), knownAt: instant('2022-02-13T07:00') }
const pupil = (n: number) => n as PupilId

/** A pupil of no school, with a seat each way and nothing missing. */
const aDay = (n: number, ...but: Partial<PupilDay>[]): PupilDay =>
  Object.assign(
    {
      pupil: pupil(n),
      toSchool: 'confirmed',
      fromSchool: 'confirmed',
      reasons: [null, null],
      missing: [],
      school: null,
      area: null,
      operators: [],
      contracts: [],
    },
    ...but,
  )
const both = (state: TravelState) => ({ toSchool: state, fromSchool: state })
const people = (from: number, howMany: number, ...but: Partial<PupilDay>[]) =>
  Array.from({ length: howMany }, (_, i) => aDay(from + i, ...but))

const anyState = fc.constantFrom(...travelStates.map(({ state }) => state))
const anyPeople = fc
  .array(
    fc.record({ toSchool: anyState, fromSchool: anyState, area: fc.constantFrom('North', 'South', null) }),
  )
  .map((days) => days.map((day, i) => aDay(i + 1, day)))

test('without transport is its three parts, and at risk is told apart', () => {
  const figures = figuresOf([
    ...people(1, 7, both('no-offer')),
    ...people(10, 2, both('offer-declined')),
    ...people(20, 1, both('interim-by-family')),
    ...people(30, 30, both('provisional')),
  ])

  expect(figures).toMatchObject({ pupils: 40, withoutTransport: 10, atRisk: 30, confirmed: 0 })
  expect(figures.withoutTransportParts).toEqual({
    'no-offer': 7,
    'offer-declined': 2,
    'interim-by-family': 1,
  })
})

test.each<[string, [TravelState, TravelState], TravelState]>([
  ['carried to school, and nothing home', ['confirmed', 'no-offer'], 'no-offer'],
  [
    'driven by the family one way, declined the other',
    ['interim-by-family', 'offer-declined'],
    'offer-declined',
  ],
  ['a seat one way and an allowance the other', ['own-arrangement', 'confirmed'], 'confirmed'],
  ['attends mornings and is fetched by nobody, being ill', ['not-requiring', 'provisional'], 'provisional'],
])('the worse of both journeys: %s', (_who, [toSchool, fromSchool], standing) => {
  expect(standingOf({ toSchool, fromSchool })).toBe(standing)
})

test('of any pupils, the states of every table add up to them, and the parts to the headline', () => {
  fc.assert(
    fc.property(anyPeople, (people) => {
      const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0)
      const all = figuresOf(people)
      expect(sum(all.states)).toBe(people.length)
      expect(sum(all.withoutTransportParts)).toBe(all.withoutTransport)
      for (const way of Object.values(figuresByDirection(people))) expect(sum(way.states)).toBe(people.length)
      const rows = brokenDown(people, 'area', new Map())
      expect(rows.reduce((total, { pupils }) => total + pupils, 0)).toBe(people.length)
      expect(rows.reduce((total, row) => total + row.withoutTransport, 0)).toBe(all.withoutTransport)
    }),
  )
})

test('every figure leads to exactly the pupils it counts', () => {
  fc.assert(
    fc.property(anyPeople, (people) => {
      const behind = (asked: Record<string, string>) =>
        people.filter((one) => answersTo(one, readChoice(asked))).length
      const all = figuresOf(people)
      expect(behind({ state: WITHOUT })).toBe(all.withoutTransport)
      for (const { state } of travelStates) {
        expect(behind({ state })).toBe(all.states[state])
        expect(behind({ state, direction: 'from-school' })).toBe(
          figuresByDirection(people)['from-school'].states[state],
        )
      }
      for (const { rung, reached, missing } of funnelOf(people).rungs) {
        expect(behind({ reached: rung })).toBe(reached)
        expect(behind({ missing: rung })).toBe(missing)
      }
      for (const { id, pupils } of brokenDown(people, 'area', new Map()))
        expect(behind({ area: String(id ?? NONE) })).toBe(pupils)
    }),
  )
})

test('the ladder counts who reached each rung with every rung below, and who lacks it', () => {
  const funnel = funnelOf([
    ...people(1, 10),
    ...people(20, 3, both('provisional'), { missing: ['family-told'] }),
    ...people(30, 2, both('provisional'), { missing: ['contract-signed', 'family-told'] }),
    ...people(40, 4, both('no-offer')),
    ...people(50, 5, both('own-arrangement')),
    ...people(60, 6, both('not-requiring')),
  ])

  expect(funnel).toMatchObject({ mustTravel: 24, withoutSeat: 5, needSeat: 19 })
  expect(funnel.rungs).toEqual([
    { rung: 'allocated', reached: 15, missing: 4 },
    { rung: 'contract-signed', reached: 13, missing: 2 },
    { rung: 'operator-accepted', reached: 13, missing: 0 },
    { rung: 'crew-and-vehicle-checked', reached: 13, missing: 0 },
    { rung: 'family-told', reached: 10, missing: 5 },
    { rung: 'school-told', reached: 10, missing: 0 },
  ])
})

test('scenario 5: 95% of contracts are awarded, and the 3% of pupils on no run are what the report opens with', () => {
  const contract = (n: number) => n as ContractId
  const cut = { ...since, revision: 1 }
  const sitrep = situationOf(cut, {
    people: [...people(1, 97), ...people(200, 3, both('no-offer'))],
    contacts: { pupils: 100, unverified: 0, withinMonths: 6, targetPercent: 98 },
    needed: Array.from({ length: 20 }, (_, i) => ({
      contract: contract(i + 1),
      awarded: i < 19,
      signed: i < 10,
    })),
    cohort: undefined,
    reconciliation: reconcile([], [], since),
  })

  expect(sitrep.contracts).toEqual({
    pupilsToPlace: 100,
    pupilsPlaced: 97,
    needed: 20,
    awarded: 19,
    signed: 10,
  })
  expect(sitrep.all.withoutTransport).toBe(3)
})

test('scenario 3: a frozen cohort and 90 who came after show separately, and together are all pupils', () => {
  const frozen = people(1, 500)
  const joiners = people(1001, 90, both('no-offer'))
  const today = [...frozen.slice(4), ...joiners]
  const cohort = {
    name: '7 December',
    frozenOn: plainDate('2021-12-07'),
    members: frozen.map(({ pupil }) => pupil),
  }

  const figures = cohortFigures(today, cohort)

  expect(figures).toMatchObject({ frozen: 500, left: 4 })
  expect(figures.members).toMatchObject({ pupils: 496, withoutTransport: 0 })
  expect(figures.joiners).toMatchObject({ pupils: 90, withoutTransport: 90 })
  expect(figuresOf(today).withoutTransport).toBe(
    figures.members.withoutTransport + figures.joiners.withoutTransport,
  )
})

test('scenario 13: 212 unplaced, 14 joiners, 31 placed, 2 leavers: today opens 212 and closes 193, each by name', () => {
  const without = (from: number, howMany: number): Standing[] =>
    Array.from({ length: howMany }, (_, i) => ({ pupil: pupil(from + i), without: true }))
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
    fc.record({ pupil: fc.integer({ min: 1, max: 12 }).map(pupil), without: fc.boolean() }),
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
