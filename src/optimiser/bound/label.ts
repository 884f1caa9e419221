/**
 * A beginning of a run, as far as what may follow is concerned (Gschwind & Irnich 2015). If the call it stands at
 * starts at t, somebody aboard was picked up no later than min(latest, t - since): two numbers for each of them say
 * exactly how long they may yet ride. The vehicle's own shift is kept in the same way, at position `size`.
 */
import {
  type Fleet,
  isPickup,
  NO_LIMIT,
  NOWHERE,
  requestOf,
  type VehicleType,
  WHOLE_ASSISTANT,
} from '../problem.ts'
import type { RouteGraph } from './route-graph.ts'

export type Label = {
  readonly at: number
  readonly before: Label | undefined
  readonly aboard: number
  readonly done: number
  /** Way and wages so far, less the prices of those picked up; assistants and the vehicle's day not counted. */
  readonly cost: number
  readonly early: number
  readonly latest: Float64Array
  readonly since: Float64Array
  readonly room: Float64Array
  /** The most so far of each kind of room, and of shares of an assistant. */
  readonly peak: Float64Array
  readonly share: number
  readonly peakShare: number
}

/** What a run is made with: the graph, the vehicle, and the price on picking each request up. */
export type Pricing = {
  readonly graph: RouteGraph
  readonly fleet: Fleet
  readonly type: VehicleType
  readonly prices: Float64Array
}

/** The run's first call, or undefined where this vehicle cannot make it. */
export function begin({ graph, fleet, type, prices }: Pricing, call: number): Label | undefined {
  const { size } = graph
  const { place, open, close } = graph.call(call)
  const { drive, metres } = graph.leg(fleet.startsAt, place)
  const early = Math.max(open, fleet.open + drive)
  if (early > close) return undefined
  const latest = new Float64Array(size + 1)
  const since = new Float64Array(size + 1)
  latest[size] = fleet.startsAt === NOWHERE ? close : Math.min(fleet.close, close - drive)
  since[size] = drive
  const kinds = graph.part.problem.kinds
  const empty: Label = {
    at: call,
    before: undefined,
    aboard: 0,
    done: 0,
    cost: type.costPerEmptyMetre * metres + type.costPerSecond * drive,
    early,
    latest,
    since,
    room: new Float64Array(kinds),
    peak: new Float64Array(kinds),
    share: 0,
    peakShare: 0,
  }
  return boarded({ graph, fleet, type, prices }, empty, requestOf(call))
}

/** The run with one more call, or undefined where a rule forbids it. */
export function extend(pricing: Pricing, label: Label, call: number): Label | undefined {
  const { graph, type } = pricing
  const request = requestOf(call)
  const drive = graph.time(label.at, call)
  const { open, close, place } = graph.call(call)
  const early = Math.max(open, label.early + drive)
  if (early > close) return undefined
  let limit = close
  if (!isPickup(call)) {
    const { longestRide, pickup } = graph.requests[request]
    const atMost = longestRide >= NO_LIMIT ? Number.POSITIVE_INFINITY : pickup.service + longestRide
    if (label.since[request] + drive > atMost) return undefined
    limit = Math.min(close, label.latest[request] + atMost)
    if (early > limit) return undefined
  }
  const moved: Label = {
    ...label,
    at: call,
    before: label,
    cost:
      label.cost +
      type.costPerMetre * graph.metres(graph.call(label.at).place, place) +
      type.costPerSecond * drive,
    early,
    latest: label.latest.slice(),
    since: label.since.slice(),
    room: label.room.slice(),
    peak: label.peak.slice(),
  }
  for (let i = 0; i <= graph.size; i++) {
    moved.since[i] += drive
    moved.latest[i] = Math.min(moved.latest[i], limit - moved.since[i])
  }
  return isPickup(call) ? boarded(pricing, moved, request) : alighted(graph, moved, request)
}

/** What the run costs less its prices, brought home; undefined where it cannot come home in time. */
export function finish({ graph, fleet, type }: Pricing, label: Label): number | undefined {
  const { place, service } = graph.call(label.at)
  const { drive, metres } = graph.leg(place, fleet.endsAt)
  const lasts = service + drive
  const shift = type.longestShift >= NO_LIMIT ? Number.POSITIVE_INFINITY : type.longestShift
  if (label.early + lasts > fleet.close || label.since[graph.size] + lasts > shift) return undefined
  if (label.early + lasts > label.latest[graph.size] + shift) return undefined
  const { ofDay } = graph.part
  const assistants = Math.ceil(label.peakShare / WHOLE_ASSISTANT)
  return (
    label.cost +
    type.costPerEmptyMetre * metres +
    type.costPerSecond * lasts +
    ofDay * (type.costPerDay + type.costPerAssistant * assistants)
  )
}

function boarded({ graph, type, prices }: Pricing, label: Label, request: number): Label | undefined {
  const { problem } = graph.part
  const { room, ownAssistants, ownAssistantsCost, assistantShare, pickup } = graph.requests[request]
  if (graph.hostile[request] & label.aboard) return undefined
  const aboard = label.aboard | (1 << request)
  if (!allWithin(graph, aboard)) return undefined
  const taken = label.room
  for (let kind = 0; kind < problem.kinds; kind++) {
    taken[kind] += room[kind] + ownAssistants * problem.assistantRoom[kind]
    label.peak[kind] = Math.max(label.peak[kind], taken[kind])
  }
  const share = label.share + assistantShare
  const peakShare = Math.max(label.peakShare, share)
  if (!hasLayout({ graph, type }, label.peak, Math.ceil(peakShare / WHOLE_ASSISTANT))) return undefined
  label.since[request] = 0
  label.latest[request] = pickup.close
  return {
    ...label,
    aboard,
    done: label.done | (1 << request),
    cost: label.cost + ownAssistantsCost - prices[request],
    share,
    peakShare,
  }
}

function alighted(graph: RouteGraph, label: Label, request: number): Label {
  const { problem } = graph.part
  const { room, ownAssistants, assistantShare } = graph.requests[request]
  for (let kind = 0; kind < problem.kinds; kind++) {
    label.room[kind] -= room[kind] + ownAssistants * problem.assistantRoom[kind]
  }
  return { ...label, aboard: label.aboard & ~(1 << request), share: label.share - assistantShare }
}

function allWithin({ requests, size }: RouteGraph, aboard: number): boolean {
  let people = 0
  for (let i = 0; i < size; i++) if ((aboard >> i) & 1) people += requests[i].people
  for (let i = 0; i < size; i++) {
    if ((aboard >> i) & 1 && people - requests[i].people > requests[i].atMostOthers) return false
  }
  return true
}

function hasLayout(
  { graph, type }: { graph: RouteGraph; type: VehicleType },
  peak: Float64Array,
  assistants: number,
): boolean {
  const { assistantRoom } = graph.part.problem
  return type.layouts.some((layout) =>
    layout.every((room, kind) => peak[kind] + assistants * assistantRoom[kind] <= room),
  )
}
