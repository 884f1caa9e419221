declare const brand: unique symbol
/** A whole number the database gave out. Branded, so that a pupil cannot be handed over as a run. */
export type Id<Name extends string> = number & { readonly [brand]: Name }

export type PupilId = Id<'Pupil'>
export type CarerId = Id<'Carer'>
export type SchoolId = Id<'School'>
export type OperatorId = Id<'Operator'>
export type VehicleId = Id<'Vehicle'>
export type CrewId = Id<'Crew'>
export type ContractId = Id<'Contract'>
export type RouteId = Id<'Route'>
export type RunId = Id<'Run'>
export type PersonId = Id<'Person'>

/** Reads an id out of a URL or a file: digits only, or nothing. */
export function readId<Name extends string>(text: string | undefined): Id<Name> | undefined {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text)) return undefined
  return Number(text) as Id<Name>
}
