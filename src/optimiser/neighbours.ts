/**
 * For each request, those it might best share a run with: near at both ends and at about the same time, or the one
 * picked up near where and when the other was dropped off.
 */
import type { Model } from './model.ts'

export class Neighbours {
  /** How many each request has. */
  private readonly count: number
  private readonly model: Model
  private readonly known: (Int32Array | undefined)[]
  private readonly apart: Float64Array
  private readonly order: Int32Array

  constructor(model: Model, most: number) {
    const { requests } = model
    this.model = model
    this.count = Math.max(0, Math.min(most, requests - 1))
    this.known = new Array(requests)
    this.apart = new Float64Array(requests)
    this.order = new Int32Array(requests)
  }

  /** The nearest first. They are found when they are first asked for: for a whole county that takes seconds. */
  of(request: number): Int32Array {
    const known = this.known[request]
    if (known) return known
    const { model, apart, order } = this
    for (let s = 0; s < model.requests; s++) {
      apart[s] = s === request ? Number.POSITIVE_INFINITY : timeApart(model, request, s)
      order[s] = s
    }
    nearestFirst(order, apart, this.count)
    const found = order.slice(0, this.count)
    this.known[request] = found
    return found
  }
}

function timeApart(model: Model, r: number, s: number): number {
  if (model.session[r] !== model.session[s]) return Number.MAX_VALUE
  const together = endsApart(model, 2 * r, 2 * s) + endsApart(model, 2 * r + 1, 2 * s + 1)
  // Twice: the way between two ends against the ways between four.
  return Math.min(together, 2 * timeBetween(model, r, s), 2 * timeBetween(model, s, r))
}

function endsApart(model: Model, a: number, b: number): number {
  const { place, seconds, places } = model
  const way = Math.min(seconds[place[a] * places + place[b]], seconds[place[b] * places + place[a]])
  return way + gap(model, a, b)
}

/** From the drop-off of one to the pickup of the other; Infinity where that leaves no time to carry the other. */
function timeBetween(model: Model, r: number, s: number): number {
  const { open, close, service, place } = model
  const d = 2 * r + 1
  const p = 2 * s
  const way = model.drive(place[d], place[p])
  const boards = Math.max(open[p], open[d] + service[d] + way)
  if (boards + service[p] + model.drive(place[p], place[p + 1]) > close[p + 1])
    return Number.POSITIVE_INFINITY
  return way + Math.max(0, open[p] - close[d])
}

/** How long after one window shuts the other opens. */
function gap({ open, close }: Model, a: number, b: number): number {
  return Math.max(0, open[a] - close[b], open[b] - close[a])
}

/** Puts the `n` nearest first, in order; the rest follow in any (Hoare's selection, then a sort of those few). */
function nearestFirst(order: Int32Array, apart: Float64Array, n: number) {
  let low = 0
  let high = order.length - 1
  while (low < high && n < order.length) {
    const cut = divide(order, apart, low, high)
    if (n <= cut) high = cut
    else low = cut + 1
  }
  order.subarray(0, n).sort((a, b) => apart[a] - apart[b] || a - b)
}

/** Parts low…high in two, none of the first (up to the position returned) further than any of the second. */
function divide(order: Int32Array, apart: Float64Array, low: number, high: number): number {
  const pivot = apart[order[(low + high) >> 1]]
  let i = low - 1
  let j = high + 1
  for (;;) {
    do i++
    while (apart[order[i]] < pivot)
    do j--
    while (apart[order[j]] > pivot)
    if (i >= j) return j
    const kept = order[i]
    order[i] = order[j]
    order[j] = kept
  }
}
