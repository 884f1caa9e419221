/** What a plan still needs before it can become real: one list, one entry a thing, in the order it is best done. */
import type { ListedPlan } from './plan-list-store.ts'
import type { Scenario } from './scenario.ts'
import { counted } from './scenario.view.ts'

export type Needing = { scenario: Scenario; plan: ListedPlan }
export type PlanNeed = {
  text: string
  says: string
  href: string
  /** How it stands: nothing is left to do, something is, or it only is to be looked at. */
  standing: 'done' | 'missing' | 'look'
}

/** The entries of the list, each from what it is about. */
export const planNeeds = (needing: Needing): PlanNeed[] => [everybodyHasAPlace(needing)]

function everybodyHasAPlace({ plan }: Needing): PlanNeed {
  const pupils = new Set(plan.unplaced.map(({ pupil }) => pupil)).size
  return {
    text: 'A place for everybody',
    says:
      pupils === 0
        ? `All ${counted(plan.pupils, 'pupil')} of the plan have one.`
        : `${counted(pupils, 'pupil')} without a place, each with why.`,
    href: '#unplaced',
    standing: pupils === 0 ? 'done' : 'missing',
  }
}
