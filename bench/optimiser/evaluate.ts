/**
 * What a plan costs in its set's own terms, and every promise it breaks, in double precision. It shares nothing with
 * the search nor with the search's own referee: it reads the instance as published.
 */
import type { Call, Instance, Point, Request, Route, Vehicles } from './instance.ts'
import { earliestTimes, type TimedCall, type Within } from './schedule.ts'

export type Verdict = {
  readonly vehicles: number
  readonly distance: number
  readonly broken: readonly string[]
}

/** Adds up the distance and lists what is wrong, in words. Routes without calls are not vehicles. */
export function evaluate(instance: Instance, routes: readonly Route[]): Verdict {
  const driven = routes.filter(({ stops }) => stops.length > 0)
  return {
    vehicles: driven.length,
    distance: driven.reduce((sum, route) => sum + distanceOf(instance, route), 0),
    broken: [
      ...driven.flatMap((route, i) => brokenOn(instance, route).map((words) => `route ${i + 1}: ${words}`)),
      ...carriedOnce(instance, driven),
      ...withinFleet(instance, driven),
    ],
  }
}

function distanceOf({ metric, depotCounts, ...instance }: Instance, route: Route): number {
  const way: Point[] = callsOf(instance, route).map(({ at }) => at)
  const depot = instance.vehicles[route.vehicles]?.depot
  if (depotCounts && depot) way.push(depot)
  if (depotCounts && depot) way.unshift(depot)
  return way.reduce((sum, at, i) => sum + (i > 0 ? metric.distance(way[i - 1] ?? at, at) : 0), 0)
}

function brokenOn(instance: Instance, route: Route): string[] {
  const vehicles = instance.vehicles[route.vehicles]
  if (!vehicles) return [`there are no vehicles ${route.vehicles}`]
  const order = wrongOrder(route)
  if (order.length > 0) return order
  return [...overfull(instance, route, vehicles), ...unkeepable(instance, route, vehicles)]
}

function wrongOrder({ stops }: Route): string[] {
  const aboard = new Set<number>()
  const broken: string[] = []
  for (const { request, call } of stops) {
    if (call === 'pickup' ? aboard.has(request) : !aboard.delete(request)) {
      broken.push(`request ${request} is out of order`)
    }
    if (call === 'pickup') aboard.add(request)
  }
  return [...broken, ...[...aboard].map((request) => `request ${request} is never dropped off`)]
}

/**
 * With four kinds of place (staff seat, patient seat, stretcher, wheelchair) a kind may use a better one: wheelchairs
 * their own, stretchers theirs, patients seats or stretchers, staff anything but wheelchair places.
 */
function overfull({ requests }: Instance, { stops }: Route, { places }: Vehicles): string[] {
  const aboard = places.map(() => 0)
  const sums = places.length === 4 ? [[3], [2], [1, 2], [0, 1, 2]] : [[0]]
  const broken: string[] = []
  for (const { request, call } of stops) {
    requests[request]?.load.forEach((load, kind) => {
      aboard[kind] = (aboard[kind] ?? 0) + (call === 'pickup' ? load : -load)
    })
    const sumOf = (of: readonly number[], kinds: readonly number[]) =>
      kinds.reduce((sum, k) => sum + (of[k] ?? 0), 0)
    for (const kinds of sums) {
      if (sumOf(aboard, kinds) > sumOf(places, kinds)) {
        broken.push(
          `${sumOf(aboard, kinds)} aboard in ${sumOf(places, kinds)} places after request ${request}`,
        )
      }
    }
  }
  return broken
}

function unkeepable(instance: Instance, route: Route, vehicles: Vehicles): string[] {
  const { calls, limits } = constraintsOf(instance, route, vehicles)
  return earliestTimes(calls, limits) ? [] : ['no times keep its windows, rides and route length']
}

/** The depot's two calls, when they count, stand first and last. */
function constraintsOf(instance: Instance, route: Route, vehicles: Vehicles) {
  const { depotCounts, metric } = instance
  const { depot: at, opens: open, closes: close } = vehicles
  const depot = { at, open, close, service: 0, servicePerVisit: 0 }
  const stops = callsOf(instance, route)
  const services = servicesOf(route, stops)
  const all = depotCounts ? [depot, ...stops, depot] : stops
  const taken = depotCounts ? [0, ...services, 0] : services
  const calls = all.map((call, i): TimedCall => {
    const next = all[i + 1] ?? call
    const driving = metric.distance(call.at, next.at) / metric.speed
    return { open: call.open, close: call.close, toNext: (taken[i] ?? 0) + driving }
  })
  const first = depotCounts ? 1 : 0
  const rides = ridesOf(instance, route).map(({ from, to, atMost }) => ({
    from: from + first,
    to: to + first,
    atMost: atMost + (services[from] ?? 0),
  }))
  const whole: Within = { from: 0, to: all.length - 1, atMost: vehicles.longestRoute }
  return { calls, limits: [...rides, whole].filter(({ atMost }) => Number.isFinite(atMost)) }
}

/**
 * Service by call. Calls in a row at one place are one visit, whose fixed part is paid once. Where visits count, all
 * who are set down in one have arrived when it begins, and the whole of their service follows.
 */
function servicesOf({ stops }: Route, calls: readonly Call[]): number[] {
  const isAgain = (i: number) => isSamePlace(calls[i - 1], calls[i])
  const services = calls.map(({ service, servicePerVisit }, i) =>
    isAgain(i) ? service - servicePerVisit : service,
  )
  calls.forEach(({ servicePerVisit }, i) => {
    const bothSetDown = stops[i]?.call === 'drop-off' && stops[i - 1]?.call === 'drop-off'
    if (servicePerVisit === 0 || !isAgain(i) || !bothSetDown) return
    services[i] = (services[i] ?? 0) + (services[i - 1] ?? 0)
    services[i - 1] = 0
  })
  return services
}

function isSamePlace(one: Call | undefined, other: Call | undefined): boolean {
  return one !== undefined && one.at.x === other?.at.x && one.at.y === other.at.y
}

function ridesOf({ requests }: Instance, { stops }: Route): Within[] {
  return stops.flatMap(({ request, call }, to) => {
    const ride = requests[request]
    if (call === 'pickup' || !ride) return []
    const from = stops.findLastIndex(
      (stop, i) => i < to && stop.request === request && stop.call === 'pickup',
    )
    return [{ from, to, atMost: ride.longestRide }]
  })
}

function callsOf({ requests }: Pick<Instance, 'requests'>, { stops }: Route): Call[] {
  const callAt = (request: Request | undefined, call: 'pickup' | 'drop-off') =>
    call === 'pickup' ? request?.pickup : request?.dropOff
  return stops.flatMap(({ request, call }) => callAt(requests[request], call) ?? [])
}

function carriedOnce({ requests }: Instance, routes: readonly Route[]): string[] {
  const times = requests.map(() => 0)
  for (const { request, call } of routes.flatMap(({ stops }) => stops)) {
    if (call === 'pickup') times[request] = (times[request] ?? 0) + 1
  }
  return times.flatMap((many, i) => (many === 1 ? [] : [`request ${i} is carried ${many} times`]))
}

function withinFleet({ vehicles }: Instance, routes: readonly Route[]): string[] {
  return vehicles.flatMap(({ count }, i) => {
    const used = routes.filter((route) => route.vehicles === i).length
    return used > count ? [`${used} vehicles of kind ${i} are used and there are ${count}`] : []
  })
}
