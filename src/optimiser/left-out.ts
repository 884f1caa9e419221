/**
 * What leaving a request out weighs when a plan is kept or taken back. Where vehicles are few, most rounds find no place
 * for somebody, and the way to a better plan leads by plans that leave them out; at its full price nobody would ever be.
 * So it weighs little more than driving for them does, more from time to time while somebody is left out, and less
 * again while nobody is (Gendreau, Hertz & Laporte 1994, of vehicles too full). The best plan is told by full prices.
 */
import { type Draft, NONE } from './draft.ts'

/** At the least, as a share of what a placed request costs on average. */
const LEAST_SHARE = 0.3
/** After so many rounds it becomes so many times more, or less. */
const ROUNDS = 50
const STEP = 1.2

export class LeftOut {
  private readonly draft: Draft
  private readonly most: number
  private least = 0
  private weight = 0

  constructor(draft: Draft) {
    this.draft = draft
    this.most = draft.model.unplacedPrice.reduce((most, price) => Math.max(most, price), 0)
  }

  /** Weighs by what the plan now costs; to be called before the first round. */
  begin(): void {
    const { total, tourOf, model } = this.draft
    const left = model.unplacedPrice.reduce((sum, price, r) => (tourOf[r] === NONE ? sum + price : sum), 0)
    const placed = tourOf.reduce((sum, tour) => (tour === NONE ? sum : sum + 1), 0)
    this.least = (LEAST_SHARE * (total - left)) / Math.max(1, placed)
    this.weight = this.least
  }

  /** What the plan costs, whoever is left out weighed so. */
  weighed(): number {
    const { total, tourOf, model } = this.draft
    let less = 0
    for (let r = 0; r < model.requests; r++) {
      if (tourOf[r] === NONE) less += Math.max(0, model.unplacedPrice[r] - this.weight)
    }
    return total - less
  }

  /** To be told before each round how many there have been. */
  adjust(rounds: number): void {
    if (rounds % ROUNDS !== 0) return
    if (this.draft.tourOf.includes(NONE)) this.weight = Math.min(this.most, this.weight * STEP)
    else this.weight = Math.max(this.least, this.weight / STEP)
  }
}
