/** What a kind of file is: its columns, what each means, and the facts a row states. One layout in and out. */
import { day, type Reader } from './reading.ts'

/** What a row may be about, or name: each has a number of its own and is known by other names outside. */
export const subjects = [
  'pupil',
  'carer',
  'school',
  'operator',
  'vehicle',
  'crew',
  'contract',
  'route',
  'run',
] as const
export type Subject = (typeof subjects)[number]

export type Column = {
  heading: string
  /** Other headings seen in the field, compared without case, spaces or punctuation. */
  also: readonly string[]
  needed: boolean
  /** Where it is written: `pupil_home.postcode`; empty where it only says who is meant, or when. */
  to: string
  reads: Reader
  /** It names a thing on the register, in place of being read. */
  names?: Subject
  /** How an export writes it: as it is kept, or in one of these ways. */
  as: 'text' | 'pounds' | 'list' | 'json' | 'layouts' | 'yes-or-no' | 'names' | 'stops'
  /** Taken in and not written out: another file of the export holds it. */
  onlyIn: boolean
}

export type FactRule = {
  table: string
  /** Where one row states two facts of a table: columns go to `contact_point:phone.address`. */
  tag?: string
  /** Stated only where one of these headings is filled; without them, by every row. */
  when?: readonly string[]
  /** What the row need not say. */
  constants?: Readonly<Record<string, unknown>>
}

export type Kind = {
  name: string
  title: string
  /** One line for the list of templates. */
  says: string
  /** Rows are about one of these: known ones are recognised, others are born. */
  of?: Subject
  /** Headings under which the outside knows it, the surest first. Any of them recognises it. */
  knownBy: readonly string[]
  /** Headings that recognise it together, each list for itself, when none of `knownBy` does. */
  orBy: readonly (readonly string[])[]
  facts: readonly FactRule[]
  columns: readonly Column[]
}

type Written = Partial<Omit<Column, 'heading' | 'to' | 'reads'>>
type At = readonly [heading: string, to: string]

/** A column under a heading, written to `pupil_home.postcode`, or nowhere when it only says who is meant. */
export const column = ([heading, to]: At, reads: Reader, but: Written = {}): Column => ({
  heading,
  also: [],
  needed: false,
  to,
  reads,
  as: 'text',
  onlyIn: false,
  ...but,
})

/** A column that names a pupil, school, run… by any name it is known by. */
export const naming = (at: At, names: Subject, but: Written = {}): Column =>
  column(at, (text) => ({ value: text }), { names, as: 'names', ...but })

export const FIRST_DAY = 'First day'
export const LAST_DAY = 'Last day'
export const DECIDED = 'Decided'
export const REFERENCE = 'Reference'

/** What the outside calls it, when nothing of its own does. Kept, so that a later file may name it so. */
export const reference = (...also: string[]): Column =>
  column([REFERENCE, ''], (text) => ({ value: text }), { also })

/** The days on which a row holds, both included. Without a first day, the day the file is as of; without a last, for good. */
export const spanColumns: readonly Column[] = [
  column([FIRST_DAY, ''], day, {
    also: ['From', 'Start date', 'Start', 'Date from', 'Effective from', 'Open date', 'Valid from'],
  }),
  column([LAST_DAY, ''], day, {
    also: [
      'Until',
      'To',
      'End date',
      'End',
      'Date to',
      'Effective to',
      'Close date',
      'Leaving date',
      'Expiry date',
      'Expires',
    ],
  }),
]

type Made = Pick<Kind, 'name' | 'title' | 'says' | 'facts' | 'columns'> & Partial<Kind>

/** A kind of file, with the columns every kind has. */
export const kind = (made: Made): Kind => ({
  knownBy: [],
  orBy: [],
  ...made,
  columns: [
    ...made.columns,
    ...spanColumns,
    ...(made.of === 'pupil'
      ? [column([DECIDED, ''], (text) => ({ value: text }), { also: ['Decision'], onlyIn: true })]
      : []),
  ],
})

/** A heading as it is compared: `Date of Birth`, `date_of_birth` and `DateOfBirth` are one. */
export const headingKey = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** How a register called so names what has no other name outside. */
export const ownNumber = (register: string, id: number): string => `firstbell:${register}:${id}`

/** Whether some register gave this name. */
export const isOwnNumber = (text: string): boolean => /^firstbell:[0-9a-f]{8}:\d+$/.test(text)
