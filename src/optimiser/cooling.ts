/** How much worse a plan may be and still be kept: much at the start, hardly at the end. */
import type { Search } from './search.ts'

/** Temperatures at the start and at the end, as shares of what a request costs on average. */
const HOT = 1
const COLD = 0.01
/** Without knowing how much time there is, the search cools this many rounds long, then twice as long, and so on. */
const FIRST_COOLING = 4000

/** The temperature when this much, from 0 to 1, of the way to the end is done. */
export function temperature(average: number, cooled: number): number {
  return average * HOT * (COLD / HOT) ** cooled
}

/** What a placed request costs on average in the plan as it stands. */
export function averageCost(search: Search): number {
  const { model, tourOf } = search.draft
  const left = model.unplacedPrice.reduce((sum, price, r) => sum + (tourOf[r] < 0 ? price : 0), 0)
  return (search.best - left) / Math.max(1, search.placed())
}

/** How far a search that does not know its end has cooled after so many rounds. */
export function cooledAfter(rounds: number): number {
  let from = 0
  let length = FIRST_COOLING
  while (rounds >= from + length) {
    from += length
    length *= 2
  }
  return (rounds - from) / length
}
