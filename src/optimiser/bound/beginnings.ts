/**
 * Beginnings of runs side by side, as far as what may follow is concerned (Gschwind & Irnich 2015). If the call a
 * beginning stands at starts at t, somebody aboard was picked up no later than min(latest, t - since): two numbers for
 * each of them say exactly how long they may yet ride. The vehicle's own shift is kept in the same way, at position
 * `size`. A beginning is written after the last, and stays only if `keep` is called.
 */
import { NO_LIMIT, NOWHERE, WHOLE_ASSISTANT } from '../problem.ts'
import type { FleetOfPart, RouteGraph } from './route-graph.ts'
import { widerDoubles, widerInts } from './wider.ts'

/** What runs are made with: the graph, the vehicle, and the price on picking each request up. */
export type Pricing = {
  readonly graph: RouteGraph
  readonly vehicle: FleetOfPart
  readonly prices: Float64Array
}

export class Beginnings {
  count = 0
  at = new Int32Array(1024)
  /** Bits of requests: aboard; carried so far; and carried or past carrying. */
  aboard = new Int32Array(1024)
  carried = new Int32Array(1024)
  over = new Int32Array(1024)
  /** Way and wages so far, less the prices of those picked up; assistants and the vehicle's day not counted. */
  cost = new Float64Array(1024)
  early = new Float64Array(1024)
  private readonly times: number
  private latest: Float64Array
  private since: Float64Array
  /** Room taken and the most of it so far, by kind; then shares of an assistant, and the most of them. */
  private readonly rooms: number
  private room: Float64Array
  private peak: Float64Array
  private readonly pricing: Pricing
  private readonly shift: number
  /** Whether the most there ever was of anything says more than whether it fits. */
  private readonly peaksCount: boolean

  constructor(pricing: Pricing) {
    const { graph, vehicle } = pricing
    this.pricing = pricing
    this.times = graph.size + 1
    this.rooms = graph.part.problem.kinds + 1
    this.latest = new Float64Array(1024 * this.times)
    this.since = new Float64Array(1024 * this.times)
    this.room = new Float64Array(1024 * this.rooms)
    this.peak = new Float64Array(1024 * this.rooms)
    const { longestShift, layouts } = vehicle.type
    this.shift = longestShift >= NO_LIMIT ? Number.POSITIVE_INFINITY : longestShift
    this.peaksCount = layouts.length > 1 || graph.requests.some(({ assistantShare }) => assistantShare > 0)
  }

  /** Writes a run's first call; false where this vehicle cannot make it. */
  begin(call: number): boolean {
    const { graph, vehicle } = this.pricing
    const { fleet, type } = vehicle
    const { drive, metres } = graph.leg(fleet.startsAt, graph.call(call).place)
    const to = this.next()
    this.at[to] = call
    this.aboard[to] = 0
    this.carried[to] = 0
    this.over[to] = 0
    this.cost[to] = type.costPerEmptyMetre * metres + type.costPerSecond * drive
    this.early[to] = Math.max(graph.open[call], fleet.open + drive)
    this.room.fill(0, to * this.rooms, (to + 1) * this.rooms)
    this.peak.fill(0, to * this.rooms, (to + 1) * this.rooms)
    const shift = to * this.times + graph.size
    this.since[shift] = drive
    this.latest[shift] =
      fleet.startsAt === NOWHERE ? graph.close[call] : Math.min(fleet.close, graph.close[call] - drive)
    return this.early[to] <= graph.close[call] && this.board(to, call >> 1) && this.hasFuture(to)
  }

  /** Writes the run `from` with one more call; false where a rule forbids it. */
  extend(from: number, call: number): boolean {
    const { graph, vehicle } = this.pricing
    const drive = graph.time[this.at[from] * graph.calls + call]
    const early = Math.max(graph.open[call], this.early[from] + drive)
    if (early > graph.close[call]) return false
    const request = call >> 1
    const isPickup = (call & 1) === 0
    const at = from * this.times + request
    const limit = isPickup
      ? graph.close[call]
      : Math.min(graph.close[call], this.latest[at] + graph.longest[request])
    if (!isPickup && (this.since[at] + drive > graph.longest[request] || early > limit)) return false
    const to = this.next()
    this.at[to] = call
    this.aboard[to] = this.aboard[from]
    this.carried[to] = this.carried[from]
    this.over[to] = this.over[from]
    this.early[to] = early
    const metres = graph.metres(graph.call(this.at[from]).place, graph.call(call).place)
    this.cost[to] = this.cost[from] + vehicle.type.costPerMetre * metres + vehicle.type.costPerSecond * drive
    for (let i = 0; i < this.rooms; i++) {
      this.room[to * this.rooms + i] = this.room[from * this.rooms + i]
      this.peak[to * this.rooms + i] = this.peak[from * this.rooms + i]
    }
    this.moveOn(from, to, drive, limit)
    if (!isPickup) this.alight(to, request)
    else if (!this.board(to, request)) return false
    return this.hasFuture(to)
  }

  /** The one last written stays. */
  keep(): number {
    return this.count++
  }

  /** What the run costs less its prices, brought home; endless where it cannot come home in time. */
  finished(label: number): number {
    const { graph, vehicle } = this.pricing
    const { fleet, type } = vehicle
    const call = this.at[label]
    const { drive, metres } = graph.leg(graph.call(call).place, fleet.endsAt)
    const lasts = graph.service[call] + drive
    const start = label * this.times + graph.size
    const back = this.early[label] + lasts
    if (back > fleet.close || this.since[start] + lasts > this.shift) return Number.POSITIVE_INFINITY
    if (back > this.latest[start] + this.shift) return Number.POSITIVE_INFINITY
    const share = this.peak[label * this.rooms + this.rooms - 1]
    const assistants = type.costPerAssistant * Math.ceil(share / WHOLE_ASSISTANT)
    const day = graph.part.ofDay * (type.costPerDay + assistants)
    return this.cost[label] + type.costPerEmptyMetre * metres + type.costPerSecond * lasts + day
  }

  /**
   * Whether what may follow `other` may follow `one`, at no more cost: `one` has no more behind it that could not be
   * carried after, is no later, and its riders have as long. For two that stand at one call with the same aboard.
   */
  isAsGood(one: number, other: number): boolean {
    if (this.cost[one] > this.cost[other] + 1e-9 || this.early[one] > this.early[other]) return false
    return (!this.peaksCount || this.isNoFuller(one, other)) && this.mayRideAsLong(one, other)
  }

  private isNoFuller(one: number, other: number): boolean {
    const { rooms, peak } = this
    for (let i = 0; i < rooms; i++) if (peak[one * rooms + i] > peak[other * rooms + i]) return false
    return true
  }

  /** At the other's earliest, and however much later, each was picked up by `one` no sooner. */
  private mayRideAsLong(one: number, other: number): boolean {
    const { size, longest } = this.pricing.graph
    const { latest, since, times } = this
    const early = this.early[other]
    for (let i = 0; i <= size; i++) {
      const isLimited = i < size ? (this.aboard[one] >> i) & 1 && longest[i] < Number.POSITIVE_INFINITY : 1
      if (!isLimited || (i === size && this.shift === Number.POSITIVE_INFINITY)) continue
      const [a, b] = [one * times + i, other * times + i]
      if (latest[a] < latest[b]) return false
      if (Math.min(latest[a], early - since[a]) < Math.min(latest[b], early - since[b])) return false
    }
    return true
  }

  /** Everybody aboard rides on to a call that starts no later than `limit`. */
  private moveOn(from: number, to: number, drive: number, limit: number): void {
    const { latest, since, times } = this
    for (let i = 0; i < times; i++) {
      const ridden = since[from * times + i] + drive
      since[to * times + i] = ridden
      latest[to * times + i] = Math.min(latest[from * times + i], limit - ridden)
    }
  }

  private board(to: number, request: number): boolean {
    const { graph, vehicle, prices } = this.pricing
    const { room, ownAssistants, ownAssistantsCost, assistantShare } = graph.requests[request]
    const { assistantRoom } = graph.part.problem
    if (graph.hostile[request] & this.aboard[to]) return false
    this.aboard[to] |= 1 << request
    this.carried[to] |= 1 << request
    this.over[to] |= 1 << request
    const share = this.rooms - 1
    for (let kind = 0; kind < share; kind++)
      this.take(to, kind, room[kind] + ownAssistants * assistantRoom[kind])
    this.take(to, share, assistantShare)
    this.cost[to] += ownAssistantsCost - prices[request]
    this.since[to * this.times + request] = 0
    this.latest[to * this.times + request] = Math.min(
      graph.close[2 * request],
      graph.close[2 * request + 1] - graph.longest[request],
    )
    if (graph.longest[request] === Number.POSITIVE_INFINITY) {
      this.latest[to * this.times + request] = graph.close[2 * request]
    }
    return this.isWelcome(to) && this.hasLayout(to, vehicle)
  }

  private take(to: number, kind: number, more: number): void {
    const at = to * this.rooms + kind
    this.room[at] += more
    this.peak[at] = Math.max(this.peak[at], this.room[at])
  }

  private alight(to: number, request: number): void {
    const { graph } = this.pricing
    const { room, ownAssistants, assistantShare } = graph.requests[request]
    const { assistantRoom } = graph.part.problem
    const share = this.rooms - 1
    for (let kind = 0; kind < share; kind++) {
      this.room[to * this.rooms + kind] -= room[kind] + ownAssistants * assistantRoom[kind]
    }
    this.room[to * this.rooms + share] -= assistantShare
    this.aboard[to] &= ~(1 << request)
  }

  private isWelcome(to: number): boolean {
    const { requests, size } = this.pricing.graph
    const aboard = this.aboard[to]
    let people = 0
    for (let i = 0; i < size; i++) if ((aboard >> i) & 1) people += requests[i].people
    for (let i = 0; i < size; i++) {
      if ((aboard >> i) & 1 && people - requests[i].people > requests[i].atMostOthers) return false
    }
    return true
  }

  private hasLayout(to: number, { type }: FleetOfPart): boolean {
    const { assistantRoom } = this.pricing.graph.part.problem
    const peak = to * this.rooms
    const assistants = Math.ceil(this.peak[peak + this.rooms - 1] / WHOLE_ASSISTANT)
    return type.layouts.some((layout) =>
      layout.every((room, kind) => this.peak[peak + kind] + assistants * assistantRoom[kind] <= room),
    )
  }

  /** Notes who can no longer be picked up; false where somebody aboard cannot be dropped off in time any more. */
  private hasFuture(to: number): boolean {
    const { graph } = this.pricing
    const { fastest, calls, close, open, size } = graph
    const from = this.at[to] * calls
    const early = this.early[to]
    for (let i = 0; i < size; i++) {
      const pickup = 2 * i
      if ((this.aboard[to] >> i) & 1) {
        if (early + fastest[from + pickup + 1] > this.dueAt(to, i)) return false
      } else if (!((this.over[to] >> i) & 1)) {
        const there = Math.max(open[pickup], early + fastest[from + pickup])
        const dropped = there + fastest[pickup * calls + pickup + 1]
        if (there > close[pickup] || dropped > close[pickup + 1]) this.over[to] |= 1 << i
      }
    }
    return this.pairsHaveFuture(to)
  }

  /** Of any two aboard, one can be dropped off first (Dumas, Desrosiers & Soumis 1991). */
  private pairsHaveFuture(to: number): boolean {
    const { size } = this.pricing.graph
    const aboard = this.aboard[to]
    for (let i = 0; i < size; i++) {
      if (!((aboard >> i) & 1)) continue
      for (let j = i + 1; j < size; j++) {
        if ((aboard >> j) & 1 && !this.canDropBoth(to, i, j) && !this.canDropBoth(to, j, i)) return false
      }
    }
    return true
  }

  private canDropBoth(to: number, first: number, then: number): boolean {
    const { fastest, calls, open, longest } = this.pricing.graph
    const [one, other] = [2 * first + 1, 2 * then + 1]
    const there = fastest[this.at[to] * calls + one]
    const on = fastest[one * calls + other]
    const time = Math.max(open[one], this.early[to] + there)
    if (time > this.dueAt(to, first) || time + on > this.dueAt(to, then)) return false
    return this.since[to * this.times + then] + there + on <= longest[then]
  }

  private dueAt(to: number, request: number): number {
    const { close, longest } = this.pricing.graph
    return Math.min(close[2 * request + 1], this.latest[to * this.times + request] + longest[request])
  }

  /** The place of the next beginning, made where there is none. */
  private next(): number {
    if (this.count === this.at.length) this.grow()
    return this.count
  }

  private grow(): void {
    this.at = widerInts(this.at)
    this.aboard = widerInts(this.aboard)
    this.carried = widerInts(this.carried)
    this.over = widerInts(this.over)
    this.cost = widerDoubles(this.cost)
    this.early = widerDoubles(this.early)
    this.latest = widerDoubles(this.latest)
    this.since = widerDoubles(this.since)
    this.room = widerDoubles(this.room)
    this.peak = widerDoubles(this.peak)
  }
}
