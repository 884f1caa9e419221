/** What changed between two situations: opening, and each pupil who came, went, lost or got transport, is closing. */
import type { PupilId } from '#ground/ids.ts'
import type { AsAt } from '#ground/time.ts'

/** One pupil, once: without transport in either direction of the day, or not. */
export type Standing = { pupil: PupilId; without: boolean }

export type Reconciliation = {
  since: AsAt
  opening: number
  /** New to the register, and without transport. */
  joiners: readonly PupilId[]
  /** On the register before, with transport then (or not travelling) and without it now. */
  lost: readonly PupilId[]
  /** Without transport before, with it now (or not travelling today). */
  placed: readonly PupilId[]
  /** Without transport before, no longer on the register. */
  leavers: readonly PupilId[]
  closing: number
}

export const movements = ['joiners', 'lost', 'placed', 'leavers'] as const
export type MovementKind = (typeof movements)[number]

/** Opening + joiners + lost − placed − leavers = closing, each with its pupils. */
export function reconcile(
  before: readonly Standing[],
  after: readonly Standing[],
  since: AsAt,
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
