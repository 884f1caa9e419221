/** What a beginning of a run must pay yet at the least, less what it could be worth at the most. */
import type { Beginnings, Pricing } from './beginnings.ts'
import type { RouteGraph } from './route-graph.ts'

/**
 * A function that says so of a beginning: everybody aboard is still driven to from somewhere, whoever can still be
 * carried is worth their price less the shortest way to both their calls, and the vehicle's day and way home are due.
 */
export function leastToCome(pricing: Pricing): (labels: Beginnings, label: number) => number {
  const { graph, vehicle, prices } = pricing
  const { size, requests } = graph
  const to = leastWaysTo(pricing)
  const drop = Float64Array.from({ length: size }, (_, i) => to[2 * i + 1])
  const gain = Float64Array.from({ length: size }, (_, i) =>
    Math.min(0, to[2 * i] + to[2 * i + 1] + requests[i].ownAssistantsCost - prices[i]),
  )
  const atEnd = graph.part.ofDay * vehicle.type.costPerDay + leastWayHome(pricing)
  return (labels, label) => {
    const aboard = labels.aboard[label]
    const over = labels.over[label]
    let least = atEnd
    for (let i = 0; i < size; i++) {
      if ((aboard >> i) & 1) least += drop[i]
      else if (!((over >> i) & 1)) least += gain[i]
    }
    return least
  }
}

function leastWaysTo({ graph, vehicle: { type } }: Pricing): Float64Array {
  const { calls, open, close, time } = graph
  return Float64Array.from({ length: calls }, (_, to) => {
    let least = Number.POSITIVE_INFINITY
    for (let from = 0; from < calls; from++) {
      const drive = time[from * calls + to]
      if (from === to || open[from] + drive > close[to]) continue
      least = Math.min(least, type.costPerMetre * metresBetween(graph, from, to) + type.costPerSecond * drive)
    }
    return least
  })
}

function leastWayHome({ graph, vehicle: { fleet, type } }: Pricing): number {
  const ways = Array.from({ length: graph.size }, (_, i) => {
    const { metres } = graph.leg(graph.call(2 * i + 1).place, fleet.endsAt)
    return type.costPerEmptyMetre * metres
  })
  return Math.min(...ways)
}

function metresBetween(graph: RouteGraph, from: number, to: number): number {
  return graph.metres(graph.call(from).place, graph.call(to).place)
}
