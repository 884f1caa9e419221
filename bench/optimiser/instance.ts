/**
 * A benchmark instance in its own terms: doubles, its own units, nothing rounded. Readers make it, the evaluator
 * judges plans by it, and translate.ts turns it into whole numbers for the search. All sets but the counties fit.
 */
export type Point = { readonly x: number; readonly y: number }

/** A call at a place: service may begin between `open` and `close`. */
export type Call = {
  readonly at: Point
  readonly open: number
  readonly close: number
  readonly service: number
  /** The part of `service` that is paid once when several calls are made in a row at one place. */
  readonly servicePerVisit: number
}

export type Request = {
  readonly pickup: Call
  readonly dropOff: Call
  /** Places taken, by kind. */
  readonly load: readonly number[]
  /** From the end of service at the pickup to the start of service at the drop-off. */
  readonly longestRide: number
}

export type Vehicles = {
  readonly count: number
  readonly depot: Point
  readonly opens: number
  readonly closes: number
  /** Places, by kind. A person may be given a place of a higher kind, as `upgrades` says. */
  readonly places: readonly number[]
  readonly longestRoute: number
}

export type Instance = {
  readonly name: string
  readonly set: SetName
  readonly requests: readonly Request[]
  readonly vehicles: readonly Vehicles[]
  readonly metric: Metric
  /** What is made small: distance, then nothing; vehicles, then distance; vehicles alone. */
  readonly objective: 'distance' | 'vehicles-then-distance' | 'vehicles'
  /** Whether the way from and to the depot takes time and is counted. */
  readonly depotCounts: boolean
}

export type Metric = { readonly distance: (a: Point, b: Point) => number; readonly speed: number }

export type SetName =
  | 'darp-cordeau-a'
  | 'darp-pr'
  | 'darp-multi-depot-heterogeneous'
  | 'sbrp-park'
  | 'pdptw-lilim'
  | 'county'

/** The best value published for an instance, and what it counts. */
export type BestKnown = { readonly value: number; readonly vehicles?: number }

/** One vehicle's calls in order. `vehicles` is the position in `Instance.vehicles`. */
export type Route = {
  readonly vehicles: number
  readonly stops: readonly { readonly request: number; readonly call: 'pickup' | 'drop-off' }[]
}

export const euclidean: Metric = { distance: (a, b) => Math.hypot(a.x - b.x, a.y - b.y), speed: 1 }
