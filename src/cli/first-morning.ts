/** What `npm start` does before it serves: on an empty embedded database, Westmarch is made; then today is told. */
import type { Sql } from 'postgres'
import { dayOf, type Instant } from '#ground/time.ts'
import { sitrepAsAt } from '#sitrep/store'
import { makeWestmarch, standingOf } from '#westmarch/store'
import { situationInWords } from '../sitrep/sitrep-words.view.ts'
import { SEED, SIZE, YEARS } from '../westmarch/westmarch.command.ts'

/** Makes the fictional county where there is none yet, or goes on with one that was cut short. */
export async function makeCountyIfEmpty(sql: Sql, now: Instant, say: (line: string) => void): Promise<void> {
  const stands = await standingOf(sql)
  if (stands.standing === 'taken') return
  const unfinished = stands.standing === 'unfinished' ? stands : undefined
  say(
    unfinished
      ? 'Westmarch was not finished; going on where it stopped…'
      : 'First start: making Westmarch, a county that is not there, with two years of history…',
  )
  const wanted = unfinished?.wanted ?? { seed: SEED, size: SIZE, years: YEARS, today: dayOf(now) }
  await makeWestmarch(sql, wanted, { say })
}

/** Today’s situation, as the terminal shows it. */
export async function situationNow(sql: Sql, now: Instant): Promise<string> {
  return situationInWords(await sitrepAsAt(sql, { on: dayOf(now), knownAt: now }))
}
