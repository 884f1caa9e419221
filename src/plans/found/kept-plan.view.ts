/** A plan of whole numbers as it is kept: read back, held against the referee, and told whom it leaves out and why. */
import { pence } from '#ground/money.ts'
import { check, NOWHERE, type Plan, type Unplaced } from '#optimiser'
import type { Frozen, Numbered } from '../search/frozen.ts'
import { UNITS_IN_A_PENNY } from '../translation/problem-of.ts'
import type { Asked } from '../translation/runs-of.ts'
import { unplacedInWords } from '../translation/unplaced.view.ts'
import { type FoundPlan, readPlan } from './found-plan.ts'

type Found = {
  vehicles: Numbered
  unplaced: readonly Unplaced[]
  /** What no plan can cost less than, in the problem's unit of price. */
  bound: number
}

/** The plan that was found. Throws where the referee finds that it breaks a rule: such a plan is never kept. */
export function foundPlanOf(asked: Asked, { vehicles, unplaced, bound }: Found, frozen: Frozen): FoundPlan {
  const { problem } = asked
  const plan: Plan = { vehicles: vehicles.map((vehicle) => ({ ...vehicle, was: NOWHERE })) }
  const { words } = check(problem, plan)
  if (words.length > 0) throw new Error(`The plan breaks rules and is not kept: ${words.join(' ')}`)
  const read = readPlan(asked, plan, frozen)
  return {
    ...read,
    cost: { ...read.cost, bound: pence(Math.floor(bound / UNITS_IN_A_PENNY / problem.days)) },
    unplaced: unplacedInWords(asked, unplaced).map(({ ride, reasons }) => ({
      pupil: ride.pupil,
      direction: ride.direction,
      days: ride.days,
      reasons,
    })),
    onKeptRoutes: frozen.onKeptRoutes,
    notAsked: frozen.notAsked,
  }
}
