/** Everything that is asked of a found plan before it goes a step forward, as known at one revision. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import { anomaliesOf } from '../anomalies/anomaly-store.ts'
import { mayGoForward } from '../anomalies/gate.ts'
import { type KeptPlan, planOf } from '../found/found-plan-store.ts'
import type { Wave } from '../phasing/phasing.ts'
import { phasingOf, withoutWaves } from '../phasing/phasing-store.ts'
import type { VehicleOffer } from '../policy/policy.ts'
import { planPolicyAt } from '../policy/policy-store.ts'
import { peopleOf, schoolDays } from '../scenario/people-store.ts'
import { populationOf, type Scenario } from '../scenario/scenario.ts'
import { choicesOf, scenarios } from '../scenario/scenario-store.ts'
import { type ToAssess, toAssess, usualRule } from './assessment.ts'
import { assessmentRule, assessmentsOf } from './assessment-store.ts'
import { differencesOf, type Known } from './difference.ts'
import { type InTheWay, inTheWayOf } from './in-the-way.ts'
import { type Reviewed, reviewed, toReview } from './review.ts'
import { answersOf } from './review-store.ts'
import { type PlanStanding, planStanding } from './step.ts'
import { acceptedElsewhere, acceptedPlan, type StepTaken, stepsOf } from './step-store.ts'

export type Forward = {
  scenario: Scenario
  kept: KeptPlan
  standing: PlanStanding
  steps: readonly StepTaken[]
  inTheWay: readonly InTheWay[]
  leftOut: ReadonlySet<PupilId>
  /** What schools say of each run that brings their pupils. */
  reviews: readonly Reviewed[]
  /** The runs whose mix of pupils must be assessed. */
  toAssess: readonly ToAssess[]
  /** The register as it is now, of the day the plan begins. */
  known: Known
  /** The waves that were kept, of every school that needs them. */
  waves: readonly Wave[]
  /** What the plan was made with. */
  offers: readonly VehicleOffer[]
}

type When = { today: PlainDate; revision: number }

/** A plan of a scenario and what is in its way; nothing where there is no such plan. */
export async function forwardOf(
  sql: Sql,
  { scenario: id, plan }: { scenario: number; plan: number },
  { today, revision }: When,
): Promise<Forward | undefined> {
  const [scenario] = await scenarios(sql, id)
  const kept = scenario && (await planOf(sql, id, plan))
  if (!scenario || !kept) return undefined
  const knownAt = (cut: number) => knownOf(sql, scenario, cut)
  const [then, known] = [await knownAt(kept.cut), await knownAt(revision)]
  const choices = await choicesOf(sql, id)
  const leftOut = new Set(choices.filter(({ choice }) => choice === 'left-out').map(({ pupil }) => pupil))
  const steps = await stepsOf(sql, plan)
  const pupils = [...new Set(kept.plan.journeys.map(({ pupil }) => pupil))].filter((one) => !leftOut.has(one))
  const policy = await planPolicyAt(sql, { on: scenario.beginsOn, revision: kept.cut })
  const anomalies = mayGoForward(await anomaliesOf(sql, { scenario: id, plan }), plan)
  const beside = { leftOut, ...known }
  const reviews = reviewed(toReview(kept.plan.runs, beside), await answersOf(sql, plan))
  const phasing = await phasingOf(sql, { scenario, kept })
  const rule = await assessmentRule(sql, { on: scenario.beginsOn, revision })
  const assessed = toAssess(kept.plan.runs, await assessmentsOf(sql, plan), {
    ...beside,
    rule: rule.ok ? rule.value : usualRule,
  })
  return {
    scenario,
    kept,
    standing: planStanding(steps[0]?.step),
    steps,
    leftOut,
    reviews,
    toAssess: assessed,
    known,
    waves: phasing.ok ? phasing.value.schools.flatMap(({ chosen }) => chosen?.waves ?? []) : [],
    offers: policy.ok ? policy.value.vehicles : [],
    inTheWay: inTheWayOf({
      beginsOn: scenario.beginsOn,
      today,
      blocking: populationOf(scenario, { ...known, choices }).blocking.map(({ person }) => person.pupil),
      anomaliesOpen: anomalies.ok ? 0 : anomalies.refusal.open.length,
      policyRefused: rule.ok ? undefined : rule.refusal,
      reviews,
      notAssessed: assessed.filter(({ assessment }) => !assessment).length,
      withoutWaves: phasing.ok ? withoutWaves(phasing.value).map(({ name }) => name) : undefined,
      accepted: await acceptedPlan(sql, { scenario: id, besides: plan }),
      elsewhere: await acceptedElsewhere(sql, { scenario: id, pupils, today }),
      differences: differencesOf(kept.plan, { then, now: known, leftOut }),
    }),
  }
}

async function knownOf(sql: Sql, { scope, beginsOn: on }: Scenario, revision: number): Promise<Known> {
  const people = await peopleOf(sql, scope, { on, revision })
  return { people, schools: await schoolDays(sql, people, { on, revision }) }
}
