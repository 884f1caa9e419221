/** Fleets and their types side by side, one typed array for each figure; prices of one day. */
import { NO_LIMIT, type Problem } from './problem.ts'

export type FleetTable = {
  count: number
  typeOf: Int32Array
  /** How many vehicles the fleet has. */
  size: Int32Array
  startsAt: Int32Array
  endsAt: Int32Array
  open: Float64Array
  close: Float64Array
  longestShift: Float64Array
  perDay: Float64Array
  perMetre: Float64Array
  perEmptyMetre: Float64Array
  perSecond: Float64Array
  perAssistant: Float64Array
  perAssistantSecond: Float64Array
  /** By type: its layouts, one after the other, kind by kind. */
  layouts: readonly Int32Array[]
}

/** The fleets of a problem, their prices those of `days` days alike. */
export function fleetTable({ fleets, types }: Problem, days: number): FleetTable {
  const typeOf = (of: (type: Problem['types'][number]) => number) =>
    Float64Array.from(fleets, ({ type }) => of(types[type]))
  const price = (of: (type: Problem['types'][number]) => number) => typeOf((type) => days * of(type))
  return {
    count: fleets.length,
    typeOf: Int32Array.from(fleets, ({ type }) => type),
    size: Int32Array.from(fleets, ({ count }) => count),
    startsAt: Int32Array.from(fleets, ({ startsAt }) => startsAt),
    endsAt: Int32Array.from(fleets, ({ endsAt }) => endsAt),
    open: Float64Array.from(fleets, ({ open }) => open),
    close: Float64Array.from(fleets, ({ close }) => close),
    longestShift: typeOf(({ longestShift }) => unlimited(longestShift)),
    perDay: price(({ costPerDay }) => costPerDay),
    perMetre: price(({ costPerMetre }) => costPerMetre),
    perEmptyMetre: price(({ costPerEmptyMetre }) => costPerEmptyMetre),
    perSecond: price(({ costPerSecond }) => costPerSecond),
    perAssistant: price(({ costPerAssistant }) => costPerAssistant),
    perAssistantSecond: price(({ costPerAssistantSecond }) => costPerAssistantSecond),
    layouts: types.map(({ layouts }) => Int32Array.from(layouts.flat())),
  }
}

/** A limit as the search counts it: NO_LIMIT is no limit at all. */
export function unlimited(limit: number): number {
  return limit >= NO_LIMIT ? Number.POSITIVE_INFINITY : limit
}
