import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pence } from '#ground/money.ts'
import { type CostLine, costChange } from './cost-change.ts'

const taxis = (days: number, pounds: number): CostLine => ({ kind: 'taxi', days, cost: pence(pounds * 100) })
const minibuses = (days: number, pounds: number): CostLine => ({
  kind: 'minibus',
  days,
  cost: pence(pounds * 100),
})
const pounds = (n: number) => pence(n * 100)
const nothing = { price: 0, volume: 0, mix: 0 }

describe('what made a plan dearer or cheaper', () => {
  test('nothing', () => {
    expect(costChange([taxis(10, 1000)], [taxis(10, 1000)])).toMatchObject(nothing)
  })

  test('a tenth more to pay for the same taxis is price', () => {
    expect(costChange([taxis(10, 1000)], [taxis(10, 1100)])).toMatchObject({ ...nothing, price: pounds(100) })
  })

  test('two taxis fewer at the same price is volume', () => {
    expect(costChange([taxis(10, 1000)], [taxis(8, 800)])).toMatchObject({ ...nothing, volume: pounds(-200) })
  })

  test('minibuses where taxis were, as many and at their old prices, is mix', () => {
    const before = [taxis(10, 1000), minibuses(10, 2000)]

    expect(costChange(before, [taxis(5, 500), minibuses(15, 3000)])).toMatchObject({
      ...nothing,
      mix: pounds(500),
    })
  })

  test('a kind never used before has no old price to be dearer than', () => {
    expect(costChange([taxis(10, 1000)], [minibuses(10, 1500)])).toMatchObject({
      ...nothing,
      mix: pounds(500),
    })
  })

  test('where there was nothing before, all is volume', () => {
    expect(costChange([], [taxis(10, 1000)])).toMatchObject({ ...nothing, volume: pounds(1000) })
  })

  test('price, volume and mix are the change to the penny, whatever the lines', () => {
    const line = fc.record({ days: fc.nat(5000), cost: fc.nat(90_000_000).map(pence) })
    const lines = fc
      .tuple(line, line, line)
      .map((all) => all.map((one, i) => ({ kind: `kind ${i}`, ...one })))

    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const change = costChange(before, after)
        expect(change.price + change.volume + change.mix).toBe(change.after - change.before)
      }),
    )
  })
})
