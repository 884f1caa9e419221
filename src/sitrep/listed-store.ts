/** The named pupils behind a figure, on the same cut: whoever is on the register, and those who have left it. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import type { AsAt } from '#ground/time.ts'
import { policiesAt, pupilNamesAt, unreachedAt } from './around-store.ts'
import { answersTo, type Choice } from './choice.ts'
import { cohortsKnownAt } from './cohort-store.ts'
import type { PupilDay } from './figures.ts'
import { missedOf, waitsOf } from './report-store.ts'
import type { Cut } from './sitrep.ts'
import { cutAt, peopleAt, reconciliationOf } from './store.ts'

export type Listed = {
  pupil: PupilId
  name: string
  /** Where they stand on the day; nothing for one who is no longer on the register. */
  day: PupilDay | undefined
  /** School days: without transport together until now, or missed this year, where that was asked. */
  days: number | undefined
}

/** Everyone on the register of a day, as known at a moment, with where they stand each way. */
export const everyoneAsAt = async (sql: Sql, asAt: AsAt): Promise<Listed[]> =>
  await listedAt(sql, await cutAt(sql, asAt), { choice: {} })

/** Who answers to a choice, in the order of their names. Nobody for a cohort that is not known. */
export async function listedAt(
  sql: Sql,
  cut: Cut,
  { choice, since }: { choice: Choice; since?: AsAt | undefined },
): Promise<Listed[]> {
  const people = await peopleAt(sql, cut)
  const byId = new Map(people.map((one) => [one.pupil, one]))
  const counted = await countedFor(sql, cut, { choice, since, people })
  const chosen =
    counted ?? new Map(people.map(({ pupil }): [PupilId, number | undefined] => [pupil, undefined]))
  const wanted = [...chosen.keys()].filter((pupil) => {
    const day = byId.get(pupil)
    return day ? answersTo(day, choice) : counted !== undefined
  })
  const named = await pupilNamesAt(sql, cut, wanted)
  return named.map(({ pupil, name }) => ({ pupil, name, day: byId.get(pupil), days: chosen.get(pupil) }))
}

type Counting = { choice: Choice; since: AsAt | undefined; people: readonly PupilDay[] }

/** The pupils a choice names by something other than their day, each with its days; nothing when it does not. */
async function countedFor(
  sql: Sql,
  cut: Cut,
  { choice: { moved, contact, waiting, missed, cohort }, since, people }: Counting,
): Promise<Map<PupilId, number | undefined> | undefined> {
  const alone = (pupils: readonly PupilId[]) =>
    new Map(pupils.map((pupil): [PupilId, number | undefined] => [pupil, undefined]))
  if (moved) return alone((await reconciliationOf(sql, cut, { people, since }))[moved])
  if (contact) return alone(await unreachedAt(sql, cut, await policiesAt(sql, cut)))
  if (missed) return new Map(await missedOf(sql, cut))
  if (waiting) {
    const waits = (await waitsOf(sql, cut)).filter(({ days }) => days >= waiting)
    return new Map(waits.map(({ pupil, days }) => [pupil, days]))
  }
  if (!cohort) return undefined
  const found = (await cohortsKnownAt(sql, cut.revision)).find(({ name }) => name === cohort.name)
  const members = new Set(found?.members ?? [])
  const here = people.map(({ pupil }) => pupil)
  if (cohort.part === 'joiners') return alone(found ? here.filter((pupil) => !members.has(pupil)) : [])
  if (cohort.part === 'members') return alone(here.filter((pupil) => members.has(pupil)))
  const still = new Set(here)
  return alone([...members].filter((pupil) => !still.has(pupil)))
}
