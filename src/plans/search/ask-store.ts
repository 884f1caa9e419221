/** Asks for a search of a scenario as it stands, or says what is in the way. */
import type { Sql } from 'postgres'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import type { Author } from '#knowledge/store'
import { locksOn } from '../by-hand/lock-store.ts'
import { ridersOn } from '../found/found-plan-store.ts'
import { planPolicyAt, yardsticksAt } from '../policy/policy-store.ts'
import { type Obstacle, obstaclesOf } from '../scenario/next-step.ts'
import type { Standing } from '../scenario/standing-store.ts'
import type { PlanQuestion } from '../translation/question.ts'
import { areasOf } from './areas.ts'
import { frozenOf } from './ask.ts'
import type { Numbered } from './frozen.ts'
import { heldIn } from './held.ts'
import { rememberedQuestion } from './question-store.ts'
import { askForSearch } from './search-store.ts'

type Wanted = {
  /** Whether times are estimated by a straight line. */
  estimated: boolean
  hasRoads: boolean
  /** Whether any worker may begin, and not only whoever asks. */
  queued: boolean
  /** The most pupils of an area, where a search that any worker may begin is cut into areas. */
  pupilsInAnArea?: number
  seconds: number
  seed: number
  today: PlainDate
  now: Instant
  author: Author
}

/** Freezes what is asked and asks for the search; refused with everything that is in the way. Gives its number. */
export async function askToPlan(
  sql: Sql,
  { scenario, cut, schools, exceptions, population, baseline }: Standing,
  wanted: Wanted,
): Promise<Result<number, readonly Obstacle[]>> {
  const { estimated, hasRoads, today, queued, pupilsInAnArea, ...asked } = wanted
  const [policy, yardsticks] = await Promise.all([planPolicyAt(sql, cut), yardsticksAt(sql, cut)])
  const obstacles = obstaclesOf({
    scenario,
    population,
    isFrozen: baseline !== undefined,
    today,
    policy: refusalIn(policy) ?? refusalIn(yardsticks),
    hasRoads: hasRoads || estimated,
  })
  if (obstacles.length > 0 || !policy.ok || !yardsticks.ok) return refuse(obstacles)
  const people = population.planned
  const riding = { routes: scenario.terms.fixedRoutes, pupils: people.map(({ pupil }) => pupil) }
  const frozen = frozenOf(
    {
      people,
      schools,
      exceptions,
      beginsOn: scenario.beginsOn,
      terms: { ...scenario.terms, times: estimated ? 'estimated' : 'measured' },
      policy: policy.value,
    },
    { onKeptRoutes: await ridersOn(sql, riding, cut), oddness: yardsticks.value.oddness },
  )
  if (frozen.question.rides.length === 0) return refuse([{ obstacle: 'nobody' }])
  const holding = await lockedBefore(sql, scenario.id, frozen.question)
  if (holding && !holding.ok) return refuse([holding.refusal])
  // A vehicle that is left as it is may call in several areas.
  const areas = queued && !holding ? areasOf(frozen.question, pupilsInAnArea) : []
  const asking = {
    scenario: scenario.id,
    cut: cut.revision,
    frozen,
    areas,
    ...(holding && { holding: holding.value }),
    ...asked,
  }
  return ok(await askForSearch(sql, asking, { queued }))
}

/** The vehicles that are locked in the last plan of a scenario, for another question; nothing where none is. */
async function lockedBefore(
  sql: Sql,
  scenario: number,
  question: PlanQuestion,
): Promise<Result<{ held: number[]; vehicles: Numbered }, Obstacle> | undefined> {
  const [last] = await sql<{ plan: number; question: number; vehicles: Numbered }[]>`
    select plan_id as plan, question_id as question, vehicles from found_plan_calls join found_plan using (plan_id)
     where scenario_id = ${scenario} order by plan_id desc limit 1`
  const locks = last ? await locksOn(sql, last.plan) : []
  if (!last || locks.length === 0) return undefined
  const held = [...new Set(locks.map(({ vehicle }) => vehicle))]
  const { question: was } = await rememberedQuestion(sql, last.question)
  const made = heldIn(question, { was, vehicles: last.vehicles, held })
  return made.ok
    ? ok({ held, vehicles: made.value })
    : refuse({ obstacle: 'locked', plan: last.plan, ...made.refusal })
}

const refusalIn = <R>(result: Result<unknown, R>): R | undefined => (result.ok ? undefined : result.refusal)
