/** Which pupils stand behind a figure: what a link of the report asks for, and who answers to it. */
import {
  type Direction,
  directions,
  lacksTransport,
  type Rung,
  rungs,
  type TravelState,
  travelStates,
} from '#travel-arrangements'
import { type Breakdown, funnelReached, keysOf, type PupilDay, standingOf } from './figures.ts'
import { type MovementKind, movements } from './movement.ts'

export const NONE = 'none'
export const WITHOUT = 'without-transport'

/** A pupil's state is the worse of both journeys, unless a direction is named. */
export type Choice = {
  state?: TravelState | typeof WITHOUT | undefined
  direction?: Direction | undefined
  missing?: Rung | 'allocated' | undefined
  reached?: Rung | 'allocated' | undefined
  by?: { kind: Exclude<Breakdown, 'cohort'>; id: string } | undefined
  cohort?: { name: string; part: 'members' | 'joiners' | 'left' } | undefined
  moved?: MovementKind | undefined
  contact?: 'unverified' | undefined
  /** School days together without transport, at least. */
  waiting?: number | undefined
  /** Whether they missed any school day this year. */
  missed?: boolean | undefined
}

type Asked = Readonly<Record<string, string | undefined>>
const oneOf = <T extends string>(known: readonly T[], text: string | undefined): T | undefined =>
  known.find((one) => one === text)
const ladder = ['allocated', ...rungs.map(({ rung }) => rung)] as const

/** Reads a choice out of a URL. What is no choice is left out. */
export function readChoice(asked: Asked): Choice {
  const kind = (['school', 'area', 'operator', 'contract'] as const).find((one) => asked[one])
  const part = oneOf(['members', 'joiners', 'left'], asked['part'])
  return {
    state: oneOf([WITHOUT, ...travelStates.map(({ state }) => state)], asked['state']),
    direction: directions.find(({ name }) => name === asked['direction'])?.direction,
    missing: oneOf(ladder, asked['missing']),
    reached: oneOf(ladder, asked['reached']),
    by: kind && { kind, id: asked[kind] ?? '' },
    cohort: asked['cohort'] && part ? { name: asked['cohort'], part } : undefined,
    moved: oneOf(movements, asked['moved']),
    contact: oneOf(['unverified'], asked['contact']),
    waiting: /^[1-9]\d{0,2}$/.test(asked['waiting'] ?? '') ? Number(asked['waiting']) : undefined,
    missed: asked['missed'] === 'yes' || undefined,
  }
}

/** Whether a pupil answers to what a choice says of their day. */
export function answersTo(one: PupilDay, { state, direction, missing, reached, by }: Choice): boolean {
  const standing = direction === undefined ? standingOf(one) : direction === 1 ? one.toSchool : one.fromSchool
  const keys = by ? keysOf[by.kind](one).map(String) : []
  return (
    (state === undefined || (state === WITHOUT ? lacksTransport(standing) : standing === state)) &&
    (missing === undefined || lacksRung(one, missing)) &&
    (reached === undefined || funnelReached(one, reached)) &&
    (by === undefined || (by.id === NONE ? keys.length === 0 : keys.includes(by.id)))
  )
}

/** Who has no seat at all lacks the first rung; who has one may lack any of the others. */
const lacksRung = (one: PupilDay, rung: Rung | 'allocated'): boolean =>
  rung === 'allocated'
    ? lacksTransport(standingOf(one))
    : standingOf(one) === 'provisional' && one.missing.includes(rung)
