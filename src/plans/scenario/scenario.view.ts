/** A scenario in words: for whom, from when, and what stands in its way. */
import { inPounds } from '#ground/money.ts'
import { dayInWords } from '#ground/time.ts'
import type { BaselineCount } from '../baseline/baseline.ts'
import type { PolicyRefused } from '../policy/policy.ts'
import { vehicleName } from '../translation/runs-of.ts'
import { gapsInTheWay, type Obstacle } from './next-step.ts'
import type { Gap, Incomplete, Scenario } from './scenario.ts'
import type { NotMade } from './scenario-store.ts'
import type { Standing } from './standing-store.ts'

export const gapInWords: Record<Gap, string> = {
  'no-need-form': 'no need form was ever taken',
  'need-form-incomplete': 'the need form is not complete',
  'home-has-no-point': 'the home has no point on the map',
}

/** `a school`, `3 schools`, `Saltmouth`, `the county`. */
export function scopeInWords({ scope }: Pick<Scenario, 'scope'>): string {
  if ('area' in scope) return scope.area
  if ('county' in scope) return 'the county'
  return scope.schools.length === 1 ? 'one school' : `${scope.schools.length} schools`
}

export const notMadeInWords = (refusal: NotMade, name: string): string =>
  ({
    'name-is-taken': `A scenario called "${name}" is already there. Choose another name.`,
    'nobody-to-plan-for': 'Nobody of this scope must be carried on that day. Choose another scope or day.',
    'begins-in-the-past': 'A scenario begins on a later day than today. Choose one to come.',
  })[refusal]

/** What stands in the way of looking for a plan, in the order in which it is best put right. */
export const blocks = ({ population, baseline }: Pick<Standing, 'population' | 'baseline'>): string[] =>
  gapsInTheWay({ population, isFrozen: baseline !== undefined }).map(obstacleInWords)

/** What is in the way, and what to do about it. */
export function obstacleInWords(one: Obstacle): string {
  switch (one.obstacle) {
    case 'began':
      return `It was to begin on ${dayInWords(one.on)}. Begin a new scenario from a day to come.`
    case 'school':
      return one.gap.gap === 'no-point'
        ? `${one.gap.name} has no entrance with a point on the map. Import or record one.`
        : `${one.gap.name} has no bell times. Record them on the school’s page.`
    case 'pupils':
      return `${counted(one.incomplete.length, 'pupil')} of whom too little is known: say of each how they are planned.`
    case 'nobody':
      return 'Nobody is left to plan for.'
    case 'baseline':
      return 'The baseline is not frozen: nothing is planned before today’s journeys are kept.'
    case 'policy':
      return policyRefusedInWords(one.refusal)
    case 'roads':
      return NO_ROADS
    case 'locked':
      return `${vehicleName(one.vehicle)} of plan ${one.plan} is locked, and ${counted(one.pupils.length, 'pupil')} aboard or the vehicle itself is not asked for any more as they were. Unlock its runs, or look on from the plan.`
  }
}

export const NO_ROADS =
  'There are no roads to drive on. Build them (firstbell roads build FILE.osm.pbf), or estimate with --crow-fly.'

export const policyRefusedInWords = (refusal: PolicyRefused): string =>
  refusal.because === 'prices-missing'
    ? 'Prices are missing. Record what vehicles the council can have and what it pays: “Vehicles and prices” of the policies for planning (firstbell plan policy plan-vehicles).'
    : `The policy “${refusal.name}” cannot be read: ${refusal.says}. Put it right under the policies for planning.`

export const incompleteInWords = ({ person, gaps }: Incomplete): string =>
  `${person.name}: ${gaps.map((gap) => gapInWords[gap]).join(', ')}`

/** `1 pupil`, `3 pupils`. */
export const counted = (n: number, what: string): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? what : `${what}s`}`

/** How many journeys there are to compare with, and why there is none for the others. */
export function baselineInWords({ journeys, withRide, none }: BaselineCount): string {
  const without = [
    [none['nothing-arranged'], 'with nothing arranged'],
    [none['no-seat'], 'by other means than a seat'],
    [none['stop-not-planned'], 'whose stop is not planned'],
  ] as const
  const said = without.filter(([n]) => n > 0).map(([n, why]) => `${n.toLocaleString('en-GB')} ${why}`)
  return `${withRide.toLocaleString('en-GB')} of ${counted(journeys, 'journey')} have a ride to compare with${
    said.length > 0 ? `; no baseline for ${said.join(', ')}` : ''
  }.`
}

/** What `firstbell plan show` prints. */
export function standingInWords(standing: Standing): string {
  const { scenario, population, baseline, exceptions } = standing
  const { planned, asKnown, leftOut, joiners, leavers } = population
  const stands = blocks(standing)
  return [
    `${scenario.name}: ${scopeInWords(scenario)}, from ${dayInWords(scenario.beginsOn)}.`,
    `${counted(planned.length, 'pupil')} to plan for: ${scenario.members.length} frozen, ${joiners.length} joined since, ${leavers.length} left.`,
    `Planned with what is known: ${asKnown.length}. Left out: ${leftOut.length}. Own longest ride: ${exceptions.length}.`,
    `A change of vehicle counts ${inPounds(scenario.terms.change)} a day for each pupil.`,
    baseline
      ? `The baseline was frozen by ${baseline.frozenBy}, as at ${dayInWords(baseline.on)}: ${baseline.sha256.slice(0, 12)}.`
      : 'The baseline is not frozen.',
    ...(stands.length > 0 ? ['In the way:', ...stands.map((one) => `- ${one}`)] : ['Nothing is in the way.']),
    ...population.blocking.map((one) => `  ${one.person.pupil}  ${incompleteInWords(one)}`),
  ].join('\n')
}
