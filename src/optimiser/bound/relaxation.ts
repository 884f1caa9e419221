/**
 * A bound on every plan of a problem of any size. Nobody can be carried for less than
 *  - a way to each call from the nearest place one could come from (or away from it, whichever is dearer in all), and
 *  - a share of the vehicle and the assistant they sit in at one instant at which they cannot but be aboard:
 *    the price over the most people who can be aboard with them, so that the shares of a full vehicle add up to one;
 * or else for what leaving them behind costs.
 *
 * It is worked out in small steps, so that a search may take them between its own and be stopped at any of them.
 */
import type { Problem } from '../problem.ts'
import { fastestTo } from './fastest.ts'
import { type Part, partsOf } from './part.ts'
import { seatSharesOf } from './seat-share.ts'
import { waysOf } from './ways.ts'

export class RelaxedBound {
  /** What no plan can cost less than, those left unplaced included, as far as is known yet. */
  value = 0
  isDone = false
  private readonly steps: Generator<number | undefined, void>

  constructor(problem: Problem) {
    this.steps = boundInSteps(problem)
  }

  /** Takes so many steps, each of some microseconds: a few times a request's, and it is done. */
  work(steps: number): void {
    for (let step = 0; step < steps && !this.isDone; step++) {
      const { value, done } = this.steps.next()
      this.isDone = done === true
      if (value !== undefined) this.value = value
    }
  }
}

/** Yields the bound so far whenever it may have grown. */
function* boundInSteps(problem: Problem): Generator<number | undefined, void> {
  let sum = 0
  for (const part of partsOf(problem)) {
    const shares = seatSharesOf(part)
    yield
    const ways = yield* silently(waysOf(part))
    let bound = 0
    for (const spans of certainlyAboard(part)) {
      if (spans) {
        bound = Math.max(...[ways.to, ways.from].map((way) => boundOf(part, { way, shares, spans })))
      }
      yield spans && Math.floor(sum + part.days * bound + 1e-6)
    }
    sum += part.days * bound
  }
}

function* silently<T>(steps: Generator<void, T>): Generator<undefined, T> {
  for (;;) {
    const { value, done } = steps.next()
    if (done) return value
    yield
  }
}

type Owed = { way: Float64Array; shares: Float64Array; spans: readonly Span[] }

function boundOf({ problem, requests }: Part, { way, shares, spans }: Owed): number {
  const instant = dearestInstant(spans, shares)
  return requests.reduce((sum, r, i) => {
    const { ownAssistantsCost, unplacedPrice } = problem.requests[r]
    const isAboard = spans[i].from < instant && instant <= spans[i].to
    const seat = shares[i] === Number.POSITIVE_INFINITY || isAboard ? shares[i] : 0
    return sum + Math.min(unplacedPrice, ownAssistantsCost + way[i] + seat)
  }, 0)
}

type Span = { from: number; to: number }

/**
 * After `from` and until `to` a request is aboard of necessity; empty where there is no such time, or it is not known
 * yet. Yields all spans at the beginning and whenever those of one more drop-off place are known.
 */
function* certainlyAboard({ problem, requests }: Part): Generator<Span[] | undefined, void> {
  const calls = requests.flatMap((r) => [problem.requests[r].pickup, problem.requests[r].dropoff])
  const spans: Span[] = requests.map(() => ({ from: 0, to: 0 }))
  yield spans
  const toPlace = Map.groupBy(requests.keys(), (i) => calls[2 * i + 1].place)
  for (const [place, some] of toPlace) {
    const from = some.map((i) => calls[2 * i].place)
    const fastest = yield* silently(fastestTo(problem, place, { from, calls }))
    for (const i of some) {
      const [pickup, dropoff] = [calls[2 * i], calls[2 * i + 1]]
      const shortest = pickup.service + fastest[pickup.place]
      spans[i] = {
        from: Math.min(pickup.close, dropoff.close - shortest),
        to: Math.max(dropoff.open, pickup.open + shortest),
      }
    }
    yield spans
  }
}

/** The instant at which most is owed: it is the end of some span. */
function dearestInstant(spans: readonly Span[], shares: Float64Array): number {
  const turns = spans
    .flatMap(({ from, to }, i) => {
      const owed = Number.isFinite(shares[i]) ? shares[i] : 0
      return from < to
        ? [
            { at: from, by: owed },
            { at: to, by: -owed },
          ]
        : []
    })
    .sort((a, b) => a.at - b.at || a.by - b.by)
  let owed = 0
  let most = { owed: 0, at: Number.NEGATIVE_INFINITY }
  turns.forEach(({ by }, i) => {
    owed += by
    // Aboard after `from` and until `to`, both counted up to the next turn.
    if (owed > most.owed && i + 1 < turns.length) most = { owed, at: turns[i + 1].at }
  })
  return most.at
}
