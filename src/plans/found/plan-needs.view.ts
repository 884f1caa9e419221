/** What a plan still needs before it can become real: one list, one entry a thing, in the order it is best done. */
import { dayInWords } from '#ground/time.ts'
import { paths } from '#web/paths.ts'
import type { PlanStanding } from '../real/step.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { ListedPlan } from './plan-list-store.ts'

export type Needing = { scenario: Scenario; plan: ListedPlan; standing: PlanStanding; openAnomalies: number }
export type PlanNeed = {
  text: string
  says: string
  href: string
  /** How it stands: nothing is left to do, something is, or it only is to be looked at. */
  standing: 'done' | 'missing' | 'look'
}

/** The entries of the list, each from what it is about. */
export const planNeeds = (needing: Needing): PlanNeed[] => [
  everybodyHasAPlace(needing),
  nothingOddIsOpen(needing),
  impactIsLookedAt(needing),
  itComesInWaves(needing),
  schoolsAgree(needing),
  mixesAreAssessed(needing),
  goesForward(needing),
]

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

const nothingOddIsOpen = ({ scenario, plan, openAnomalies: open }: Needing): PlanNeed => ({
  text: 'Nothing odd left open',
  says:
    open === 0
      ? 'Everything odd in it is resolved, or accepted by name.'
      : `${open.toLocaleString('en-GB')} open: each is resolved, or accepted by a named owner.`,
  href: paths.anomalies(scenario.id, plan.id),
  standing: open === 0 ? 'done' : 'missing',
})

const itComesInWaves = ({ scenario, plan }: Needing): PlanNeed => ({
  text: 'How much changes at once',
  says: 'Pupils of each school changing crew on one day against policy, and waves where there are too many.',
  href: paths.phasing(scenario.id, plan.id),
  standing: 'look',
})

const impactIsLookedAt = ({ scenario, plan }: Needing): PlanNeed => ({
  text: 'What it does to people',
  says: 'Minutes, miles, pick-up times, crews and companions before and after, for whoever approves it.',
  href: paths.impact(scenario.id, plan.id),
  standing: 'look',
})
/** Whether they do is asked on their page, where every run is looked at. */
function schoolsAgree({ scenario, plan, standing }: Needing): PlanNeed {
  return {
    text: 'Every school agrees',
    says: 'Each run is put to the schools whose pupils it brings.',
    href: paths.reviewOfPlan(scenario.id, plan.id),
    standing: standing === 'found' ? 'look' : 'done',
  }
}

function mixesAreAssessed({ scenario, plan, standing }: Needing): PlanNeed {
  return {
    text: 'Who shares a vehicle is assessed',
    says: 'From six pupils up, and for needs the council names.',
    href: paths.assessmentsOfPlan(scenario.id, plan.id),
    standing: standing === 'found' ? 'look' : 'done',
  }
}

function goesForward({ scenario, plan, standing }: Needing): PlanNeed {
  const from = dayInWords(scenario.beginsOn)
  const says = {
    found: 'Nobody has accepted it. See what is in the way of that.',
    accepted: `Accepted, and to be made real from ${from}.`,
    real: `Real from ${from}.`,
  }
  return {
    text: 'Accepted, and made real',
    says: says[standing],
    href: paths.acceptPlan(scenario.id, plan.id),
    standing: standing === 'real' ? 'done' : 'missing',
  }
}
