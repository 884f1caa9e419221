/**
 * What the optimiser is asked, in whole numbers: who must be carried from where to where and when, who may sit with
 * whom, and what vehicles there are. Names, addresses and pounds stay outside. Every length of time is in one unit
 * (seconds, say) and every price in one unit (a millionth of a penny, say); both are the caller's choice. Times may be
 * negative or past midnight; a time is below 2^31 and the cost of a whole plan below 2^53.
 *
 * The rules in this file are all the rules there are. `check.ts` referees exactly these, and no more.
 */

/** In `Problem.seconds`: there is no way from here to there. */
export const UNREACHABLE = 0x7fffffff

/** For a count or an amount without a limit. */
export const NO_LIMIT = 0x7fffffff

/** For a fleet that starts at its first pickup or ends at its last drop-off, and not at a base. */
export const NOWHERE = -1

/** The parts of one shared assistant. A pupil who needs one of every three takes up a third; see `assistantShare`. */
export const WHOLE_ASSISTANT = 5040

export type Problem = {
  /** Places are 0…places-1. */
  places: number
  /** Driving time from place to place, row by row. Need not be symmetric, nor obey the triangle inequality. */
  seconds: Int32Array
  /** Driving distance, row by row: what a vehicle's `costPerMetre` is multiplied by. */
  metres: Int32Array
  requests: readonly Request[]
  types: readonly VehicleType[]
  fleets: readonly Fleet[]
  /**
   * How many kinds of room there are in a vehicle: seats, wheelchair spaces… Where one kind may stand in for another
   * ("a patient's seat will do for staff"), the kinds are sums: room for patients, and room for patients *and* staff.
   */
  kinds: number
  /** Room that one passenger assistant takes, by kind. */
  assistantRoom: readonly number[]
  /** How many sessions a day has: 1 for a morning alone, 2 for a morning and an afternoon planned together. */
  sessions: number
  /** How many days are planned as one, at most 31: 5 for a week, 1 where every day is the same. */
  days: number
  /** Pairs of requests that may never be aboard together. */
  apart: readonly (readonly [number, number])[]
  /** Pairs of classes of request (`Request.class`) that may never be aboard together; a class may be paired with itself. */
  classesApart: readonly (readonly [number, number])[]
  /** Sets of requests that share a vehicle. */
  together: readonly Together[]
  /** The plan in force, where the new one should stay near it. Its vehicles are numbered in this order. */
  present: readonly PresentVehicle[]
}

/** A pupil (or several at one stop) to be carried in one session, the same way on each of their days. */
export type Request = {
  pickup: Call
  dropoff: Call
  /** The longest ride: from the end of `pickup.service` to the start of `dropoff.service`. Approved exceptions go here. */
  longestRide: number
  /** 0…sessions-1. Requests of two sessions are never aboard together. */
  session: number
  /** The days of travel, bit d for day d. */
  days: number
  /** How many people `atMostOthers` of everybody else should count here; at least 1. */
  people: number
  /** Room taken while aboard, by kind, own assistants not counted. */
  room: readonly number[]
  /** Assistants who travel with this pupil and nobody else, each taking `assistantRoom` while the pupil is aboard. */
  ownAssistants: number
  /** What those assistants cost on each day of travel. */
  ownAssistantsCost: number
  /**
   * How much of a shared assistant the pupil takes up, in parts of WHOLE_ASSISTANT; 0 if none is needed, 1 if any
   * one aboard will do for everybody. A run carries, from its start to its end, as many assistants as the fullest
   * moment takes, rounded up.
   */
  assistantShare: number
  /** How many other people may be aboard with this pupil: 0 travels alone. */
  atMostOthers: number
  /** For `classesApart`. */
  class: number
  /** For `onlyOwnSchool`. */
  school: number
  /** May not be aboard with anybody of another school. */
  onlyOwnSchool: boolean
  /** What leaving the pupil unplaced is worth avoiding, on each day of travel. Far above any cost of carrying them. */
  unplacedPrice: number
  /** The price of a long ride on each day: for every step, `perSecond` for each second of ride beyond `after`. */
  ridePrice: readonly PriceStep[]
  /** The price of being dropped off early: `perSecond` for each second before `before`. */
  earlyPrice: { before: number; perSecond: number }
  /** The price, on each day, for each request that boards after this one while it is aboard: for who boards last. */
  boardedAfterPrice: number
  /** The price, on each day, for each request that alights before this one while it is aboard: for who alights first. */
  alightedBeforePrice: number
  /** The vehicle that carries the pupil today, and the price of a change (each day), or that there may be none. */
  present?: { vehicle: number; movedPrice: number; frozen: boolean }
}

/** A call at a place. Service starts between `open` and `close`, after waiting if need be, and takes `service`. */
export type Call = { place: number; open: number; close: number; service: number }

export type PriceStep = { after: number; perSecond: number }

/**
 * Requests that share a vehicle, in whichever sessions they travel: siblings (`price` NO_LIMIT, a rule), or a pupil's
 * morning and afternoon (a price, on each day of the plan, for each vehicle beyond the first that carries some of them).
 * Requests left unplaced are not counted.
 */
export type Together = { requests: readonly number[]; price: number }

export type VehicleType = {
  /**
   * The ways its inside may be laid out: room by kind. The layout stays as it is for a whole run, so the most that is
   * ever aboard of each kind, with the run's shared assistants, must fit one of them. It may differ by run and by day.
   */
  layouts: readonly (readonly number[])[]
  /** For each day on which it drives at all. */
  costPerDay: number
  /** Between its first pickup and its last drop-off. */
  costPerMetre: number
  /** From its base to the first pickup, and from the last drop-off back. */
  costPerEmptyMetre: number
  /** From leaving its base (or starting service at the first pickup) until back (or done with the last drop-off). */
  costPerSecond: number
  /** For each shared assistant aboard, on each day; the most of any session that day. */
  costPerAssistant: number
  /** For each shared assistant, for the same time as `costPerSecond`. */
  costPerAssistantSecond: number
  /** The longest a run may last, measured as for `costPerSecond`. */
  longestShift: number
}

/** Vehicles that are alike in all respects. */
export type Fleet = {
  type: number
  /** How many there are, or NO_LIMIT. */
  count: number
  /** A place, or NOWHERE. */
  startsAt: number
  endsAt: number
  /** Leaves `startsAt` no sooner and is back at `endsAt` no later; with NOWHERE, starts and ends its service so. */
  open: number
  close: number
}

/** A vehicle of the plan in force. Frozen, its runs stay exactly as they are. */
export type PresentVehicle = PlannedVehicle & { frozen: boolean }

/**
 * A plan. For each vehicle and session its run: the calls in order, across all its days. On a given day the requests
 * that do not travel are left out of it. A run may become empty and fill again: several rounds are one run.
 */
export type Plan = { vehicles: readonly PlannedVehicle[] }

export type PlannedVehicle = {
  fleet: number
  /** Which vehicle of `Problem.present` this is, or NOWHERE. No two are the same one, and the fleet is the same. */
  was: number
  /** By session: `pickupOf(request)` and `dropoffOf(request)` in the order of calling. */
  runs: readonly (readonly number[])[]
}

/** The call, in a run, that picks the request up. */
export function pickupOf(request: number): number {
  return 2 * request
}

/** The call, in a run, that drops the request off. */
export function dropoffOf(request: number): number {
  return 2 * request + 1
}

/** The request picked up or dropped off at this call of a run. */
export function requestOf(call: number): number {
  return call >> 1
}

/** Whether this call of a run is a pickup. */
export function isPickup(call: number): boolean {
  return (call & 1) === 0
}
