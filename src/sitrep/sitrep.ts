/**
 * The daily situation: how many pupils are in each state, who is without transport, and what changed since an
 * earlier report. Pure sums over what `travel_state` says; no figure is ever typed in.
 */
import type { PupilId } from '#ground/ids.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import {
  type Direction,
  directions,
  lacksTransport,
  type TravelState,
  travelStates,
  withoutTransport,
} from '#travel-arrangements'

/** The rules by which the figures are counted. A published report names the version it was counted by. */
export const DEFINITIONS = '2026-1'

export type StateCount = { direction: Direction; state: TravelState; pupils: number }

export type DirectionFigures = {
  states: Record<TravelState, number>
  withoutTransport: number
  withoutTransportParts: Record<(typeof withoutTransport)[number], number>
  atRisk: number
  confirmed: number
}

/** One pupil, once: without transport in either direction of the day, or not. */
export type Standing = { pupil: PupilId; without: boolean; waiting: boolean }

export type Reconciliation = {
  since: { on: PlainDate; knownAt: Instant }
  opening: number
  /** New to the register, and without transport. */
  joiners: readonly PupilId[]
  /** On the register before, with transport then and without it now. */
  lost: readonly PupilId[]
  /** Without transport before, with it now (or not travelling today). */
  placed: readonly PupilId[]
  /** Without transport before, no longer on the register. */
  leavers: readonly PupilId[]
  closing: number
}

export type Sitrep = {
  on: PlainDate
  knownAt: Instant
  revision: number
  definitions: string
  population: number
  directions: Record<'to-school' | 'from-school', DirectionFigures>
  reconciliation: Reconciliation
}

/** The figures of one direction, every state named even where nobody is in it. */
export function figuresOf(counts: readonly StateCount[], direction: Direction): DirectionFigures {
  const states = Object.fromEntries(travelStates.map(({ state }) => [state, 0])) as Record<
    TravelState,
    number
  >
  for (const count of counts) if (count.direction === direction) states[count.state] += count.pupils
  const parts = Object.fromEntries(
    withoutTransport.map((state) => [state, states[state]]),
  ) as DirectionFigures['withoutTransportParts']
  return {
    states,
    withoutTransport: withoutTransport.reduce((sum, state) => sum + states[state], 0),
    withoutTransportParts: parts,
    atRisk: states.provisional,
    confirmed: states.confirmed,
  }
}

export const figuresByDirection = (counts: readonly StateCount[]): Sitrep['directions'] =>
  Object.fromEntries(
    directions.map(({ direction, name }) => [name, figuresOf(counts, direction)]),
  ) as Sitrep['directions']

/** Opening + joiners + lost − placed − leavers = closing, each with its pupils. */
export function reconcile(
  before: readonly Standing[],
  after: readonly Standing[],
  since: Reconciliation['since'],
): Reconciliation {
  const was = new Map(before.map((standing) => [standing.pupil, standing]))
  const is = new Map(after.map((standing) => [standing.pupil, standing]))
  const now = after.filter(({ without }) => without)
  const then = before.filter(({ without }) => without)
  return {
    since,
    opening: then.length,
    joiners: now.filter(({ pupil }) => !was.has(pupil)).map(({ pupil }) => pupil),
    lost: now.filter(({ pupil }) => was.get(pupil)?.without === false).map(({ pupil }) => pupil),
    placed: then.filter(({ pupil }) => is.get(pupil)?.without === false).map(({ pupil }) => pupil),
    leavers: then.filter(({ pupil }) => !is.has(pupil)).map(({ pupil }) => pupil),
    closing: now.length,
  }
}

/** One standing a pupil, out of its two directions. */
export function standingsOf(legs: readonly { pupil: PupilId; state: TravelState }[]): Standing[] {
  const standings = new Map<PupilId, Standing>()
  for (const { pupil, state } of legs) {
    const known = standings.get(pupil)
    standings.set(pupil, {
      pupil,
      without: known?.without === true || lacksTransport(state),
      waiting: known?.waiting === true || state === 'eligibility-pending',
    })
  }
  return [...standings.values()]
}
