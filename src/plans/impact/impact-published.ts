/**
 * What of an impact report may be published: counts alone, and none so small that a few children could be told from it
 * (suppression.ts). Each table is made safe by itself, with its totals.
 */
import { type Dimension, dimensions } from './groups.ts'
import type { Affected, Measure } from './impact.ts'
import type { ImpactReport } from './impact-report.ts'
import type { SpreadName } from './spread.ts'
import { type PublishedCounts, suppress } from './suppression.ts'

/** The measures that are published, each within the one whose pupils it counts among. */
const publishedMeasures: readonly { measure: Measure; within: Measure | 'pupils' }[] = [
  { measure: 'over-primary-before', within: 'pupils' },
  { measure: 'over-secondary-before', within: 'over-primary-before' },
  { measure: 'over-primary-after', within: 'pupils' },
  { measure: 'over-secondary-after', within: 'over-primary-after' },
  { measure: 'much-longer', within: 'pupils' },
  { measure: 'very-early-before', within: 'pupils' },
  { measure: 'very-early-after', within: 'pupils' },
  { measure: 'changes-crew', within: 'pupils' },
  { measure: 'newly-shares', within: 'pupils' },
  { measure: 'no-place', within: 'pupils' },
  { measure: 'no-baseline', within: 'pupils' },
]

export type PublishedImpact = {
  /** Everybody, by measure. */
  figures: readonly { measure: Measure | 'pupils'; count: number | null }[]
  groups: readonly {
    dimension: Dimension
    names: readonly (string | null)[]
    columns: readonly PublishedCounts[]
  }[]
  /** Journeys by step of each scale. */
  spreads: readonly { name: SpreadName; labels: readonly string[]; columns: readonly PublishedCounts[] }[]
}

/** The counts of a report, none of which tells of fewer than so many. */
export function publishedImpact(
  { impact, groups, spreads }: ImpactReport,
  smallest: number,
): PublishedImpact {
  const all = columnsOf([{ pupils: impact.pupils, affected: impact.affected }], smallest)
  return {
    figures: all.map(({ name, total }) => ({ measure: name as Measure | 'pupils', count: total })),
    groups: dimensions.map((dimension) => ({
      dimension,
      names: groups[dimension].map(({ name }) => name),
      columns: columnsOf(groups[dimension], smallest),
    })),
    spreads: spreads.map(({ name, steps }) => ({
      name,
      labels: steps.map(({ label }) => label),
      columns: (name === 'longer' ? (['after'] as const) : (['before', 'after'] as const)).flatMap((side) =>
        suppress([{ name: side, within: null, cells: steps.map((step) => step[side].length) }], smallest),
      ),
    })),
  }
}

type Counted = { pupils: readonly unknown[]; affected: Affected }

const columnsOf = (rows: readonly Counted[], smallest: number): PublishedCounts[] =>
  suppress(
    [
      { name: 'pupils', within: null, cells: rows.map(({ pupils }) => pupils.length) },
      ...publishedMeasures.map(({ measure, within }) => ({
        name: measure,
        within,
        cells: rows.map(({ affected }) => affected[measure].length),
      })),
    ],
    smallest,
  )
