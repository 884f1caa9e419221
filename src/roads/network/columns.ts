/** Packs things made of columns into the one list of a road file, and finds them again. */
import type { Column } from './road-file.ts'

type Packable = { readonly [key: string]: Column | Packable | number | readonly string[] }
/** What of a thing was not a column: numbers and lists of words, for the table of contents. */
export type Rest = { [key: string]: number | readonly string[] | Rest }

/** Adds the columns of `thing` to `columns`, each under its path, and gives the rest. */
export function pack(path: string, thing: object, columns: Map<string, Column>): Rest {
  const rest: Rest = {}
  for (const [key, value] of Object.entries(thing as Packable)) {
    if (ArrayBuffer.isView(value)) columns.set(`${path}.${key}`, value as Column)
    else if (typeof value === 'number' || Array.isArray(value))
      rest[key] = value as number | readonly string[]
    else rest[key] = pack(`${path}.${key}`, value as object, columns)
  }
  return rest
}

/** The thing packed under this path. */
export function unpack<T extends object>(path: string, rest: Rest, columns: ReadonlyMap<string, Column>): T {
  const thing: Record<string, unknown> = {}
  for (const [name, column] of columns) {
    const key = name.slice(path.length + 1)
    if (name.startsWith(`${path}.`) && !key.includes('.')) thing[key] = column
  }
  for (const [key, value] of Object.entries(rest))
    thing[key] =
      typeof value === 'number' || Array.isArray(value)
        ? value
        : unpack(`${path}.${key}`, value as Rest, columns)
  return thing as T
}
