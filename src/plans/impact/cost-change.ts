/**
 * Why a plan costs more or less than today on the same pupils: because there is more or less of it (volume), because it
 * is of dearer or cheaper kinds (mix), or because the same kind costs more or less (price). To the penny: the three add
 * up to the change.
 */
import { type Pence, pence } from '#ground/money.ts'

/** What one kind of vehicle costs in all: how many days of it, and for how much. */
export type CostLine = { kind: string; days: number; cost: Pence }

export type CostChange = { before: Pence; after: Pence; price: Pence; volume: Pence; mix: Pence }

/**
 * The change of cost from some lines to others, each with a kind once. A kind that is new has no price of before: it is
 * taken at its own, so that what it adds is mix and volume, never price.
 */
export function costChange(before: readonly CostLine[], after: readonly CostLine[]): CostChange {
  const was = new Map(before.map((line) => [line.kind, line]))
  const [cost, days] = [total(before, 'cost'), total(before, 'days')]
  const atOldPrices = after.map((line) => {
    const old = was.get(line.kind)
    return old && old.days > 0 ? Math.round((old.cost * line.days) / old.days) : line.cost
  })
  const price = total(after, 'cost') - atOldPrices.reduce((sum, one) => sum + one, 0)
  const change = total(after, 'cost') - cost
  const volume = days === 0 ? change - price : Math.round(((total(after, 'days') - days) * cost) / days)
  return {
    before: pence(cost),
    after: pence(total(after, 'cost')),
    price: pence(price),
    volume: pence(volume),
    mix: pence(change - price - volume),
  }
}

const total = (lines: readonly CostLine[], what: 'days' | 'cost') =>
  lines.reduce((sum, line) => sum + line[what], 0)
