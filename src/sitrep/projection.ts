/**
 * Will everyone be confirmed in time? The share confirmed for the day travel begins, as each morning knew it, goes on
 * at the rate of the mornings so far.
 *
 * Method: the random walk with drift. From T steps y₁…y_T the mean step is the rate; h mornings on, the expectation is
 * y_T + h × rate, and its standard error is s √(h (1 + h/T)), with s the standard deviation of the steps about the
 * rate: R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, §5.2 and §5.5
 * (https://otexts.com/fpp3/prediction-intervals.html), where their T − 1 observations' differences are our T steps.
 * Nineteen times in twenty the share should lie within 1.96 standard errors, if the rate does not change.
 */
import { ok, type Result, refuse } from '#ground/result.ts'
import { daysBetween, type PlainDate, readPlainDate } from '#ground/time.ts'

export type CohortPlan = {
  /** The day on which travel begins. */
  beginsOn: PlainDate
  /** The share that should be confirmed by each day, in order. A straight line joins them. */
  points: readonly { on: PlainDate; percent: number }[]
}

/** What share of a cohort was confirmed for the day travel begins, as a morning knew it. */
export type Progress = { on: PlainDate; percent: number }

export type Projection = {
  /** Per morning, in percentage points. */
  rate: number
  expected: number
  low: number
  high: number
  /** The mornings the rate is taken from. */
  from: number
}

const NINETEEN_IN_TWENTY = 1.96
const within = (percent: number) => Math.min(100, Math.max(0, percent))
const round = (n: number) => Math.round(n * 10) / 10

/** The share to be expected `mornings` later. Nothing from fewer than three mornings: two points have no spread. */
export function project(progress: readonly Progress[], mornings: number): Projection | undefined {
  if (progress.length < 3) return undefined
  const steps = progress.slice(1).map(({ percent }, i) => percent - (progress[i]?.percent ?? 0))
  const rate = steps.reduce((sum, step) => sum + step, 0) / steps.length
  const spread = Math.sqrt(steps.reduce((sum, step) => sum + (step - rate) ** 2, 0) / (steps.length - 1))
  const now = progress.at(-1)?.percent ?? 0
  const expected = now + mornings * rate
  const error = NINETEEN_IN_TWENTY * spread * Math.sqrt(mornings * (1 + mornings / steps.length))
  return {
    rate: round(rate),
    expected: round(within(expected)),
    low: round(within(expected - error)),
    high: round(within(expected + error)),
    from: progress.length,
  }
}

/** What the plan says of a day: on the line between its points, level before the first and after the last. */
export function plannedOn({ points }: CohortPlan, day: PlainDate): number | undefined {
  const after = points.find(({ on }) => on >= day)
  const before = points.findLast(({ on }) => on <= day)
  if (!before || !after) return (before ?? after)?.percent
  if (before.on === after.on) return before.percent
  const share = daysBetween(before.on, day) / daysBetween(before.on, after.on)
  return round(before.percent + share * (after.percent - before.percent))
}

export type Flag = 'red' | 'on-plan' | 'no-plan'

/** Red as soon as the share is further below the plan than the council tolerates, or would not reach its end in time. */
export function flagOf(actual: number, { planned, projection, goal, tolerance }: Flagging): Flag {
  if (planned === undefined || goal === undefined) return 'no-plan'
  const behind = actual < planned - tolerance
  const tooLate = projection !== undefined && projection.expected < goal - tolerance
  return behind || tooLate ? 'red' : 'on-plan'
}

type Flagging = {
  planned: number | undefined
  projection: Projection | undefined
  /** What the plan says of the day travel begins. */
  goal: number | undefined
  tolerance: number
}

/** Reads a plan as people write it: `2021-12-20 40%, 2022-02-07 100%`. Refuses a day or share that is none, naming it. */
export function readPlanPoints(text: string): Result<CohortPlan['points'], string> {
  const points: { on: PlainDate; percent: number }[] = []
  for (const part of text
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, day = '', share = ''] = /^(\S+?)[\s:=]+(\d{1,3}(?:\.\d)?)\s*%?$/.exec(part) ?? []
    const on = readPlainDate(day)
    const percent = Number(share)
    if (on === undefined || share === '' || percent > 100) {
      return refuse(`"${part}" is not a point of a plan. Give a day and a share like 2021-12-20 40%.`)
    }
    points.push({ on, percent })
  }
  return points.length === 0
    ? refuse('A plan has at least one point. Give a day and a share like 2021-12-20 40%.')
    : ok(points.sort((a, b) => (a.on < b.on ? -1 : 1)))
}

/** The plan of a cohort: everyone is confirmed by the day travel begins, unless the points say otherwise. */
export function planBegins(beginsOn: PlainDate, points: CohortPlan['points']): CohortPlan {
  const ends = points.some(({ on }) => on >= beginsOn)
  return { beginsOn, points: ends ? points : [...points, { on: beginsOn, percent: 100 }] }
}
