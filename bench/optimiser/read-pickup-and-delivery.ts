/**
 * Pickup and delivery with time windows, Li & Lim (2001): `K Q speed`, the depot, then a row a task. The speed is not
 * used, as published: a unit of distance takes a unit of time, and where the file has a speed it is 1 or 0.
 */
import { type Call, euclidean, type Instance } from './instance.ts'
import { field, readRows } from './numbers.ts'

/** Reads one file. A task with a positive demand is a pickup, and names its delivery in the last column. */
export function readPickupAndDelivery(text: string, name: string): Instance {
  const [head, ...rows] = readRows(text, name)
  const depot = rows[0]
  const call = (row: readonly number[]): Call => ({
    at: { x: field(row, 1, name), y: field(row, 2, name) },
    open: field(row, 4, name),
    close: field(row, 5, name),
    service: field(row, 6, name),
    servicePerVisit: 0,
  })
  const pickups = rows.filter((row) => field(row, 3, name) > 0)
  return {
    name,
    set: 'pdptw-lilim',
    metric: euclidean,
    objective: 'vehicles-then-distance',
    depotCounts: true,
    requests: pickups.map((row) => ({
      pickup: call(row),
      dropOff: call(rows[field(row, 8, name)] ?? []),
      load: [field(row, 3, name)],
      longestRide: Number.POSITIVE_INFINITY,
    })),
    vehicles: [
      {
        count: field(head, 0, name),
        depot: { x: field(depot, 1, name), y: field(depot, 2, name) },
        opens: field(depot, 4, name),
        closes: field(depot, 5, name),
        places: [field(head, 1, name)],
        longestRoute: Number.POSITIVE_INFINITY,
      },
    ],
  }
}
