/** Which journeys of an impact report somebody asked to see: those behind a figure, a group or a bar. */
import type { PupilId } from '#ground/ids.ts'
import type { Comparison } from './comparison.ts'
import { type Dimension, dimensions } from './groups.ts'
import { type Measure, measures, measureTests } from './impact.ts'
import type { ImpactReport } from './impact-report.ts'
import { type SpreadName, spreadNames } from './spread.ts'

export type ImpactChoice = {
  measure?: Measure | undefined
  /** The group by its name in a dimension; without a name, those of whom it is not held. */
  group?: { dimension: Dimension; name: string | null } | undefined
  step?: { spread: SpreadName; label: string; side: 'before' | 'after' } | undefined
}

/** As it stands in a URL. What cannot be meant is not asked for. */
export function readImpactChoice(query: Readonly<Record<string, string>>): ImpactChoice {
  const dimension = dimensions.find((one) => one === query['by'])
  const spread = spreadNames.find((one) => one === query['spread'])
  const label = query['step']
  return {
    measure: measures.find((one) => one === query['measure']),
    group: dimension && { dimension, name: query['group'] ?? null },
    step:
      spread && label !== undefined
        ? { spread, label, side: query['side'] === 'before' ? 'before' : 'after' }
        : undefined,
  }
}

/** The same as it is written in a URL. */
export const choiceInUrl = ({ measure, group, step }: ImpactChoice): Record<string, string> => ({
  ...(measure && { measure }),
  ...(group && { by: group.dimension, ...(group.name !== null && { group: group.name }) }),
  ...(step && { spread: step.spread, step: step.label, side: step.side }),
})

/** The journeys of which all of it is true, in the order of the report. */
export function chosenJourneys(
  { impact, people, groups, spreads }: ImpactReport,
  { measure, group, step }: ImpactChoice,
): readonly Comparison[] {
  const isMeasured = measure ? measureTests({ people, ...impact })[measure] : () => true
  const members = group && pupilsOf(groups[group.dimension].find(({ name }) => name === group.name)?.pupils)
  const inStep =
    step &&
    new Set(
      spreads.find(({ name }) => name === step.spread)?.steps.find(({ label }) => label === step.label)?.[
        step.side
      ],
    )
  return impact.comparisons.filter(
    (one) => isMeasured(one) && (!members || members.has(one.pupil)) && (!inStep || inStep.has(one)),
  )
}

const pupilsOf = (pupils: readonly PupilId[] = []) => new Set(pupils)
