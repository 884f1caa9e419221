/**
 * The figures of any number of pupils on a day: a whole county, a school, a cohort. Each pupil is counted once, where
 * the worse of their two journeys stands, so that the states of every table add up to its pupils.
 */
import type { ContractId, OperatorId, PupilId, SchoolId } from '#ground/ids.ts'
import {
  type Direction,
  directions,
  type Rung,
  rungs,
  type TravelState,
  travelStates,
  withoutTransport,
} from '#travel-arrangements'

/** One pupil of a day: both journeys, and what they hang on. */
export type PupilDay = {
  pupil: PupilId
  toSchool: TravelState
  fromSchool: TravelState
  /** Why each journey is in its state; nothing where the state says it all. */
  reasons: readonly [toSchool: string | null, fromSchool: string | null]
  missing: readonly Rung[]
  school: SchoolId | null
  area: string | null
  operators: readonly OperatorId[]
  contracts: readonly ContractId[]
}

export type Figures = {
  states: Record<TravelState, number>
  withoutTransport: number
  withoutTransportParts: Record<(typeof withoutTransport)[number], number>
  atRisk: number
  confirmed: number
}

/** Figures of pupils, once each. */
export type PupilFigures = Figures & { pupils: number }

/**
 * Worst first. Of a child who is carried to school and has nothing home, the second is what matters; a seat and an
 * agreed allowance together are confirmed when every rung of the seat is.
 */
export const worstFirst = [
  'no-offer',
  'offer-declined',
  'interim-by-family',
  'provisional',
  'temporary',
  'eligibility-pending',
  'confirmed',
  'own-arrangement',
  'not-requiring',
] as const satisfies readonly TravelState[]

const severity = new Map<TravelState, number>(worstFirst.map((state, i) => [state, i]))
const rankOf = (state: TravelState): number => severity.get(state) ?? worstFirst.length

/** Where a pupil stands on a day: the worse of the two journeys. */
export const standingOf = ({
  toSchool,
  fromSchool,
}: Pick<PupilDay, 'toSchool' | 'fromSchool'>): TravelState =>
  rankOf(toSchool) <= rankOf(fromSchool) ? toSchool : fromSchool

/** The figures of some pupils, every state named even where nobody is in it. */
export function figuresOf(people: readonly PupilDay[]): PupilFigures {
  return { pupils: people.length, ...tallied(people.map(standingOf)) }
}

/** The figures of one direction. */
export const figuresOfWay = (people: readonly PupilDay[], direction: Direction): Figures =>
  tallied(people.map(({ toSchool, fromSchool }) => (direction === 1 ? toSchool : fromSchool)))

export type ByDirection = Record<(typeof directions)[number]['name'], Figures>

export const figuresByDirection = (people: readonly PupilDay[]): ByDirection =>
  Object.fromEntries(
    directions.map(({ direction, name }) => [name, figuresOfWay(people, direction)]),
  ) as ByDirection

function tallied(standings: readonly TravelState[]): Figures {
  const states = Object.fromEntries(travelStates.map(({ state }) => [state, 0])) as Figures['states']
  for (const state of standings) states[state] += 1
  const parts = Object.fromEntries(
    withoutTransport.map((state) => [state, states[state]]),
  ) as Figures['withoutTransportParts']
  return {
    states,
    withoutTransport: withoutTransport.reduce((sum, state) => sum + states[state], 0),
    withoutTransportParts: parts,
    atRisk: states.provisional,
    confirmed: states.confirmed,
  }
}

/**
 * The ladder as pupils climb it. Of those who must be carried today, some travel without a seat; the others need one,
 * and each rung counts who has it and every rung below. The last rung is `confirmed`.
 */
export type Funnel = {
  mustTravel: number
  /** By an agreed arrangement of the family's own, or a temporary vehicle. */
  withoutSeat: number
  needSeat: number
  rungs: { rung: 'allocated' | Rung; reached: number; missing: number }[]
}

const ladder = rungs.map(({ rung }) => rung)
const seated = (one: PupilDay): boolean => ['provisional', 'confirmed'].includes(standingOf(one))

/** Whether a pupil has a seat, and every rung up to this one. */
export function funnelReached(one: PupilDay, rung: Rung | 'allocated'): boolean {
  const upToHere = rung === 'allocated' ? [] : ladder.slice(0, ladder.indexOf(rung) + 1)
  return seated(one) && !upToHere.some((below) => one.missing.includes(below))
}

/** Counts the ladder. `missing` counts everyone who lacks the rung, whatever else they lack. */
export function funnelOf(people: readonly PupilDay[]): Funnel {
  const travel = people.filter((one) => !['not-requiring', 'eligibility-pending'].includes(standingOf(one)))
  const withoutSeat = travel.filter((one) =>
    ['temporary', 'own-arrangement'].includes(standingOf(one)),
  ).length
  const needSeat = travel.length - withoutSeat
  const onRuns = travel.filter(seated)
  return {
    mustTravel: travel.length,
    withoutSeat,
    needSeat,
    rungs: [
      { rung: 'allocated', reached: onRuns.length, missing: needSeat - onRuns.length },
      ...ladder.map((rung) => ({
        rung,
        reached: onRuns.filter((one) => funnelReached(one, rung)).length,
        missing: onRuns.filter(({ missing }) => missing.includes(rung)).length,
      })),
    ],
  }
}

export const breakdowns = ['school', 'area', 'operator', 'contract', 'cohort'] as const
export type Breakdown = (typeof breakdowns)[number]

/** One row of a breakdown. No name: nobody, as `no operator`. */
export type BreakdownRow = PupilFigures & { id: number | string | null; name: string | null }

type Named = ReadonlyMap<number | string, string>

/** What a pupil is counted under, in each breakdown: two operators carry a child who rides with both. */
export const keysOf: Record<Exclude<Breakdown, 'cohort'>, (one: PupilDay) => readonly (number | string)[]> = {
  school: ({ school }) => (school === null ? [] : [school]),
  area: ({ area }) => (area === null ? [] : [area]),
  operator: ({ operators }) => operators,
  contract: ({ contracts }) => contracts,
}

/** Every school, area, operator or contract that has pupils, worst first; and last those who have none. */
export function brokenDown(
  people: readonly PupilDay[],
  kind: Exclude<Breakdown, 'cohort'>,
  names: Named,
): BreakdownRow[] {
  const groups = new Map<number | string | null, PupilDay[]>()
  for (const one of people) {
    const keys = keysOf[kind](one)
    for (const key of keys.length > 0 ? keys : [null]) {
      const group = groups.get(key)
      if (group) group.push(one)
      else groups.set(key, [one])
    }
  }
  return [...groups]
    .map(([id, group]) => ({
      id,
      name: id === null ? null : (names.get(id) ?? String(id)),
      ...figuresOf(group),
    }))
    .sort(worseFirst)
}

/** Without transport first, then at risk; nobody's row stands last among equals, and names decide the rest. */
function worseFirst(a: BreakdownRow, b: BreakdownRow): number {
  return (
    b.withoutTransport - a.withoutTransport ||
    b.atRisk - a.atRisk ||
    Number(a.name === null) - Number(b.name === null) ||
    inOrder(a.name ?? '', b.name ?? '') ||
    inOrder(Number(a.id), Number(b.id))
  )
}

/** By the letters' own numbers: a locale's order may change with the machine, and a published report's may not. */
const inOrder = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)
