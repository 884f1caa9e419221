/** The least way to or from every call of a part: from the nearest call or base that it may follow, or to one that may follow it. */
import { type Call, NOWHERE, type Problem, UNREACHABLE } from '../problem.ts'
import type { Part } from './part.ts'

/** What it costs at the least to come to each request's two calls, and to go on from them; endless where there is no way. */
export type Ways = { readonly to: Float64Array; readonly from: Float64Array }

/** Works the ways out call by call, and yields after each. */
export function* waysOf({ problem, requests }: Part): Generator<void, Ways> {
  const calls = requests.flatMap((r) => [problem.requests[r].pickup, problem.requests[r].dropoff])
  const kinds = new CallKinds(problem, calls)
  const before = new Float64Array(kinds.count)
  const after = new Float64Array(kinds.count)
  for (let kind = 0; kind < kinds.count; kind++) {
    before[kind] = kinds.nearestBefore(kind)
    after[kind] = kinds.nearestAfter(kind)
    yield
  }
  const bases = basesOf(problem)
  const ways = { to: new Float64Array(requests.length), from: new Float64Array(requests.length) }
  for (let i = 0; i < requests.length; i++) {
    const [pickup, dropoff] = [kinds.of[2 * i], kinds.of[2 * i + 1]]
    ways.to[i] = Math.min(bases.to(calls[2 * i].place), before[pickup]) + before[dropoff]
    ways.from[i] = Math.min(bases.from(calls[2 * i + 1].place), after[dropoff]) + after[pickup]
  }
  return ways
}

/** Calls at one place at the same times are of one kind: a school has thousands of drop-offs of a kind or two. */
class CallKinds {
  readonly count: number
  /** By call: its kind. */
  readonly of: Int32Array
  private readonly problem: Problem
  private readonly metre: number
  /** By kind. */
  private readonly place: Int32Array
  private readonly leaves: Float64Array
  private readonly closes: Float64Array
  private readonly calls: Int32Array

  constructor(problem: Problem, calls: readonly Call[]) {
    const names = calls.map(({ place, open, close, service }) => `${place} ${open} ${close} ${service}`)
    const numbers = new Map([...new Set(names)].map((name, kind) => [name, kind]))
    this.problem = problem
    this.metre = Math.min(...problem.fleets.map(({ type }) => problem.types[type].costPerMetre))
    this.count = numbers.size
    this.of = Int32Array.from(names, (name) => numbers.get(name) ?? 0)
    this.place = new Int32Array(this.count)
    this.leaves = new Float64Array(this.count)
    this.closes = new Float64Array(this.count)
    this.calls = new Int32Array(this.count)
    calls.forEach(({ place, open, close, service }, call) => {
      const kind = this.of[call]
      this.place[kind] = place
      this.leaves[kind] = open + service
      this.closes[kind] = close
      this.calls[kind] += 1
    })
  }

  /** What the way from the nearest other call costs that one of this kind may follow. */
  nearestBefore(kind: number): number {
    let least = Number.POSITIVE_INFINITY
    for (let other = 0; other < this.count; other++) least = this.nearer(other, kind, least)
    return this.price(least)
  }

  /** What the way to the nearest other call costs that may follow one of this kind. */
  nearestAfter(kind: number): number {
    let least = Number.POSITIVE_INFINITY
    for (let other = 0; other < this.count; other++) least = this.nearer(kind, other, least)
    return this.price(least)
  }

  private price(metres: number): number {
    return metres === Number.POSITIVE_INFINITY ? metres : this.metre * metres
  }

  /** The distance between two calls of these kinds, if it is shorter and the one may follow the other. */
  private nearer(first: number, then: number, least: number): number {
    const { problem, place, leaves, closes, calls } = this
    const way = place[first] * problem.places + place[then]
    if (problem.metres[way] >= least || (first === then && calls[first] < 2)) return least
    const drive = problem.seconds[way]
    return drive < UNREACHABLE && leaves[first] + drive <= closes[then] ? problem.metres[way] : least
  }
}

/** What the way to a place from the base that is nearest costs, and back; nothing for a fleet without a base. */
function basesOf({ types, fleets, metres, places }: Problem) {
  const cheapest = (base: 'startsAt' | 'endsAt', way: (base: number) => number) =>
    Math.min(
      ...fleets.map((fleet) =>
        fleet[base] === NOWHERE ? 0 : types[fleet.type].costPerEmptyMetre * metres[way(fleet[base])],
      ),
    )
  return {
    to: (place: number) => cheapest('startsAt', (base) => base * places + place),
    from: (place: number) => cheapest('endsAt', (base) => place * places + base),
  }
}
