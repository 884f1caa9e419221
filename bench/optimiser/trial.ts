/** One instance made ready: the problem for the search, and a judge in the set's own terms. */
import type { Plan, Problem } from '#optimiser'
import { evaluate } from './evaluate.ts'
import { evaluateCounty } from './evaluate-county.ts'
import type { BestKnown, Instance, SetName } from './instance.ts'
import type { County } from './read-county.ts'
import { PRICE_OF_A_VEHICLE, scales, toProblem, toRoutes } from './translate.ts'
import { countyPlan, countyProblem, PRICES_IN_A_POUND } from './translate-county.ts'

export type Trial = {
  readonly name: string
  readonly set: SetName
  readonly best?: BestKnown
  readonly problem: () => Problem
  readonly judge: (plan: Plan) => Judgement
  /** A bound on the objective, in the terms of `Judgement.cost`. */
  readonly boundInOwnTerms: (bound: number) => number
}

/** `cost` is distance, buses or pounds a day; `plan` is for a file that other programs can read. */
export type Judgement = {
  readonly cost: number
  readonly vehicles: number
  readonly broken: readonly string[]
  readonly plan: unknown
}

/** An instance of any set but the counties. */
export function trialOf(instance: Instance, best?: BestKnown): Trial {
  const { name, set, objective } = instance
  const scale = scales[set as keyof typeof scales]
  return {
    name,
    set,
    ...(best && { best }),
    problem: () => toProblem(instance),
    judge(plan) {
      const routes = toRoutes(plan).filter(({ stops }) => stops.length > 0)
      const { vehicles, distance, broken } = evaluate(instance, routes)
      return { cost: objective === 'vehicles' ? vehicles : distance, vehicles, broken, plan: { routes } }
    },
    boundInOwnTerms(bound) {
      if (objective === 'vehicles') return Math.ceil(bound / PRICE_OF_A_VEHICLE - 1)
      const distance = objective === 'distance' ? bound : bound % PRICE_OF_A_VEHICLE
      return distance / scale.distance
    },
  }
}

/** A county's morning. Nobody knows its best plan. */
export function countyTrial(county: County): Trial {
  return {
    name: county.name,
    set: 'county',
    problem: () => countyProblem(county),
    judge(plan) {
      const routes = countyPlan(county, plan)
      return { ...evaluateCounty(county, routes), plan: routes }
    },
    boundInOwnTerms: (bound) => bound / PRICES_IN_A_POUND,
  }
}

/** How far above the best known, in hundredths; undefined where there is none, or where other vehicles are used. */
export function gapPercent({ best }: Pick<Trial, 'best'>, { cost, vehicles }: Judgement): number | undefined {
  if (!best) return undefined
  if (vehicles !== (best.vehicles ?? vehicles)) return undefined
  return (100 * (cost - best.value)) / best.value
}
