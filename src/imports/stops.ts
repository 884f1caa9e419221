/** The stops of a run name pupils and schools as any cell does; the register keeps their numbers. */
import type { Register } from './register.ts'
import type { CellError, RowRead } from './row.ts'

type Stop = Readonly<Record<string, unknown>>

/** The stops with numbers for names, and an error for each name nobody has. Stops that are no list are an error. */
export function stopsOf(read: RowRead, register: Register): { stops?: Stop[]; errors: CellError[] } {
  if (!read.values.has('Stops')) return { errors: [] }
  const given = read.values.get('Stops')
  const column = read.columns.get('Stops') ?? 'Stops'
  if (!Array.isArray(given) || given.some((stop) => typeof stop !== 'object' || stop === null)) {
    const errors = [
      {
        column,
        value: read.written.get('Stops') ?? '',
        says: 'is not a list of stops',
        todo: 'Copy the cell from an export, or leave it empty.',
      },
    ]
    return { errors }
  }
  const named = given.map((stop: Stop) => namedIn(stop, { column, register }))
  return { stops: named.map(({ stop }) => stop), errors: named.flatMap(({ errors }) => errors) }
}

function namedIn(stop: Stop, { column, register }: { column: string; register: Register }) {
  const numbered: Record<string, unknown> = { ...stop }
  const errors: CellError[] = []
  for (const what of ['pupil', 'school'] as const) {
    const name = stop[what]
    if (name === undefined) continue
    const [only, ...others] = register.named(what, String(name))
    numbered[what] = only
    if (only !== undefined && others.length === 0) continue
    const says = `is the name of ${only === undefined ? 'no' : 'more than one'} ${what}`
    errors.push({
      column,
      value: String(name),
      says,
      todo: `Bring in the ${what} first, or correct the reference.`,
    })
  }
  return { stop: numbered, errors }
}
