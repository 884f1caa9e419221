import { expect, test } from 'vitest'
import { pence } from '#ground/money.ts'
import { plainDate } from '#ground/time.ts'
import { readPolicy } from '../policy/council-policy.ts'
import { aJourney, amara, aPupil, guide } from '../testing.ts'
import { taxi, vehicles } from '../translation/testing.ts'
import { impactReport, type Reported } from './impact-report.ts'

const offers = [{ ...taxi, alsoCalled: ['Saloon', 'mini cab'] }]
const reported = (but: Partial<Reported>): Reported => ({
  plan: {
    journeys: [aJourney(amara, { vehicleType: 'Taxi' })],
    cost: {
      money: pence(11_000),
      weighed: pence(11_000),
      lines: [{ kind: 'Taxi', days: 1, cost: pence(11_000) }],
    },
    unplaced: [],
  },
  baseline: [aJourney(amara, { vehicleType: 'saloon' })],
  people: [aPupil(amara)],
  costsNow: [
    { kind: 'saloon', days: 0.5, cost: pence(5000) },
    { kind: 'Mini Cab ', days: 0.5, cost: pence(5000) },
  ],
  yardsticks: { limits: guide },
  offers,
  on: plainDate('2026-09-02'),
  ...but,
})

test('kinds that are the same in fact are one: a dearer day is price, and nobody changes vehicle', () => {
  const { cost, impact } = impactReport(reported({}))
  expect(cost.change).toMatchObject({ price: 1000, volume: 0, mix: 0 })
  expect(cost.before).toEqual([{ kind: 'Taxi', days: 1, cost: 10_000 }])
  expect(cost.unnamedKinds).toEqual([])
  expect(impact.affected['changes-vehicle']).toEqual([])
})

test('without the other names it would be mix, and is said to be', () => {
  const { cost, impact } = impactReport(reported({ offers: [taxi] }))
  expect(cost.change).toMatchObject({ price: 0, mix: 1000 })
  expect(cost.unnamedKinds).toEqual(['saloon', 'Mini Cab '])
  expect(impact.affected['changes-vehicle']).toEqual([amara])
})

test('a name is of one kind only', () => {
  const [first, second] = vehicles
  const twice = [first, { ...second, alsoCalled: ['TAXI'] }]
  expect(readPolicy('plan-vehicles', twice)).toMatchObject({
    refusal: expect.stringContaining('“taxi” names two kinds of vehicle'),
  })
  expect(readPolicy('plan-vehicles', [{ ...first, alsoCalled: ['taxi'] }, second])).toMatchObject({
    ok: true,
  })
})
