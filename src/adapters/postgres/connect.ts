/**
 * Opens PostgreSQL the way this program reads it. Days, moments, times and ranges stay text: a JavaScript Date
 * has a time zone, and a birthday has none.
 */
import postgres, { type Sql } from 'postgres'
import { outlivingLoss } from './outlive-loss.ts'

export type Connection = Sql

const asText = (...oids: number[]) => ({
  to: oids[0] ?? 0,
  from: oids,
  serialize: (text: string) => text,
  parse: (text: string) => text,
})

const DATE = 1082
const TIME = 1083
const TIMESTAMP = 1114
const RANGES = [3904, 3906, 3908, 3910, 3912, 3926]

const types = {
  day: asText(DATE),
  time: asText(TIME),
  wallMoment: asText(TIMESTAMP),
  range: asText(...RANGES),
  // `2026-09-01 07:45:00.5+00` becomes `2026-09-01T07:45:00.5Z`, exactly what Temporal prints for the same moment.
  moment: {
    to: 1184,
    from: [1184],
    serialize: (moment: string) => moment,
    parse: (text: string) => text.replace(' ', 'T').replace(/\+00$/, 'Z'),
  },
  wholeNumber: { to: 20, from: [20], serialize: (n: number) => String(n), parse: wholeNumber },
}

/**
 * A plan made without the day and the revision expects one row of each, and loops over thousands: every question is
 * planned for what it asks. None of ours is long enough to be worth compiling.
 */
const planning = { plan_cache_mode: 'force_custom_plan', jit: 'off' }

export type ConnectOptions = {
  /** Connections held at most; 10 when not said. */
  atMost?: number
  /** What the server's own lists call this program. */
  name?: string
}

/**
 * A pool of connections to `url`, opened when first asked something.
 * Counts (`int8`) are numbers, moments are `Instant` text in UTC, everything with a day in it is text.
 */
export function connect(url: string, { atMost = 10, name = 'firstbell' }: ConnectOptions = {}): Connection {
  const sql = postgres(url, {
    types,
    max: atMost,
    onnotice: () => {},
    connection: { application_name: name, TimeZone: 'UTC', DateStyle: 'ISO, YMD', ...planning },
  })
  return outlivingLoss(sql as unknown as Connection)
}

/** The major version of the server behind a connection: 16, 17, 18. */
export async function serverVersion(sql: Connection): Promise<number> {
  const [row] = await sql`select current_setting('server_version_num')::integer / 10000 as version`
  return row?.['version']
}

function wholeNumber(text: string): number {
  const n = Number(text)
  if (!Number.isSafeInteger(n)) {
    throw new RangeError(
      `The database answered ${text}, which is beyond the whole numbers this program keeps.`,
    )
  }
  return n
}
