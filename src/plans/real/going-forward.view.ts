/** What is in the way of a plan, and what it would become, in words. */
import type { Worsening } from '#changeover/store'
import { inPounds } from '#ground/money.ts'
import { dayInWords } from '#ground/time.ts'
import { directionInWords, travelStateView } from '#web/travel-state.view.ts'
import { counted, policyRefusedInWords } from '../scenario/scenario.view.ts'
import type { Difference, DifferenceKind } from './difference.ts'
import type { MadeReal, StepRefused } from './going-forward-store.ts'
import type { InTheWay } from './in-the-way.ts'
import type { OldRun, OldRuns } from './old-run-store.ts'
import type { PlanStanding } from './step.ts'
import type { RouteToBe } from './to-be.ts'

const differsInWords: Record<DifferenceKind, string> = {
  'not-in-the-plan': 'must be carried, and the plan does not know them',
  'no-longer-to-be-carried': 'need not be carried any more',
  home: 'has moved home',
  school: 'has changed school or days',
  need: 'has another need form',
  'kept-apart': 'is kept apart from others than before',
  'own-way': 'travels by other means than before',
  bells: 'has a school whose bell times changed',
  'no-place': 'has no place in the plan',
  'not-asked-for': 'attends on days that were not planned',
}

/** `has moved home; has another need form`. */
export const differenceInWords = ({ kinds }: Pick<Difference, 'kinds'>): string =>
  kinds.map((kind) => differsInWords[kind]).join('; ')

/** What is in the way, as a heading says it. */
export function inTheWayInWords(one: InTheWay): string {
  switch (one.because) {
    case 'begins-in-the-past':
      return `It was to begin on ${dayInWords(one.on)}. Begin a new scenario from a day to come.`
    case 'another-is-accepted':
      return `Plan ${one.plan} of the same scenario is accepted. Take that back first.`
    case 'planned-elsewhere':
      return one.others
        .map(
          ({ scenario, plan, pupils }) =>
            `${counted(pupils.length, 'pupil')} of it ${pupils.length === 1 ? 'is' : 'are'} in plan ${plan} of “${scenario}” too, which is accepted. Take that back, or leave them out here.`,
        )
        .join(' ')
    case 'too-little-known':
      return `Too little is known of ${counted(one.pupils.length, 'pupil')}. Say of each how they are planned.`
    case 'anomalies-open':
      return `${counted(one.anomalies, 'oddity').replace('odditys', 'oddities')} in it: each must be resolved, or accepted by a named owner.`
    case 'schools-have-not-agreed':
      return `Schools have rejected ${counted(one.rejected, 'run')} and not answered for ${one.unanswered}. A run goes forward when each of its schools agrees to it.`
    case 'not-assessed':
      return `${counted(one.runs, 'run')} must be assessed for who shares the vehicle.`
    case 'policy-not-read':
      return policyRefusedInWords(one.refusal)
    case 'waves-not-kept':
      return one.schools
        ? `More pupils than policy allows change crew on one day at ${one.schools.join(', ')}. Keep the waves in which it comes instead.`
        : 'How much changes at once cannot be measured: put the policy “plan-phasing” right.'
    case 'register-differs':
      return `The register differs for ${counted(one.differences.length, 'pupil')} from what was planned. Leave each out, to be arranged by hand, or plan anew.`
  }
}

const standings: Record<PlanStanding, string> = {
  found: 'The plan is not accepted.',
  accepted: 'The plan is accepted already.',
  real: 'The plan is real already.',
}

/** Why a step is not taken, in sentences. */
export function stepRefusedInWords(refusal: StepRefused): string {
  switch (refusal.because) {
    case 'no-such-plan':
      return 'There is no such plan of this scenario. firstbell plan show tells which was found last.'
    case 'stands-elsewhere':
      return standings[refusal.standing]
    case 'in-the-way':
      return ['The plan cannot go forward yet:', ...refusal.inTheWay.flatMap(linesOf)].join('\n')
    case 'begun':
      return `It began on ${dayInWords(refusal.on)}: what is real by now is changed route by route.`
    case 'ends-before-it-begins':
      return `The contracts would end on ${dayInWords(refusal.lastDay)}, before the plan begins on ${dayInWords(refusal.from)}. Give a later last day.`
    case 'no-operator':
      return `Nobody is named to drive: ${refusal.offers.join(', ')}. Name an operator for each kind of vehicle.`
  }
}

function linesOf(one: InTheWay): string[] {
  const pupils =
    one.because === 'register-differs'
      ? one.differences.map((of) => `  pupil ${of.pupil}, ${of.name}: ${differenceInWords(of)}`)
      : []
  return [`- ${inTheWayInWords(one)}`, ...pupils]
}

/** `P12-3, Minibus: 2 runs, 11 pupils, £212.40 a day`. */
export function routeInWords({ code, offer, runs, dailyRate }: RouteToBe): string {
  const pupils = new Set(runs.flatMap(({ riders }) => riders)).size
  return `${code}, ${offer}: ${counted(runs.length, 'run')}, ${counted(pupils, 'pupil')}, ${inPounds(dailyRate)} a day`
}

/** What making a plan real does, a line each: who moves on which day, and what becomes of the runs they leave. */
export function madeRealInWords({ routes, old }: Pick<MadeReal, 'routes' | 'old'>): string[] {
  const waves = [...Map.groupBy(routes, ({ from }) => from)].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    ...waves.map(
      ([from, theirs]) =>
        `${counted(ridersOf(theirs), 'pupil')} ${ridersOf(theirs) === 1 ? 'gets' : 'get'} a seat on ${counted(theirs.length, 'new route')} from ${dayInWords(from)}; what carries them until then ends the day before.`,
    ),
    ...oldRunsInWords(old),
    'Each stays provisional until contract, operator, crew, family and school are confirmed.',
    waves.length > 1
      ? 'Until the first day all of it can be taken back; after that, the waves that have not begun.'
      : 'Until that day all of it can be taken back.',
  ]
}

const ridersOf = (routes: readonly RouteToBe[]): number =>
  new Set(routes.flatMap(({ runs }) => runs.flatMap(({ riders }) => riders))).size

function oldRunsInWords({ ended, goOn, contracts }: OldRuns): string[] {
  const nameOf = ({ code, direction }: OldRun) => `${code} ${directionInWords(direction).toLowerCase()}`
  return [
    ...(ended.length > 0
      ? [
          `${counted(ended.length, 'run')} on which nobody is left ${ended.length === 1 ? 'ends' : 'end'}: ${ended.map((run) => `${nameOf(run)} from ${dayInWords(run.from)}`).join('; ')}.`,
        ]
      : []),
    ...goOn.map(
      (run) =>
        `${nameOf(run)} goes on with ${counted(run.riders, 'pupil')}. Plan its stops anew: ${counted(run.left.length, 'pupil')} will not be at theirs.`,
    ),
    ...contracts.map(({ reference }) => `Contract ${reference} has no route left. It is not ended by this.`),
  ]
}

/** Who would be worse off, a line each, with what to do. */
export function worseInWords(worse: readonly Worsening[]): string {
  const pupils = new Set(worse.map(({ pupil }) => pupil)).size
  return [
    `${counted(pupils, 'pupil')} would be worse off until their rungs are climbed, and nobody has accepted it:`,
    ...worse.map(
      ({ pupil, direction, firstDay, lastDay, before, after }) =>
        `  pupil ${pupil}, ${directionInWords(direction).toLowerCase()}, ${dayInWords(firstDay)} to ${dayInWords(lastDay)}: ${travelStateView(before).text.toLowerCase()} becomes ${travelStateView(after).text.toLowerCase()}`,
    ),
    'A manager accepts it for these pupils with --accept-until, the last of these days; or choose a day on which what they have has ended.',
  ].join('\n')
}
