/** From what a row says to the facts it states. */
import { fromNationalGrid } from '#ground/national-grid.ts'
import { addDays, type PlainDate } from '#ground/time.ts'
import { missingAnswers, travelNeedForm } from '#pupils'
import type { Column, FactRule, Kind } from './kind.ts'
import type { CellError, RowRead } from './row.ts'

/** One fact as a row states it. Its subject, and what it names, are not numbers yet. */
export type Draft = {
  table: string
  columns: Readonly<Record<string, unknown>>
  /** Columns that name something else, with the heading under which the row names it. */
  named: Readonly<Record<string, string>>
  from: PlainDate
  until: PlainDate | null
  firstGiven: boolean
}

/** The facts of a row, main one first; or what is wrong with them together. */
export function draftsOf(kind: Kind, row: RowRead): Draft[] | CellError[] {
  const errors = wrongTogether(kind, row)
  if (errors.length > 0) return errors
  return kind.facts
    .filter((rule) => stated(rule, row))
    .map((rule) => finished(kind, row, draftOf(kind, row, rule)))
}

/** Whether what `draftsOf` gave are errors. */
export const areErrors = (given: Draft[] | CellError[]): given is CellError[] =>
  given.some((one) => 'says' in one)

const stated = ({ when }: FactRule, { written }: RowRead) =>
  when === undefined || when.some((heading) => written.has(heading))

/** What columns of `prefix` the row fills: values, and names of other things. */
export function filledUnder(kind: Kind, row: RowRead, prefix: string) {
  const columns: Record<string, unknown> = {}
  const named: Record<string, string> = {}
  for (const { to, heading } of kind.columns) {
    const [table, name] = splitTo(to)
    if (table !== prefix || name === undefined) continue
    const value = row.values.get(heading)
    if (value !== undefined) columns[name] = value
    if (row.named.has(heading)) named[name] = heading
  }
  return { columns, named }
}

const splitTo = (to: Column['to']): [string?, string?] => to.split('.') as [string?, string?]

function draftOf(kind: Kind, row: RowRead, { table, tag, constants }: FactRule): Draft {
  const { columns, named } = filledUnder(kind, row, tag === undefined ? table : `${table}:${tag}`)
  return {
    table,
    columns: { ...constants, ...columns },
    named,
    from: row.from,
    until: row.lastDay === null ? null : addDays(row.lastDay, 1),
    firstGiven: row.firstGiven,
  }
}

function finished(kind: Kind, row: RowRead, draft: Draft): Draft {
  switch (draft.table) {
    case 'pupil_home':
      return withColumns(draft, { address: draft.columns['address'] ?? draft.columns['postcode'] })
    case 'school_entrance': {
      const { easting, northing } = filledUnder(kind, row, 'grid').columns
      if (easting === undefined || northing === undefined || draft.columns['latitude'] !== undefined)
        return draft
      return withColumns(draft, fromNationalGrid(easting as number, northing as number))
    }
    case 'travel_need':
      return row.columns.has('Unanswered')
        ? draft
        : withColumns(draft, { missing: unansweredIn(draft.columns) })
    case 'travel_arrangement': {
      const { direction } = draft.columns
      return direction === undefined ? draft : withColumns(draft, { direction: Number(direction) })
    }
    default:
      return draft
  }
}

const withColumns = (draft: Draft, more: Readonly<Record<string, unknown>>): Draft => ({
  ...draft,
  columns: { ...draft.columns, ...more },
})

/** What the completeness check of the form would find unanswered: an old register rarely holds it all. */
function unansweredIn(columns: Readonly<Record<string, unknown>>): string[] {
  const answers = (columns['answers'] ?? {}) as Record<string, unknown>
  const form = travelNeedForm.safeParse({
    ...answers,
    mobility: columns['mobility'],
    wheelchairTravel: columns['wheelchair_travel'],
    wheelchairMake: columns['wheelchair_make'],
    wheelchairModel: columns['wheelchair_model'],
    assistant: columns['assistant'],
    singleOccupancy: columns['single_occupancy'],
    singleOccupancyReason: columns['single_occupancy_reason'],
    singleOccupancyReviewOn: columns['single_occupancy_review_on'],
  })
  return form.success ? missingAnswers(form.data).map(({ question }) => question) : []
}

type Rule = { kind: string; wrong: (row: RowRead) => boolean; column: string; says: string; todo: string }

const has = (row: RowRead, heading: string) => row.written.has(heading)
const rules: readonly Rule[] = [
  {
    kind: 'eligibility',
    wrong: (row) =>
      row.values.get('State') === 'eligible' && ((row.values.get('Grounds') ?? []) as string[]).length === 0,
    column: 'Grounds',
    says: 'is empty, and a pupil is eligible on a ground',
    todo: 'Write the ground or grounds of the decision, with semicolons between.',
  },
  {
    kind: 'allocations',
    wrong: (row) => (row.values.get('Kind') ?? 'seat') === 'seat' && !has(row, 'Run'),
    column: 'Run',
    says: 'is empty, and a seat is on a run',
    todo: 'Name the run, or say in Kind what carries the pupil otherwise.',
  },
  {
    kind: 'allocations',
    wrong: (row) => (row.values.get('Kind') ?? 'seat') !== 'seat' && has(row, 'Run'),
    column: 'Run',
    says: 'is filled, and only a seat is on a run',
    todo: 'Leave the run empty, or say "seat" in Kind.',
  },
  {
    kind: 'allocations',
    wrong: (row) => (row.values.get('Kind') ?? 'seat') !== 'seat' && !has(row, 'Direction'),
    column: 'Direction',
    says: 'is empty',
    todo: 'Write to-school or from-school.',
  },
  {
    kind: 'allocations',
    wrong: (row) => row.values.get('Kind') === 'temporary-vehicle' && row.lastDay === null,
    column: 'Last day',
    says: 'is empty, and what is temporary ends on a day',
    todo: 'Write its last day.',
  },
  {
    kind: 'bell-times',
    wrong: (row) => String(row.values.get('Opens')) >= String(row.values.get('Closes')),
    column: 'Closes',
    says: 'is not after the school opens',
    todo: 'Correct one of the two times.',
  },
  {
    kind: 'schools',
    wrong: (row) =>
      has(row, 'Opens') !== has(row, 'Closes') ||
      String(row.values.get('Opens') ?? '0') >= String(row.values.get('Closes') ?? '9'),
    column: 'Closes',
    says: 'does not go with the time the school opens',
    todo: 'Give both times, the later one second, or neither.',
  },
  {
    kind: 'contact-points',
    wrong: (row) => has(row, 'Verified on') !== has(row, 'Verified how'),
    column: 'Verified how',
    says: 'and the day it was verified go together',
    todo: 'Give both or neither.',
  },
]

function wrongTogether(kind: Kind, row: RowRead): CellError[] {
  const wrong = rules.filter((rule) => rule.kind === kind.name && rule.wrong(row))
  const errors = wrong.map(({ column, says, todo }) => ({
    column: row.columns.get(column) ?? column,
    value: row.written.get(column) ?? '',
    says,
    todo,
  }))
  const halfPoint = has(row, 'Latitude') !== has(row, 'Longitude')
  return halfPoint && kind.name !== 'postcodes'
    ? [
        ...errors,
        {
          column: 'Longitude',
          value: row.written.get('Longitude') ?? '',
          says: 'and latitude go together',
          todo: 'Give both or neither.',
        },
      ]
    : errors
}
