/** Counties to measure on, made once each in the checkout's own database and kept for the next run. */
import { join, resolve } from 'node:path'
import type { Sql } from 'postgres'
import { connect } from '#adapters/postgres/connect.ts'
import { type Embedded, startEmbedded } from '#adapters/postgres/embedded.ts'
import { migrate, migrationsIn } from '#adapters/postgres/migrate.ts'
import { prepareQueue } from '#adapters/postgres/queue.ts'
import { plainDate } from '#ground/time.ts'
import { makeWestmarch, standingOf } from '#westmarch/store'
import { postgresVersion, tidy } from './county-store.ts'
import type { County, CountySize } from './part.ts'

const checkout = resolve(import.meta.dirname, '..')
const folder = join(checkout, '.firstbell/bench')
/** The last week of a school year, so that the years are whole ones. */
const MADE_UNTIL = plainDate('2026-07-14')
/** A Tuesday in term with five weeks of it still to come: pupils travel on this day and on those asked about after it. */
const TODAY = plainDate('2026-06-09')

export type Counties = {
  county: (size: CountySize) => Promise<County>
  version: () => Promise<string>
  close: () => Promise<void>
}

/** Opens counties as they are asked for; each stays open until the end. */
export function countiesOf(say: (line: string) => void): Counties {
  const opened = new Map<string, Promise<Opened>>()
  const open = (name: string, size?: CountySize) => {
    const county = opened.get(name) ?? openCounty(name, size, say)
    opened.set(name, county)
    return county
  }
  return {
    async county(size) {
      const { sql, url } = await open(`westmarch_${size.pupils}_${size.years}`, size)
      return { sql, url, today: TODAY }
    },
    async version() {
      const { sql } = await open('postgres')
      return postgresVersion(sql)
    },
    async close() {
      for (const county of opened.values()) {
        const { sql, server } = await county
        await sql.end()
        await server.stop()
      }
    },
  }
}

type Opened = { sql: Sql; url: string; server: Embedded }

async function openCounty(
  name: string,
  size: CountySize | undefined,
  say: (line: string) => void,
): Promise<Opened> {
  const server = await startEmbedded({ folder, database: name })
  const sql = connect(server.url, { name: 'firstbell bench' })
  if (!size) return { sql, url: server.url, server }
  const migrated = await migrate(sql, migrationsIn(join(checkout, 'db/migrations')))
  if (!migrated.ok) throw new Error(`${migrated.refusal} Remove ${folder} to measure on new counties.`)
  await prepareQueue(sql, server.url)
  if ((await standingOf(sql)).standing !== 'taken') {
    say(`Making a Westmarch of ${size.pupils} pupils with ${size.years} school years (once)…`)
    const wanted = { seed: 'bench', size: size.pupils, years: size.years, today: MADE_UNTIL }
    await makeWestmarch(sql, wanted, { say })
    await tidy(sql)
  }
  return { sql, url: server.url, server }
}
