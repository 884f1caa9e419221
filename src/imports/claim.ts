/**
 * From the rows of every sheet to claims about numbered subjects: who each row is about, what it names, and which rows
 * speak of the same thing. Sheets are taken in the order of `kinds`, so that what a row names is there before it.
 */
import type { PlainDate } from '#ground/time.ts'
import type { Columns } from './compare.ts'
import { holdContradictions } from './contradiction.ts'
import { areErrors, type Draft, draftsOf, filledUnder } from './fact.ts'
import { identify, outsideName } from './identity.ts'
import type { Kind, Subject } from './kind.ts'
import { kinds } from './kinds.ts'
import type { Matched } from './mapping.ts'
import type { Register } from './register.ts'
import { type CellError, type Named, type RowRead, readRow } from './row.ts'
import {
  type Birth,
  type FactKey,
  isTaken,
  type RowClaims,
  type SheetClaims,
  type TableClaim,
} from './row-claim.ts'
import type { Row } from './sheet.ts'
import { stopsOf } from './stops.ts'

export type Claiming = { register: Register; keys: ReadonlyMap<string, FactKey>; asOf: PlainDate }

/** The claims of every sheet, in the order of kinds, and who must be born for them. */
export function claimsOf(
  matched: readonly Matched[],
  claiming: Claiming,
): { sheets: SheetClaims[]; births: Birth[] } {
  const order = [...matched].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
  const skipped = matched.some(({ kind }) => kind.name === 'registrations') ? 'pupil_registration' : ''
  const births: Birth[] = []
  const sheets = order
    .filter(({ kind }) => kind.name !== 'postcodes')
    .map((one) => ({
      matched: one,
      rows: one.sheet.rows.map((row) =>
        claimRow(one, row, {
          ...claiming,
          births,
          skipped: one.kind.name === 'registrations' ? '' : skipped,
        }),
      ),
    }))
  holdContradictions(sheets)
  const taken = new Set(
    sheets.flatMap(({ rows }) => rows.filter(isTaken).map(({ about }) => aboutKey(about))),
  )
  return { sheets, births: births.filter((birth) => taken.has(aboutKey(birth))) }
}

type Making = Claiming & { births: Birth[]; skipped: string }

function claimRow(matched: Matched, row: Row, making: Making): RowClaims {
  const nothing = { row, claims: [], errors: [], held: undefined, remarks: [] }
  const outcome = readRow(matched, row, making.asOf)
  if ('errors' in outcome) return { ...nothing, errors: outcome.errors }
  const { read } = outcome
  const drafts = draftsOf(matched.kind, read)
  if (areErrors(drafts)) return { ...nothing, errors: drafts }
  const { resolved, errors } = resolve(read, making.register)
  const { stops, errors: wrongStops } = stopsOf(read, making.register)
  if (errors.length + wrongStops.length > 0) return { ...nothing, errors: [...errors, ...wrongStops] }

  const remarks = remarksOn(read)
  const { kind } = matched
  if (kind.of === undefined)
    return { ...nothing, remarks, claims: claimsFrom(drafts, { resolved, self: {}, making, stops }) }
  const identity = identify(kind as Kind & { of: Subject }, read, { register: making.register, resolved })
  if ('held' in identity) return { ...nothing, held: identity.held }
  const about = { of: kind.of, ...identity }
  if (about.born) making.births.push({ of: about.of, id: about.id, columns: bornWith(kind, read, resolved) })
  const claims = claimsFrom(drafts, { resolved, self: { [`${kind.of}_id`]: about.id }, making, stops })
  return {
    ...nothing,
    remarks,
    about,
    claims: [...claims, ...outsideClaim(read, { ...about, register: making.register })],
  }
}

function resolve(read: RowRead, register: Register) {
  const resolved = new Map<string, number>()
  const errors: CellError[] = []
  for (const [heading, name] of read.named) {
    const [only, ...others] = register.named(name.names, name.text)
    if (only !== undefined && others.length === 0) resolved.set(heading, only)
    else errors.push(notNamed(name, others.length + (only === undefined ? 0 : 1)))
  }
  return { resolved, errors }
}

function notNamed({ names, text, column }: Named, found: number): CellError {
  return found === 0
    ? {
        column,
        value: text,
        says: `is no ${names} on the register or in these files`,
        todo: `Bring in the ${names} first, or correct the reference.`,
      }
    : {
        column,
        value: text,
        says: `is the name of ${found} ${names}s`,
        todo: 'Give a reference that only one of them has.',
      }
}

type From = {
  resolved: ReadonlyMap<string, number>
  self: Readonly<Record<string, number>>
  making: Making
  stops: unknown
}

function claimsFrom(drafts: readonly Draft[], { resolved, self, making, stops }: From): TableClaim[] {
  return drafts
    .filter(({ table }) => table !== making.skipped)
    .map((draft) => {
      const named = Object.fromEntries(
        Object.entries(draft.named).map(([column, heading]) => [column, resolved.get(heading)]),
      )
      const all: Record<string, unknown> = { ...draft.columns, ...named, ...self }
      if (draft.table === 'travel_arrangement')
        all['direction'] ??= making.register.thing('run', Number(all['run_id']))?.direction
      if (draft.table === 'run_plan' && stops !== undefined) all['stops'] = stops
      if (draft.table === 'pupil_pairing') inOrder(all)
      return tableClaim(draft, all, making.keys)
    })
}

/** The table keeps a pair by the smaller number first; those to be born come after all who are, in their order. */
function inOrder(columns: Record<string, unknown>): void {
  const place = (id: number) => (id > 0 ? id : 2 ** 31 - id)
  const [one, other] = [Number(columns['pupil_id']), Number(columns['other_id'])]
  if (place(one) <= place(other)) return
  columns['pupil_id'] = other
  columns['other_id'] = one
}

function tableClaim(draft: Draft, all: Columns, keys: ReadonlyMap<string, FactKey>): TableClaim {
  const { subject = [], patterned = null } = keys.get(draft.table) ?? {}
  const isKey = (column: string) => subject.includes(column) || column === patterned
  const entries = Object.entries(all).filter(([, value]) => value !== undefined)
  return {
    table: draft.table,
    subject: Object.fromEntries(subject.map((column) => [column, all[column] as string | number])),
    claim: {
      columns: Object.fromEntries(entries.filter(([column]) => !isKey(column))),
      pattern: patterned === null ? null : String(all[patterned]),
      from: draft.from,
      until: draft.until,
      firstGiven: draft.firstGiven,
    },
  }
}

function bornWith(kind: Kind, read: RowRead, resolved: ReadonlyMap<string, number>): Record<string, number> {
  if (kind.of !== 'run') return {}
  const { columns } = filledUnder(kind, read, 'run')
  return { route_id: resolved.get('Route') ?? 0, direction: Number(columns['direction']) }
}

// What a thing is called elsewhere has no first day that matters.
const ALWAYS = '1900-01-01' as PlainDate

type Who = { of: Subject; id: number; register: Register }

function outsideClaim(read: RowRead, { of, id, register }: Who): TableClaim[] {
  const text = outsideName(read)
  if (text === undefined || register.thing(of, id)?.own === text) return []
  const claim = { columns: { subject_id: id }, pattern: null, from: ALWAYS, until: null, firstGiven: true }
  return [{ table: 'outside_reference', subject: { kind: of, reference: text }, claim }]
}

// Department for Education, "A guide to unique pupil numbers": weights 2 to 13, the remainder by 23 as a letter.
const UPN_LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ'

function remarksOn({ values, columns }: RowRead): CellError[] {
  const upn = values.get('UPN') as string | undefined
  if (upn === undefined || !/^[A-Z]\d{12}$/.test(upn)) return []
  const sum = [...upn.slice(1)].reduce((total, figure, i) => total + Number(figure) * (i + 2), 0)
  if (UPN_LETTERS[sum % 23] === upn[0]) return []
  return [
    {
      column: columns.get('UPN') ?? 'UPN',
      value: upn,
      says: 'does not agree with its own check letter',
      todo: 'Taken as it is; ask the school for it again.',
    },
  ]
}

const aboutKey = (about: { of: Subject; id: number } | undefined) => (about ? `${about.of} ${about.id}` : '')
