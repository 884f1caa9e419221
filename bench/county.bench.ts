/** A county of Kent's size with three years of history: what people wait for when they open a page or end a contract. */
import { previewChange } from '#changeover/store'
import { endContract } from '#contracts/write-store'
import { exceptionsAsAt } from '#exceptions/store'
import type { PersonId } from '#ground/ids.ts'
import { addDays, momentAt, now, plainDate, type WallTime } from '#ground/time.ts'
import { everyoneAsAt } from '#sitrep/listed-store'
import { paths } from '#web/paths.ts'
import { awayOrNot, countsAsAt, countsAsRemembered, someoneIn } from './county-store.ts'
import type { Part } from './part.ts'
import { siteOf } from './site.ts'

const seven = '07:00' as WallTime

export const countyPart: Part = {
  name: 'county',
  about:
    'Westmarch at 6,500 pupils with three years of history. A page is asked for over a port, by somebody signed in.',

  async measure({ county, time }) {
    const made = await county({ pupils: 6500, years: 3 })
    const { sql, today } = made
    const { pupils, contracts } = await someoneIn(sql, today)
    const site = await siteOf(made, 'transport-officer')
    const manager = await siteOf(made, 'manager')
    const inFebruary = plainDate(`${today.slice(0, 4)}-02-23`)
    const author = { by: 5 as PersonId, reason: 'What would end' }
    const twoWeeksOn = addDays(today, 14)
    let i = 0
    const next = <T>(list: readonly T[]): T => list[i++ % list.length] as T
    try {
      return [
        await time(
          'situation of today, at the database, asked for the first time',
          () => countsAsAt(sql, { on: today, knownAt: momentAt(today, seven) }),
          { atMost: 150 },
        ),
        await time(
          'situation of a day in February as known then, asked for the first time',
          () => countsAsAt(sql, { on: inFebruary, knownAt: momentAt(inFebruary, seven) }),
          { atMost: 150 },
        ),
        await time(
          'situation of a school day two weeks ahead, asked for the first time',
          () => countsAsAt(sql, { on: twoWeeksOn, knownAt: momentAt(today, seven) }),
          { atMost: 150 },
        ),
        await time(
          'situation of today after one change, at the database',
          () => countsAsRemembered(sql, { on: today, knownAt: now() }),
          { atMost: 150, before: () => awayOrNot(sql, { pupil: next(pupils), on: today }) },
        ),
        await time('situation of today, as a page, once somebody has asked', () => site.open(paths.today), {
          atMost: 400,
        }),
        await time(
          'situation of February, as a page, once somebody has asked',
          () => site.open(`${paths.today}?on=${inFebruary}&known-at=${inFebruary}T07:00`),
          { atMost: 400 },
        ),
        await time(
          'every pupil with their state, once somebody has asked',
          () => everyoneAsAt(sql, { on: today, knownAt: momentAt(today, seven) }),
          { atMost: 300 },
        ),
        await time('list of pupils, first page', () => site.open(paths.pupils)),
        await time('a pupil, as a page', () => site.open(paths.pupil(next(pupils))), { atMost: 60 }),
        await time(
          'what would happen if one of the largest contracts ended in two weeks',
          () =>
            previewChange(sql, author, (tx) =>
              endContract(tx, { contract: next(contracts), lastDay: twoWeeksOn }),
            ),
          { atMost: 200 },
        ),
        await time(
          'every exception of today, at the database',
          () => exceptionsAsAt(sql, { on: today, knownAt: momentAt(today, seven) }),
          { atMost: 300 },
        ),
        await time('a contract, as a page', () => manager.open(paths.contract(next(contracts)))),
      ]
    } finally {
      await site.close()
      await manager.close()
    }
  },
}
