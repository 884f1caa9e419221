/**
 * What a page is. A page says where it stands, who may see it and who may use it; it is given a visit and returns an
 * answer. It never meets the server: so its test is a function call and a look at the text.
 */
import type { Sql } from 'postgres'
import type { ChangingRole, Role, SignedIn } from '#access'
import type { PupilId } from '#ground/ids.ts'
import type { AsAt, Instant, PlainDate } from '#ground/time.ts'
import type { OwnRoads, TravelTimes } from '#roads'
import type { FieldError } from './forms.ts'

/** The first value given for each name, in a URL or a form. */
export type Fields = Readonly<Record<string, string>>
/** Every value given for each name: ticked boxes, chosen filters. */
export type Lists = Readonly<Record<string, readonly string[]>>

export type UploadedFile = { field: string; filename: string; bytes: Uint8Array }

/**
 * A file too large to hold in memory, put down on the disk as it came. It is taken away after the visit, unless the page
 * moves it to a place of its own. One that has more bytes than the page takes is not whole, and gone already.
 */
export type FileOnDisk = {
  field: string
  filename: string
  path: string
  bytes: number
  isWhole: boolean
}

/** The largest file a form may carry, in bytes; and whether files are put down on disk, not held in memory. */
export type Upload = { atMostBytes: number; onDisk?: true }

/** The day and moment the visitor asked about: today as known now, unless the URL says otherwise. */
export type Moment = AsAt & {
  /** Whether the URL names a day or a moment, so that the page must say it is not showing the present. */
  chosen: boolean
  typed: { on: string; knownAt: string }
  errors: readonly FieldError[]
}

export type Visit = {
  /** The path as it was asked for, without the query: `/pupils/7`. */
  path: string
  params: Fields
  query: Fields
  queryLists: Lists
  form: Fields
  formLists: Lists
  files: readonly UploadedFile[]
  filesOnDisk: readonly FileOnDisk[]
  person: SignedIn
  today: PlainDate
  now: Instant
  asAt: Moment
  /** Names the request in the log, in the audit and on an error page. */
  request: string
  /** Where the visitor is on the network. */
  address: string
  /** The site as the visitor’s browser reached it, as `https://firstbell.example`: for a link to hand to somebody. */
  origin: string
  sql: Sql
  /** The county’s roads; nothing where no network was built. */
  roads: () => Promise<TravelTimes | OwnRoads | undefined>
  /** Where Firstbell keeps files beside the database; nothing where it keeps none. */
  folder: string | undefined
}

/** A visit by somebody who need not have signed in. */
export type OpenVisit = Omit<Visit, 'person'> & {
  person?: SignedIn
  sessionToken?: string
  demonstration: boolean
}

/** What a page may answer. */
export type Reply =
  | { reply: 'show'; template: string; view: object; status: 200 | 400; pupils: readonly PupilId[] }
  | { reply: 'redirect'; to: string; notice?: string; session?: { begins: string } | 'ends' }
  | {
      reply: 'download'
      filename: string
      type: string
      body: string | Uint8Array
      pupils: readonly PupilId[]
    }
  | { reply: 'not-found' }

/** A page for people who have signed in. Whoever may change something there must be named apart. */
export type Page = {
  path: string
  allow: readonly [Role, ...Role[]]
  get: (visit: Visit) => Promise<Reply>
} & (
  | { change?: never; post?: never; upload?: never }
  | {
      change: readonly [ChangingRole, ...ChangingRole[]]
      post: (visit: Visit) => Promise<Reply>
      upload?: Upload
    }
)

/** A page for anyone: the sign-in page, and a person's own account. */
export type OpenPage = {
  path: string
  allow: 'anyone'
  get?: (visit: OpenVisit) => Promise<Reply>
  post?: (visit: OpenVisit) => Promise<Reply>
}

/** Everybody with a role may see it. */
export const everyRole = [
  'transport-officer',
  'eligibility-officer',
  'commissioner',
  'manager',
  'auditor',
  'administrator',
] as const satisfies readonly Role[]

/** Whom a page is about: what the access log keeps. */
type About = { pupils?: readonly PupilId[] }

export const show = (template: string, view: object, { pupils = [] }: About = {}): Reply => ({
  reply: 'show',
  template,
  view,
  status: 200,
  pupils,
})
/** The form once more, with what was typed and what is wrong with it. */
export const showAgain = (template: string, view: object, { pupils = [] }: About = {}): Reply => ({
  reply: 'show',
  template,
  view,
  status: 400,
  pupils,
})
/** On to another page, which says `notice` once. */
export const redirect = (to: string, notice?: string): Reply => ({
  reply: 'redirect',
  to,
  ...(notice !== undefined && { notice }),
})
export const download = (
  file: { filename: string; type: string; body: string | Uint8Array },
  { pupils = [] }: About = {},
): Reply => ({ reply: 'download', ...file, pupils })
export const notFound: Reply = { reply: 'not-found' }
