/** How journeys spread over a scale before and after a plan: only those with a ride on both sides, so that bars compare. */

import type { Ride } from '../baseline/journey.ts'
import type { Comparison } from './comparison.ts'

export const spreadNames = ['ride', 'pick-up', 'longer'] as const
export type SpreadName = (typeof spreadNames)[number]

/** One step of the scale, with the journeys that are in it; what tells a change is in one column alone. */
export type Step = { label: string; before: readonly Comparison[]; after: readonly Comparison[] }
export type Spread = { name: SpreadName; steps: readonly Step[] }

type Both = Comparison & { before: Ride; after: Ride }

const hasBoth = (one: Comparison): one is Both => one.before !== null && one.after !== null

/** The journeys that are held against each other, spread over minutes aboard, over pick-up times and over the change. */
export function spreadsOf(comparisons: readonly Comparison[]): Spread[] {
  const both = comparisons.filter(hasBoth)
  const mornings = both.filter(({ direction }) => direction === 1)
  const after = (one: Both) => one.after
  const before = (one: Both) => one.before
  return [
    {
      name: 'ride',
      steps: stepsOf(rideScale, both, {
        before: (one) => minutesOf(before(one)),
        after: (one) => minutesOf(after(one)),
      }),
    },
    {
      name: 'pick-up',
      steps: stepsOf(pickUpScale, mornings, {
        before: (one) => startOf(before(one)),
        after: (one) => startOf(after(one)),
      }),
    },
    {
      name: 'longer',
      steps: stepsOf(changeScale, both, { after: (one) => minutesOf(after(one)) - minutesOf(before(one)) }),
    },
  ]
}

const minutesOf = ({ ridden }: Ride) => ridden / 60
const startOf = ({ startsAt }: Ride) => Number(startsAt.slice(0, 2)) * 60 + Number(startsAt.slice(3, 5))

/** Each step up to and with its last; what is beyond all is in the one without a last. */
type Scale = readonly { label: string; upTo: number }[]

const rideScale: Scale = [
  { label: 'Up to 15', upTo: 15 },
  { label: '16 to 30', upTo: 30 },
  { label: '31 to 45', upTo: 45 },
  { label: '46 to 60', upTo: 60 },
  { label: '61 to 75', upTo: 75 },
  { label: '76 to 90', upTo: 90 },
  { label: 'Over 90', upTo: Number.POSITIVE_INFINITY },
]

const pickUpScale: Scale = [
  { label: 'Before 6:30', upTo: 6 * 60 + 29 },
  { label: '6:30 to 6:59', upTo: 6 * 60 + 59 },
  { label: '7:00 to 7:29', upTo: 7 * 60 + 29 },
  { label: '7:30 to 7:59', upTo: 7 * 60 + 59 },
  { label: '8:00 to 8:29', upTo: 8 * 60 + 29 },
  { label: '8:30 or later', upTo: Number.POSITIVE_INFINITY },
]

const changeScale: Scale = [
  { label: 'Over 30 shorter', upTo: -30.01 },
  { label: '16 to 30 shorter', upTo: -15.01 },
  { label: '6 to 15 shorter', upTo: -5.01 },
  { label: 'Within 5', upTo: 5 },
  { label: '6 to 15 longer', upTo: 15 },
  { label: '16 to 30 longer', upTo: 30 },
  { label: 'Over 30 longer', upTo: Number.POSITIVE_INFINITY },
]

type Measures = { before?: (one: Both) => number; after: (one: Both) => number }

function stepsOf(scale: Scale, both: readonly Both[], { before, after }: Measures): Step[] {
  const stepAt = (value: number) => scale.findIndex(({ upTo }) => value <= upTo)
  const was = before && Map.groupBy(both, (one) => stepAt(before(one)))
  const becomes = Map.groupBy(both, (one) => stepAt(after(one)))
  return scale.map(({ label }, i) => ({
    label,
    before: was?.get(i) ?? [],
    after: becomes.get(i) ?? [],
  }))
}
