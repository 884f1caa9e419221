/**
 * Dial-a-ride files. Homogeneous: Cordeau (2006) set a, with a depot row at the end, and Cordeau & Laporte (2003)
 * pr01-pr10, whose first line counts places instead of requests and which has no row at the end. Heterogeneous:
 * Malheiros et al. (2021), four kinds of place and four depots.
 */
import { type Call, euclidean, type Instance, type Point, type Request, type Vehicles } from './instance.ts'
import { field, readRows } from './numbers.ts'

/** Reads a file of set a or pr, which are told apart by how many rows follow the first. */
export function readHomogeneous(text: string, name: string): Instance {
  const [head, ...rows] = readRows(text, name)
  const number = (i: number) => field(head, i, name)
  const hasLastDepot = rows.length === 2 * number(1) + 2
  const requests = hasLastDepot ? number(1) : number(1) / 2
  if (!Number.isInteger(requests) || (!hasLastDepot && rows.length !== number(1) + 1)) {
    throw new Error(`${name}: the first line says ${number(1)}, and ${rows.length} rows follow it.`)
  }
  const depot = rows[0] ?? []
  const vehicles: Vehicles = {
    count: number(0),
    depot: { x: field(depot, 1, name), y: field(depot, 2, name) },
    opens: field(depot, 5, name),
    closes: field(depot, 6, name),
    places: [number(3)],
    longestRoute: number(2),
  }
  const request = (i: number): Request => ({
    pickup: homogeneousCall(rows[i] ?? [], name),
    dropOff: homogeneousCall(rows[i + requests] ?? [], name),
    load: [field(rows[i], 4, name)],
    longestRide: number(4),
  })
  return dialARide(name, hasLastDepot ? 'darp-cordeau-a' : 'darp-pr', {
    vehicles: [vehicles],
    requests: Array.from({ length: requests }, (_, i) => request(i + 1)),
  })
}

function homogeneousCall(row: readonly number[], name: string): Call {
  return {
    at: { x: field(row, 1, name), y: field(row, 2, name) },
    service: field(row, 3, name),
    servicePerVisit: 0,
    open: field(row, 5, name),
    close: field(row, 6, name),
  }
}

/** The corners of the town, in the order in which vehicles are given to them. */
const depots: readonly Point[] = [
  { x: -5, y: -5 },
  { x: 5, y: 5 },
  { x: -5, y: 5 },
  { x: 5, y: -5 },
]

/** Reads a file of the heterogeneous set. Vehicle k stands at depot k mod 4; like vehicles are put together. */
export function readHeterogeneous(text: string, name: string): Instance {
  const [head, ...rows] = readRows(text, name)
  const count = field(head, 0, name)
  const requests = field(head, 1, name)
  const places = rows.slice(count)
  const [day] = places
  const request = (i: number): Request => ({
    pickup: heterogeneousCall(places[i] ?? [], name),
    dropOff: heterogeneousCall(places[i + requests] ?? [], name),
    load: [5, 6, 7, 8].map((kind) => field(places[i], kind, name)),
    longestRide: field(places[i], 4, name),
  })
  const vehicles = rows.slice(0, count).map((row, k) => ({
    count: 1,
    depot: depots[k % depots.length] ?? { x: 0, y: 0 },
    opens: field(day, 9, name),
    closes: field(day, 10, name),
    places: [1, 2, 3, 4].map((kind) => field(row, kind, name)),
    longestRoute: field(row, 0, name),
  }))
  return dialARide(name, 'darp-multi-depot-heterogeneous', {
    vehicles: alikeTogether(vehicles),
    requests: Array.from({ length: requests }, (_, i) => request(i + 1)),
  })
}

function heterogeneousCall(row: readonly number[], name: string): Call {
  return {
    at: { x: field(row, 1, name), y: field(row, 2, name) },
    service: field(row, 3, name),
    servicePerVisit: 0,
    open: field(row, 9, name),
    close: field(row, 10, name),
  }
}

function alikeTogether(vehicles: readonly Vehicles[]): Vehicles[] {
  const kinds = new Map<string, Vehicles>()
  for (const one of vehicles) {
    const kind = JSON.stringify(one)
    kinds.set(kind, { ...one, count: (kinds.get(kind)?.count ?? 0) + 1 })
  }
  return [...kinds.values()]
}

function dialARide(
  name: string,
  set: Instance['set'],
  rest: Pick<Instance, 'vehicles' | 'requests'>,
): Instance {
  return { name, set, metric: euclidean, objective: 'distance', depotCounts: true, ...rest }
}
