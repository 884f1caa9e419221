/** The words of the impact report, wherever it is told: on its page, in its files, on the command line. */
import { type Seconds, toMinutes } from '#ground/duration.ts'
import { inPounds, type Pence, pence } from '#ground/money.ts'
import { timeInWords } from '#ground/time.ts'
import type { CostPart } from '../found/plan-cost.ts'
import type { Dimension } from './groups.ts'
import type { HowFound } from './how-found.ts'
import type { Limits, Measure } from './impact.ts'
import type { CostReport } from './impact-report.ts'
import type { SpreadName } from './spread.ts'

const minutesIn = (limit: Seconds) => `${toMinutes(limit)} minutes`

/** What a measure counts pupils for. */
export function measureInWords(
  measure: Measure,
  { primary, secondary, muchLonger, earliest }: Limits,
): string {
  return {
    'no-baseline': 'No journey of today to compare with',
    'no-place': 'No place in the plan',
    'over-primary-before': `Over ${minutesIn(primary)} today`,
    'over-primary-after': `Over ${minutesIn(primary)} in the plan`,
    'over-secondary-before': `Over ${minutesIn(secondary)} today`,
    'over-secondary-after': `Over ${minutesIn(secondary)} in the plan`,
    'over-guide-before': 'Over the guide for their age today',
    'over-guide-after': 'Over the guide for their age in the plan',
    'very-early-before': `Picked up before ${timeInWords(earliest)} today`,
    'very-early-after': `Picked up before ${timeInWords(earliest)} in the plan`,
    'much-longer': `Worse by more than ${minutesIn(muchLonger)}`,
    'changes-vehicle': 'Changing kind of vehicle',
    'changes-crew': 'Changing crew',
    'crew-not-known': 'Crew of today not known',
    'newly-shares': 'Newly sharing',
  }[measure]
}

/** How times and miles were found, of today and of the plan. */
export const howFoundInWords: Record<HowFound, string> = {
  measured: 'Measured along roads',
  'some-estimated': 'Some estimated by a straight line, the others measured along roads',
  'all-estimated': 'Estimated by a straight line, not measured along roads',
  'no-rides': 'There are none',
}

export const dimensionInWords: Record<Dimension, string> = {
  need: 'Primary need',
  age: 'Age',
  sex: 'Sex',
  wheelchair: 'Wheelchair',
  'looked-after': 'Looked after by the council',
  deprivation: 'Deprivation of the area of the home',
}

/** The name of a group; of those of whom it is not held, that it is not. */
export const groupInWords = (name: string | null): string => name ?? 'Not held'

export const spreadInWords: Record<SpreadName, { title: string; along: string; says: string }> = {
  ride: {
    title: 'Minutes aboard',
    along: 'Minutes',
    says: 'How long each journey takes, to school and home.',
  },
  'pick-up': {
    title: 'Pick-up time in the morning',
    along: 'Picked up',
    says: 'When each pupil is picked up on the way to school.',
  },
  longer: {
    title: 'Longer or shorter than today',
    along: 'Minutes',
    says: 'By how much each journey changes.',
  },
}

export const costPartInWords: Record<CostPart, string> = {
  vehicles: 'Vehicles',
  miles: 'Miles with pupils or between them',
  emptyMiles: 'Empty miles',
  assistants: 'Passenger assistants',
  ownAssistants: 'Assistants for one pupil',
}

/** `+£12.00`, `-£3.50`, `£0.00`. */
export const inPoundsSigned = (amount: Pence): string => `${amount > 0 ? '+' : ''}${inPounds(amount)}`

/** What the cost of a day is, was, and why it changes: a line each, with its money. */
export function costRows({
  plan,
  before,
  change,
  unnamedKinds,
  abovePercent,
}: CostReport): [string, string][] {
  const parts = Object.entries(plan.parts ?? {}) as [CostPart, Pence][]
  const now = pence(before.reduce((sum, { cost }) => sum + cost, 0))
  return [
    ['The plan, a day', inPounds(plan.money)],
    ...parts
      .filter(([, cost]) => cost > 0)
      .map(([part, cost]): [string, string] => [
        `of which ${costPartInWords[part].toLowerCase()}`,
        inPounds(cost),
      ]),
    ['Today, for the same pupils’ seats', inPounds(now)],
    ...(change
      ? ([
          ['Change', inPoundsSigned(pence(change.after - change.before))],
          ['of which price: the same kind of vehicle costs more or less', inPoundsSigned(change.price)],
          ['of which volume: more or fewer vehicles', inPoundsSigned(change.volume)],
          ['of which mix: dearer or cheaper kinds of vehicle', inPoundsSigned(change.mix)],
          ...(unnamedKinds.length > 0
            ? [['Counted as mix, because the council has no price by the name', unnamedKinds.join(', ')]]
            : []),
        ] as [string, string][])
      : []),
    ...(abovePercent === undefined
      ? []
      : ([['Above the least any plan could come to, hardship counted', `at most ${abovePercent}%`]] as [
          string,
          string,
        ][])),
  ]
}
