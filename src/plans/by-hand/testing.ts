/** Plans to change by hand, for tests. */
import type { Sql } from 'postgres'
import type { PersonId } from '#ground/ids.ts'
import { type Instant, instant, plainDate } from '#ground/time.ts'
import type { Author } from '#knowledge/store'
import { crowFly } from '#roads'
import { keepPlan, planOf } from '../found/found-plan-store.ts'
import { foundPlanOf } from '../found/kept-plan.view.ts'
import { vehiclesOfPlan } from '../found/part-store.ts'
import { standingOf } from '../scenario/standing-store.ts'
import { askToPlan } from '../search/ask-store.ts'
import { workOnSearch } from '../search/look-for-plan.job.ts'
import { askForSearch, questionOfPlan } from '../search/search-store.ts'
import { askDrives } from '../translation/drives.ts'
import { problemOf } from '../translation/problem-of.ts'

type Of = { scenario: number; plan: number; by: PersonId }
type Anew = Omit<Of, 'plan'> & { plan: number | undefined }

/** A plan of the same question in which nobody shares, so that everybody could. Gives its number. */
export async function oneVehicleEach(sql: Sql, { scenario, plan, by }: Of): Promise<number> {
  const whole = await planOf(sql, scenario, plan)
  const kept = await vehiclesOfPlan(sql, plan, [])
  if (!whole || !kept) throw new Error('The plan was kept without its question.')
  const { question: number, frozen } = kept
  const { question } = frozen
  const drives = await askDrives(crowFly(), question)
  const rides = [...question.rides.entries()]
  const vehicles = [...new Set(question.rides.map(({ pupil }) => pupil))].map((pupil) => {
    const own = rides.filter(([, ride]) => ride.pupil === pupil)
    const runs = [1, 2].map((way) =>
      own.filter(([, { direction }]) => direction === way).flatMap(([r]) => [2 * r, 2 * r + 1]),
    )
    return { fleet: own.some(([, { wheelchair }]) => wheelchair) ? 1 : 0, runs }
  })
  const asked = { question, drives, problem: problemOf(question, drives) }
  return await keepPlan(sql, {
    scenario,
    cut: whole.cut,
    plan: foundPlanOf(asked, { vehicles, unplaced: [], bound: 0 }, frozen),
    how: whole,
    calls: { question: number, vehicles },
    author: { by, reason: 'One vehicle each' },
  })
}

/** A plan found by a search of two seconds, from a plan or anew: on a busy machine its thread may begin after one. */
export async function searchedOn(sql: Sql, { scenario, plan: from, by }: Anew): Promise<number> {
  const now = instant('2022-02-14T18:30')
  const author = { by, reason: 'Look again' }
  const question = from === undefined ? undefined : await questionOfPlan(sql, scenario, from)
  const effort = { seconds: 2, seed: 1, author, now }
  const search = question
    ? await askForSearch(
        sql,
        {
          scenario,
          cut: question.cut,
          frozen: question.question,
          goesOnFrom: question.plan,
          ...effort,
        },
        { queued: false },
      )
    : await askedAnew(sql, scenario, effort)
  const plan = await workOnSearch({ sql, search, roads: undefined, isStopping: () => false })
  if (!plan) throw new Error(`Search ${search} kept no plan.`)
  return plan
}

async function askedAnew(
  sql: Sql,
  scenario: number,
  effort: {
    seconds: number
    seed: number
    author: Author
    now: Instant
  },
): Promise<number> {
  const standing = await standingOf(sql, scenario, effort.now)
  if (!standing) throw new Error('There is no scenario.')
  const today = plainDate('2022-02-14')
  const search = await askToPlan(sql, standing, {
    ...effort,
    estimated: true,
    hasRoads: false,
    queued: false,
    today,
  })
  if (!search.ok) throw new Error(JSON.stringify(search.refusal))
  return search.value
}
