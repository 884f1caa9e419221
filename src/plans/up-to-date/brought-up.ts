/** A whole plan brought up to date: vehicles that lost or gained somebody are read anew, everything else is as it was kept. */
import type { PupilId } from '#ground/ids.ts'
import type { Reason } from '#optimiser'
import { changedPlan } from '../by-hand/changed-plan.ts'
import { underNumbers } from '../by-hand/hand-change.ts'
import type { FoundPlan } from '../found/found-plan.ts'
import { type Part, partOf } from '../found/part.ts'
import { type PlanCost, planCostOf } from '../found/plan-cost.ts'
import type { Frozen, Numbered } from '../search/frozen.ts'
import type { PlanQuestion, RideAsked } from '../translation/question.ts'
import { type Asked, runsOf } from '../translation/runs-of.ts'
import type { CarriedOver } from './carry-over.ts'
import type { Placed } from './placing.ts'

/**
 * The vehicles that are looked at: those that lost somebody, and those that go to the school of somebody to be placed. Nobody
 * joins a locked one.
 */
export function lookedAt(
  { vehicles, lost, toPlace }: CarriedOver,
  { rides }: PlanQuestion,
  locked: ReadonlySet<number>,
): number[] {
  const schools = new Set(toPlace.map((ride) => rides[ride]?.school))
  const goesThere = ({ runs }: Numbered[number]) =>
    runs.flat().some((call) => schools.has(rides[Math.floor(call / 2)]?.school))
  return [...vehicles.keys()].filter(
    (v) => lost.includes(v) || (!locked.has(v) && goesThere(vehicles[v] as Numbered[number])),
  )
}

/** Those vehicles with whoever is to be placed, as a question of their own; of limited kinds, as many as the others leave. */
export function partLookedAt(
  { vehicles, toPlace }: CarriedOver,
  question: PlanQuestion,
  numbers: readonly number[],
): Part {
  const chosen = numbers.flatMap((v) => vehicles[v] ?? [])
  const part = partOf(question, chosen, toPlace)
  const { policy } = part.question
  const usedElsewhere = (kind: number) =>
    vehicles.filter(
      ({ fleet, runs }, v) => fleet === kind && !numbers.includes(v) && runs.some((run) => run.length > 0),
    ).length
  const offers = policy.vehicles.map((offer, kind) =>
    offer.available === undefined
      ? offer
      : { ...offer, available: Math.max(0, offer.available - usedElsewhere(kind)) },
  )
  return { ...part, question: { ...part.question, policy: { ...policy, vehicles: offers } } }
}

type Bringing = {
  plan: FoundPlan
  carried: CarriedOver
  /** What is asked today. */
  frozen: Frozen
  part: Part
  asked: Asked
  numbers: readonly number[]
  placed: Placed
  /** What the vehicles that are looked at cost as they were. */
  before: PlanCost
  /** Why somebody has no place, as people say it. */
  inWords: (reason: Reason, about: RideAsked) => string
}

/** The plan as it becomes, and all its vehicles. */
export function broughtUp({ plan, part, before, ...bringing }: Bringing): {
  plan: FoundPlan
  vehicles: Numbered
} {
  const { carried, frozen, asked, placed } = bringing
  const after = underNumbers(placed.vehicles, placed.numbers)
  const changed = {
    asked,
    vehicles: placed.vehicles,
    before: { runs: [], cost: before },
    after: { runs: runsOf(asked, after), cost: planCostOf(asked, after) },
  }
  return changedPlan(
    {
      plan: carriedPlan(plan, bringing),
      vehicles: carried.vehicles,
      frozen,
    },
    { part, numbers: placed.numbers, changed },
  )
}

type Carrying = Omit<Bringing, 'plan' | 'part' | 'before'>

/** What holds on of the plan, its rides by the numbers of today. No bound holds for other people. */
function carriedPlan(
  { runs, journeys, cost: { bound: _, ...cost }, anomalies }: FoundPlan,
  { carried, frozen, numbers, ...placing }: Carrying,
): FoundPlan {
  const kept: FoundPlan['journeys'][number][] = []
  for (const [was, is] of carried.rides) {
    const journey = journeys[was]
    if (journey) kept[is] = journey
  }
  return {
    runs: runs
      .filter(({ vehicle }) => !numbers.includes(vehicle))
      .map((run) => ({
        ...run,
        riders: run.riders.map((rider) => ({ ...rider, ride: carried.rides.get(rider.ride) ?? -1 })),
      })),
    journeys: kept,
    cost,
    anomalies,
    unplaced: withoutPlace(placing),
    onKeptRoutes: frozen.onKeptRoutes,
    notAsked: frozen.notAsked,
  }
}

type Placing = Pick<Bringing, 'asked' | 'placed' | 'inWords'>

function withoutPlace({ asked, placed, inWords }: Placing): FoundPlan['unplaced'] {
  return placed.placings
    .filter(({ chosen }) => chosen === 'none')
    .map(({ about: { pupil, direction, days }, reasons }) => {
      const request = asked.question.rides.findIndex(
        (ride) => ride.pupil === pupil && ride.direction === direction && ride.days === days,
      )
      const about = asked.question.rides[request]
      const words = about ? reasons.map((reason) => inWords(reason, about)) : []
      return {
        pupil,
        direction,
        days,
        reasons: words.length > 0 ? words : ['Left without a place by whoever brought the plan up to date.'],
      }
    })
}

/** Who is off a run of the plan and not to be placed again: whoever left, or rides one way or on fewer days now. */
export function goneFrom(
  { journeys }: FoundPlan,
  { rides, toPlace }: CarriedOver,
  question: PlanQuestion,
): PupilId[] {
  const again = new Set(toPlace.map((ride) => question.rides[ride]?.pupil))
  const rode = journeys.filter(({ ride }, number) => ride !== null && !rides.has(number))
  return [...new Set(rode.map(({ pupil }) => pupil))].filter((pupil) => !again.has(pupil))
}
