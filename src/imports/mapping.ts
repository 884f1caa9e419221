/**
 * Which column of a sheet is which of ours. By name and by the other names seen in the field; or as a mapping says,
 * that somebody made once for a system and that is kept. A mapping names columns; it holds nobody's facts.
 */
import { z } from 'zod'
import { readPlainDate } from '#ground/time.ts'
import { type Column, headingKey, type Kind } from './kind.ts'
import { kindNamed, kinds } from './kinds.ts'
import type { Sheet } from './sheet.ts'

const source = z.union([
  z.string().transform((column) => ({ column })),
  z.strictObject({
    /** The heading in their file. */
    column: z.string().optional(),
    /** The same for every row, where their file has no such column. */
    fixed: z.string().optional(),
    /** What their words mean in ours: `{ "SRP": "resourced provision" }`. Other words stay as they are. */
    means: z.record(z.string(), z.string()).optional(),
    /** Their column is an age in years on this day, for samples that carry no day of birth. */
    ageOn: z
      .string()
      .refine((day) => readPlainDate(day) !== undefined, 'a day, as 2025-08-31')
      .optional(),
  }),
])

const mappingOf = z.strictObject({
  name: z.string(),
  says: z.string().optional(),
  tables: z.array(
    z.strictObject({
      /** The file's name, or the worksheet's, without its ending. */
      sheet: z.string(),
      /** The kind it holds. One sheet may be read as several kinds. */
      kind: z.string().refine((name) => kindNamed(name) !== undefined, 'a kind of file, as pupils'),
      columns: z.record(z.string(), source),
    }),
  ),
})

export type Source = {
  column?: string | undefined
  fixed?: string | undefined
  means?: Readonly<Record<string, string>> | undefined
  ageOn?: string | undefined
}
export type Mapping = z.infer<typeof mappingOf>

/** A mapping out of its file, or what is wrong with it. */
export function readMapping(text: string): Mapping | string {
  try {
    const read = mappingOf.safeParse(JSON.parse(text))
    return read.success ? read.data : `The mapping is not one:\n${z.prettifyError(read.error)}`
  } catch (cause) {
    return `The mapping is not JSON: ${(cause as Error).message}`
  }
}

/** A column of ours and where its cell is found in a row of theirs. */
export type Found = Source & { ours: Column; at: number }

/** A sheet read as one kind. */
export type Matched = { sheet: Sheet; kind: Kind; found: readonly Found[]; unread: readonly string[] }

/** How a sheet was read, as a mapping says it, so that a single row of it can be read so again. */
export const sourcesOf = ({ sheet, found }: Matched): Record<string, Source> =>
  Object.fromEntries(
    found.map(({ ours, at, fixed, means, ageOn }) => [
      ours.heading,
      { column: sheet.headings[at], fixed, means, ageOn },
    ]),
  )

export type NotMatched = { sheet: Sheet; says: string }

/** What a person said once about files with these headings, written as `headingKeys` writes them. */
export type KeptMapping = {
  headings: readonly string[]
  kind: string
  columns: Readonly<Record<string, Source>>
}

/** The headings of a sheet as they are compared, in their order. */
export const headingKeys = ({ headings }: Sheet): string[] => headings.map(headingKey)

/** What a sheet is read as: several kinds where a mapping says so, or why it is not read. */
export function matchSheet(
  sheet: Sheet,
  mapping?: Mapping,
  kept: readonly KeptMapping[] = [],
): (Matched | NotMatched)[] {
  const tables =
    mapping?.tables.filter(({ sheet: name }) => headingKey(name) === headingKey(sheet.name)) ?? []
  if (tables.length > 0)
    return tables.map((table) => matchedAs(sheet, kindNamed(table.kind) as Kind, table.columns))
  const keys = headingKeys(sheet).join()
  const known = kept.find(({ headings }) => headings.join() === keys)
  const keptKind = known && kindNamed(known.kind)
  if (keptKind) return [matchedAs(sheet, keptKind, known.columns)]
  const kind = kindOf(sheet)
  if (kind) return [matchedAs(sheet, kind, {})]
  const names = kinds.map(({ name }) => name).join(', ')
  return [
    {
      sheet,
      says: `is not recognised by its name or its headings (${sheet.headings.slice(0, 8).join(', ')}). Name the file for what it holds (${names}) or give a mapping.`,
    },
  ]
}

/** The kind a sheet is named for; else the one whose needed headings are all there, with most of the others. */
function kindOf(sheet: Sheet): Kind | undefined {
  const name = headingKey(sheet.name.replace(/-to-correct$/, '').replace(/[\d_-]+$/, ''))
  const named = kinds.find((kind) => headingKey(kind.name) === name || headingKey(kind.title) === name)
  if (named) return named
  const fits = kinds
    .map((kind) => ({ kind, found: kind.columns.filter((column) => placeOf(column, sheet) >= 0) }))
    .filter(({ kind, found }) => kind.columns.every((column) => !column.needed || found.includes(column)))
    .sort((a, b) => b.found.length - a.found.length)
  const [best, next] = fits
  return best && best.found.length > (next?.found.length ?? 0) ? best.kind : undefined
}

function placeOf(column: Column, { headings }: Sheet): number {
  const keys = headings.map(headingKey)
  const names = [column.heading, ...column.also].map(headingKey)
  return names.map((name) => keys.indexOf(name)).find((at) => at >= 0) ?? -1
}

function matchedAs(sheet: Sheet, kind: Kind, said: Readonly<Record<string, Source>>): Matched | NotMatched {
  const wrong = wrongIn(sheet, kind, said)
  if (wrong !== undefined) return { sheet, says: wrong }
  const byKey = new Map(Object.entries(said).map(([heading, source]) => [headingKey(heading), source]))
  const found = kind.columns.flatMap((ours): Found[] => {
    const source = byKey.get(headingKey(ours.heading))
    if (source?.column !== undefined) return [{ ...source, ours, at: placeOfHeading(source.column, sheet) }]
    if (source) return [{ ...source, ours, at: -1 }]
    const at = byKey.size > 0 ? -1 : placeOf(ours, sheet)
    return at < 0 ? [] : [{ ours, at }]
  })
  const missing = kind.columns.filter(
    ({ needed, heading }) => needed && !found.some(({ ours }) => ours.heading === heading),
  )
  if (missing.length > 0) {
    const headings = missing.map(({ heading }) => `"${heading}"`).join(', ')
    return {
      sheet,
      says: `has no column ${headings}, which ${kind.title} need. Its headings are ${sheet.headings.join(', ')}. Rename one, or give a mapping that says which it is.`,
    }
  }
  const read = new Set(found.map(({ at }) => at))
  return { sheet, kind, found, unread: sheet.headings.filter((_, i) => !read.has(i)) }
}

const placeOfHeading = (heading: string, { headings }: Sheet) =>
  headings.map(headingKey).indexOf(headingKey(heading))

function wrongIn(sheet: Sheet, kind: Kind, said: Readonly<Record<string, Source>>): string | undefined {
  for (const [heading, { column }] of Object.entries(said)) {
    if (!kind.columns.some((ours) => headingKey(ours.heading) === headingKey(heading))) {
      return `is mapped to "${heading}", which is no column of ${kind.title}. They are ${kind.columns.map((ours) => ours.heading).join(', ')}.`
    }
    if (column !== undefined && placeOfHeading(column, sheet) < 0) {
      return `has no column "${column}", which the mapping names. Its headings are ${sheet.headings.join(', ')}.`
    }
  }
  return undefined
}
