/**
 * The daily situation: how many pupils are in each state, who is without transport, and what changed since an
 * earlier report. Pure sums over what `travel_state` says; no figure is ever typed in.
 */
import type { AcceptancesCounted, AcceptancesOpen } from '#changeover'
import type { ContractId, PupilId } from '#ground/ids.ts'
import type { AsAt, PlainDate } from '#ground/time.ts'
import type { BreakdownRow, ByDirection, Funnel, PupilDay, PupilFigures } from './figures.ts'
import { figuresByDirection, figuresOf, funnelOf } from './figures.ts'
import type { Missed, Waiting } from './missed.ts'
import { movements, type Reconciliation } from './movement.ts'

/** The rules by which a day's pupils are counted. What is remembered of a morning stands while they do. */
export const COUNTED_BY = '2026-1'

/**
 * The versions of a report that can be made, the latest last: the rules of counting, and what the report tells. A
 * published report names its own, and is made again by it. 2026-2 counts as 2026-1 does, and adds what is accepted;
 * 2026-3 counts an acceptance that a later one cut down as the one it was.
 */
export const definitionsKnown = ['2026-1', '2026-2', '2026-3'] as const
export type Definitions = (typeof definitionsKnown)[number]
export const DEFINITIONS: Definitions = '2026-3'

/**
 * The ways in which reports of each version have counted acceptances, the earliest first; a version without one tells
 * nothing of them. Under the name of 2026-2 the counting was put right, so its reports are of either way: one of them
 * made them, and makes them again.
 */
export const acceptedCountedBy: Record<Definitions, readonly AcceptancesCounted[]> = {
  '2026-1': [],
  '2026-2': ['in-parts', 'once'],
  '2026-3': ['once'],
}

/** A cut through both clocks, with the revision its moment means. Every figure of a report stands on one. */
export type Cut = AsAt & { revision: number }

/** Pupils whose family has no contact point that somebody has verified lately: what is sent to them may reach nobody. */
export type Contacts = { pupils: number; unverified: number; withinMonths: number; targetPercent: number }

/**
 * Contracts beside pupils. Contracts are counted of the routes that should run on the day; a contract awarded is no
 * promise to a child who is on none of its runs, so the pupils come first wherever the two are shown.
 */
export type Contracts = {
  pupilsToPlace: number
  pupilsPlaced: number
  needed: number
  awarded: number
  signed: number
}

/** A cohort on this day: who was frozen, and apart from them everyone who came after. Together they are all pupils. */
export type CohortFigures = {
  name: string
  frozenOn: PlainDate
  frozen: number
  /** Frozen, and no longer on the register. */
  left: number
  members: PupilFigures
  joiners: PupilFigures
}

export type Sitrep = Cut & {
  definitions: Definitions
  population: number
  /** Each pupil once, where the worse of the two journeys stands. */
  all: PupilFigures
  directions: ByDirection
  funnel: Funnel
  contacts: Contacts
  contracts: Contracts
  cohort: CohortFigures | null
  reconciliation: Reconciliation
}

/** The whole report: the situation, where it is worst, and what has been missed. */
export type Report = Sitrep & {
  breakdowns: Record<'school' | 'area' | 'operator' | 'contract', BreakdownRow[]> & {
    cohort: CohortFigures[]
  }
  missed: Missed
  waiting: Waiting
  /** What managers have accepted. A report of 2026-1 does not tell it. */
  accepted?: AcceptancesOpen
}

/** A report whose mornings may still have to be counted. */
export type ReportSoFar = Omit<Report, 'missed' | 'waiting'> & Partial<Pick<Report, 'missed' | 'waiting'>>

/** The pupils a report names: those who moved, those most affected, and those who wait. */
export function pupilsNamedIn({ reconciliation, missed, waiting }: ReportSoFar): PupilId[] {
  const moved = movements.flatMap((kind) => reconciliation[kind])
  const most = (missed?.most ?? []).map(({ pupil }) => pupil)
  const escalated = (waiting?.escalations ?? []).flatMap(({ pupils }) => pupils)
  return [...new Set([...moved, ...most, ...(waiting?.oldest?.pupils ?? []), ...escalated])]
}

export type Cohort = { name: string; frozenOn: PlainDate; members: readonly PupilId[] }

/** The figures of a cohort and of those who came after it, each apart. */
export function cohortFigures(
  people: readonly PupilDay[],
  { name, frozenOn, members }: Cohort,
): CohortFigures {
  const frozen = new Set(members)
  const still = people.filter(({ pupil }) => frozen.has(pupil))
  return {
    name,
    frozenOn,
    frozen: frozen.size,
    left: frozen.size - still.length,
    members: figuresOf(still),
    joiners: figuresOf(people.filter(({ pupil }) => !frozen.has(pupil))),
  }
}

/** A contract that a route which should run on the day hangs on. */
export type NeededContract = { contract: ContractId; awarded: boolean; signed: boolean }

type Known = {
  people: readonly PupilDay[]
  contacts: Contacts
  needed: readonly NeededContract[]
  cohort: Cohort | undefined
  reconciliation: Reconciliation
}

/** Puts a situation together from what is known of a cut. */
export function situationOf(cut: Cut, { people, contacts, needed, cohort, reconciliation }: Known): Sitrep {
  const funnel = funnelOf(people)
  return {
    on: cut.on,
    knownAt: cut.knownAt,
    revision: cut.revision,
    definitions: DEFINITIONS,
    population: people.length,
    all: figuresOf(people),
    directions: figuresByDirection(people),
    funnel,
    contacts,
    contracts: {
      pupilsToPlace: funnel.needSeat,
      pupilsPlaced: funnel.rungs[0]?.reached ?? 0,
      needed: needed.length,
      awarded: needed.filter(({ awarded }) => awarded).length,
      signed: needed.filter(({ awarded, signed }) => awarded && signed).length,
    },
    cohort: cohort ? cohortFigures(people, cohort) : null,
    reconciliation,
  }
}
