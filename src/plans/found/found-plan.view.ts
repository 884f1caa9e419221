/** A plan in words: its runs, what it costs, who has no place and why, and what it does to people. */
import { inMiles } from '#ground/distance.ts'
import { toMinutes } from '#ground/duration.ts'
import { inPounds } from '#ground/money.ts'
import { type DayPattern, everySchoolDay, slotsOf } from '#ground/pattern.ts'
import { type Anomaly, anomalyKinds } from '../anomalies/anomaly.ts'
import { anomalyInWords, pupilsInWords } from '../anomalies/anomaly.view.ts'
import type { Impact, Measure } from '../impact/impact.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { PlanRun } from '../translation/runs-of.ts'
import type { Travel } from './found-plan.ts'
import type { KeptPlan } from './found-plan-store.ts'

/** What `firstbell plan run` prints, and `plan show` after how the scenario stands. */
export function planInWords({ plan, ...kept }: Omit<KeptPlan, 'foundAt'>, told: Impact): string {
  const { runs, unplaced, onKeptRoutes, notAsked, cost } = plan
  const vehicles = new Set(runs.map(({ vehicle }) => vehicle)).size
  return [
    `Plan ${kept.id}, found by ${kept.foundBy} with seed ${kept.seed} in at most ${counted(kept.seconds, 'second')}: ${kept.sha256.slice(0, 12)}.`,
    kept.times.startsWith('crow-fly')
      ? `Every time is estimated by a straight line, not measured along roads (${kept.times}).`
      : `Times are measured along the roads of network ${kept.times}.`,
    `${counted(vehicles, 'vehicle')}, ${counted(runs.length, 'run')}, ${inPounds(cost.money)} a day.`,
    ...runs.map(runInWords),
    ...listed(
      'Without a place',
      unplaced,
      ({ reasons, ...travel }) => `${travelInWords(travel)}: ${reasons.join(' ')}`,
    ),
    ...listed('Left on routes that stay as they are', onKeptRoutes, travelInWords),
    ...listed('Not asked for, as no home or bell is known for those days', notAsked, travelInWords),
    ...impactInWords(told),
    ...anomaliesInWords(plan.anomalies),
  ].join('\n')
}

function listed<T>(title: string, those: readonly T[], inWords: (one: T) => string): string[] {
  return those.length === 0 ? [] : [`${title}: ${those.length}`, ...those.map((one) => `  ${inWords(one)}`)]
}

function runInWords({ name, days, offer, riders, stops, length, lasts, assistants }: PlanRun): string {
  const [first, last] = [stops[0]?.at, stops.at(-1)?.at]
  const helped = assistants > 0 ? `, ${counted(assistants, 'shared assistant')}` : ''
  return `  ${name}${daysInWords(days)}: ${offer}, ${first} to ${last}, ${counted(riders.length, 'pupil')}${helped}, ${toMinutes(lasts)} minutes, ${inMiles(length)}`
}

const travelInWords = ({ pupil, direction, days }: Travel): string =>
  `pupil ${pupil} ${direction === 1 ? 'to' : 'from'} school${daysInWords(days)}`

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']

/** Nothing for every school day; ` on Mon, Tue` where both weeks are alike, ` on Mon of week A` where not. */
function daysInWords(days: DayPattern): string {
  if (days === everySchoolDay) return ''
  const slots = slotsOf(days)
  const named = (week: number) =>
    slots.filter((day) => Math.floor(day / 7) === week).map((day) => WEEKDAYS[day % 7] ?? 'weekend')
  const [a, b] = [named(0).join(', '), named(1).join(', ')]
  if (a === b) return ` on ${a}`
  return ` on ${[a && `${a} of week A`, b && `${b} of week B`].filter(Boolean).join(' and ')}`
}

function impactInWords({ pupils, affected }: Impact): string[] {
  const n = (measure: Measure) => affected[measure].length
  const both = (measure: 'over-primary' | 'over-secondary' | 'very-early') =>
    `${n(`${measure}-before`)} before, ${n(`${measure}-after`)} after`
  const worse = affected['much-longer']
  return [
    `What it does to ${counted(pupils.length, 'pupil')}:`,
    `  Over 45 minutes: ${both('over-primary')}`,
    `  Over 75 minutes: ${both('over-secondary')}`,
    `  Fetched before 7:00: ${both('very-early')}`,
    `  Worse by more than 15 minutes: ${worse.length}${worse.length > 0 ? ` (${pupilsInWords(worse)})` : ''}`,
    `  Newly sharing: ${n('newly-shares')}`,
    `  No baseline to compare with, in a direction or both: ${n('no-baseline')}. No place: ${n('no-place')}.`,
  ]
}

function anomaliesInWords(anomalies: readonly Anomaly[]): string[] {
  const kinds = Map.groupBy(anomalies, ({ kind }) => kind)
  const found = anomalyKinds.flatMap((kind) => {
    const those = kinds.get(kind) ?? []
    const pupils = new Set(those.flatMap((one) => one.pupils))
    return those.length === 0
      ? []
      : [`  ${anomalyInWords[kind]}: ${those.length} (${pupilsInWords([...pupils])})`]
  })
  return found.length === 0
    ? ['Nothing odd was found.']
    : [`Odd, to be looked at: ${anomalies.length}`, ...found]
}

/** The same for a program: the plan as it is kept, and every pupil's journey before and after. */
export const planAsJson = (kept: Omit<KeptPlan, 'foundAt'>, told: Impact) => ({ ...kept, impact: told })
