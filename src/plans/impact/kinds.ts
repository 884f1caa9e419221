/** Kinds of vehicle that today's routes call otherwise than the council's prices do, read as one and the same. */
import { pence } from '#ground/money.ts'
import type { Journey } from '../baseline/journey.ts'
import { type Named, namesOf } from '../policy/policy.ts'
import type { CostLine } from './cost-change.ts'

/** Gives the council's name of a kind, however it is written; what the council has no name for stays as it is. */
export type KindNamed = (kind: string) => string

/** Reads kinds by the names, and other names, of the vehicles the council has prices for. */
export function kindNamedBy(offers: readonly Named[]): KindNamed {
  const names = new Map(offers.flatMap((offer) => namesOf(offer).map((name) => [name, offer.name] as const)))
  return (kind) => names.get(kind.trim().toLowerCase()) ?? kind
}

/** What each kind costs, those that are the same in fact taken together. */
export function linesByKind(lines: readonly CostLine[], kindNamed: KindNamed): CostLine[] {
  const byKind = Map.groupBy(lines, ({ kind }) => kindNamed(kind))
  return [...byKind].map(([kind, same]) => ({
    kind,
    days: same.reduce((sum, { days }) => sum + days, 0),
    cost: pence(same.reduce((sum, { cost }) => sum + cost, 0)),
  }))
}

/** The journey with its vehicle called as the council calls it. */
export const withKindNamed = (journey: Journey, kindNamed: KindNamed): Journey =>
  journey.ride?.vehicleType
    ? { ...journey, ride: { ...journey.ride, vehicleType: kindNamed(journey.ride.vehicleType) } }
    : journey
