/** Search and filters: in the URL, sent by a button, and each removable by itself. */
import { withQuery } from './address.ts'
import type { Fields, Lists } from './page.ts'

export type FilterField =
  | { kind: 'search'; name: string; label: string }
  | {
      kind: 'choice'
      name: string
      label: string
      any: string
      options: readonly { value: string; text: string }[]
    }

type Asked = { path: string; query: Fields; queryLists: Lists }

/** What kit/list.njk draws: the fields with what was asked, a tag for each, and what else the URL keeps. */
export function filterView(
  label: string,
  fields: readonly FilterField[],
  { path, query, queryLists }: Asked,
) {
  const names = fields.map(({ name }) => name)
  const kept = Object.entries(query).filter(
    ([name, value]) => value && !names.includes(name) && name !== 'page',
  )
  const cleared = Object.fromEntries([...names, 'page'].map((name) => [name, undefined]))
  return {
    label,
    path,
    button: 'Show',
    kept: kept.map(([name, value]) => ({ name, value })),
    fields: fields.map((field) => ({ ...field, value: query[field.name] ?? '' })),
    chosen: fields.flatMap((field) => {
      const value = query[field.name]
      if (!value) return []
      const href = withQuery(path, queryLists, { [field.name]: undefined, page: undefined })
      return [{ text: `${field.label}: ${textOf(field, value)}`, href }]
    }),
    clear: withQuery(path, queryLists, cleared),
  }
}

const textOf = (field: FilterField, value: string) =>
  field.kind === 'search'
    ? `“${value}”`
    : (field.options.find((option) => option.value === value)?.text ?? value)
