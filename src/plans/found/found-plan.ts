/** A plan as it is kept: its runs, who rides and who does not, and what is held against it. */
import type { PupilId } from '#ground/ids.ts'
import { type DayPattern, patternOf, slotsOf } from '#ground/pattern.ts'
import type { Plan } from '#optimiser'
import { type Anomaly, findAnomalies, type Known, type Oddness } from '../anomalies/anomaly.ts'
import type { Journey } from '../baseline/journey.ts'
import { type Impact, impact, type Limits } from '../impact/impact.ts'
import type { Person } from '../scenario/person.ts'
import type { PlanQuestion } from '../translation/question.ts'
import { type Asked, journeysBy, type PlanRun, runsOf } from '../translation/runs-of.ts'
import { type PlanCost, planCostOf } from './plan-cost.ts'

/** A pupil's travel in one direction on some days. */
export type Travel = { pupil: PupilId; direction: 1 | 2; days: DayPattern }

export type FoundPlan = {
  runs: readonly PlanRun[]
  journeys: readonly Journey[]
  cost: PlanCost
  anomalies: readonly Anomaly[]
  /** Who has no place, with why in words. */
  unplaced: readonly (Travel & { reasons: readonly string[] })[]
  /** Who stays on a route that the scenario keeps as it is. */
  onKeptRoutes: readonly Travel[]
  /** Days on which somebody attends and no ride could be asked for: no home or no bell is known for them. */
  notAsked: readonly Travel[]
}

/** The people without the directions in which they ride on a kept route. */
export function withoutKept(people: readonly Person[], kept: readonly Travel[]): Person[] {
  return people.map((person) => {
    const stays = kept.filter(({ pupil }) => pupil === person.pupil).map(({ direction }) => direction)
    return { ...person, otherwise: [...new Set([...person.otherwise, ...stays])] }
  })
}

/** Everybody's days at school on which they have neither a ride in the question, nor a kept one, nor their own way. */
export function notAskedOf(
  people: readonly Person[],
  question: Pick<PlanQuestion, 'rides'>,
  kept: readonly Travel[],
): Travel[] {
  const asked = Map.groupBy([...question.rides, ...kept], keyOf)
  return people.flatMap(({ pupil, placements, otherwise }) =>
    ([1, 2] as const)
      .filter((direction) => !otherwise.includes(direction))
      .flatMap((direction): Travel[] => {
        const covered = new Set(
          (asked.get(keyOf({ pupil, direction })) ?? []).flatMap(({ days }) => slotsOf(days)),
        )
        const attended = placements
          .flatMap(({ pattern }) => slotsOf(pattern))
          .filter((half) => half % 2 === direction - 1)
          .map((half) => (half - direction + 1) / 2)
        const days = attended.filter((day) => !covered.has(day))
        return days.length === 0 ? [] : [{ pupil, direction, days: patternOf(days) }]
      }),
  )
}

const keyOf = ({ pupil, direction }: Pick<Travel, 'pupil' | 'direction'>) => `${pupil} ${direction}`

/** A refereed plan read back: runs, journeys, cost, and everything odd about them. */
export function readPlan(
  asked: Asked,
  plan: Plan,
  { known, oddness }: { known: readonly Known[]; oddness: Oddness },
): Pick<FoundPlan, 'runs' | 'journeys' | 'cost' | 'anomalies'> {
  const runs = runsOf(asked, plan)
  const journeys = journeysBy(asked, runs)
  const anomalies = findAnomalies(runs, journeys, { known, oddness })
  return { runs, journeys, cost: planCostOf(asked, plan), anomalies }
}

type Against = {
  baseline: readonly Journey[]
  people: readonly Pick<Person, 'pupil' | 'bornOn'>[]
  limits: Limits
  on: Impact['on']
}

/** The plan against the frozen baseline. Only journeys that the plan was asked for are held against each other. */
export function impactOf({ journeys }: Pick<FoundPlan, 'journeys'>, against: Against): Impact {
  const asked = new Set(journeys.map(keyOf))
  const pupils = new Set(journeys.map(({ pupil }) => pupil))
  return impact(
    against.baseline.filter((journey) => asked.has(keyOf(journey))),
    journeys,
    {
      people: against.people.filter(({ pupil }) => pupils.has(pupil)),
      limits: against.limits,
      on: against.on,
    },
  )
}
