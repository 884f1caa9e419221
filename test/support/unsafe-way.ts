import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { recordChange } from '#changeover/store'
import { markUnsafe } from '#distances/unsafe-way-store'
import { ok } from '#ground/result.ts'
import { dayOf } from '#ground/time.ts'
import { openRoads } from '#roads'
import { surveyWestmarch } from '#westmarch/survey-store'
import { type SmallCounty, thatMorning } from './small-county.ts'

/** Builds the roads of Westmarch, and marks the first Quay Street unsafe to walk along: its way, and where the roads are. */
export async function unsafeQuayStreet(sql: Sql, county: SmallCounty) {
  const folder = mkdtempSync(join(tmpdir(), 'firstbell-unsafe-'))
  await surveyWestmarch(folder)
  const roads = await openRoads(roadsFileIn(folder))
  const [quay] = await roads.footways({ named: 'Quay Street' })
  await roads.close()
  const way = quay?.way ?? 0
  const author = { by: county.people.manager, reason: 'Quay Street was looked at', at: thatMorning }
  await recordChange(sql, author, async (tx) => {
    await markUnsafe(tx, { way, name: 'Quay Street', reason: 'No footway', from: dayOf(thatMorning) })
    return ok(null)
  })
  const files = { roadsFile: roadsFileIn(folder), folder }
  return { way, files, forget: () => rmSync(folder, { recursive: true }) }
}
