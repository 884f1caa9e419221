/**
 * The steps a found plan takes, each inside an open revision: everything is asked again there, where no other writer can
 * come between, so that nothing is accepted or made real on what somebody saw an hour ago.
 */
import type { Sql, TransactionSql } from 'postgres'
import type { OperatorId, PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { addDays, type PlainDate } from '#ground/time.ts'
import { type Forward, forwardOf } from './forward-store.ts'
import type { InTheWay } from './in-the-way.ts'
import { writeRoutes } from './make-real-store.ts'
import { closeOldRuns, type OldRuns } from './old-run-store.ts'
import type { PlanStanding, PlanStep } from './step.ts'
import { takeStep } from './step-store.ts'
import { routesBeginning, takeBackRoutes } from './take-back-store.ts'
import { type Beside, type RouteToBe, routesToBe } from './to-be.ts'

export type StepRefused =
  | { because: 'no-such-plan' }
  | { because: 'stands-elsewhere'; standing: PlanStanding }
  | { because: 'in-the-way'; inTheWay: readonly InTheWay[] }
  | { because: 'begun'; on: PlainDate }
  | { because: 'ends-before-it-begins'; from: PlainDate; lastDay: PlainDate }
  | { because: 'no-operator'; offers: readonly string[] }

export type Which = { scenario: number; plan: number; today: PlainDate }

/** Accepts a plan, where nothing is in its way. Who may is for the caller to ask. */
export async function acceptPlan(tx: TransactionSql, which: Which): Promise<Result<Forward, StepRefused>> {
  return await step(tx, which, { from: 'found', to: 'accepted' })
}

/** Takes an acceptance back before the plan is made real. */
export async function takeAcceptanceBack(
  tx: TransactionSql,
  which: Which,
): Promise<Result<Forward, StepRefused>> {
  return await step(tx, which, { from: 'accepted', to: 'acceptance-taken-back' })
}

export type MakingReal = Which & {
  /** Who is to drive each kind of vehicle of the plan. */
  operators: ReadonlyMap<string, OperatorId>
  /** The last day of the contracts its routes hang on. */
  lastDay: PlainDate
}
export type MadeReal = { routes: readonly RouteToBe[]; pupils: readonly PupilId[]; old: OldRuns }

/**
 * Makes an accepted plan real from the day its scenario begins, each route from the day of its wave, and closes the runs
 * on which that leaves nobody. All of it is one revision: the interlock sees it whole, and nothing is half made.
 */
export async function makePlanReal(
  tx: TransactionSql,
  { operators, lastDay, ...which }: MakingReal,
): Promise<Result<MadeReal, StepRefused>> {
  const done = await step(tx, which, { from: 'accepted', to: 'made-real' })
  if (!done.ok) return done
  const { kept, scenario } = done.value
  const routes = routesToBe(kept, besideOf(done.value))
  const from = scenario.beginsOn
  const lastWave = [from, ...routes.map((route) => route.from)].sort().at(-1) ?? from
  if (lastDay < lastWave) return refuse({ because: 'ends-before-it-begins', from: lastWave, lastDay })
  const undriven = [...new Set(routes.map(({ offer }) => offer))].filter((offer) => !operators.has(offer))
  if (undriven.length > 0) return refuse({ because: 'no-operator', offers: undriven })
  await writeRoutes(tx, { plan: kept.id, name: scenario.name, lastDay, routes, operators })
  const old = await closeOldRuns(tx, kept.id, { from, lastWave })
  const pupils = [...new Set(routes.flatMap(({ runs }) => runs.flatMap((run) => run.riders)))]
  return ok({ routes, pupils, old })
}

/** What a plan is made real with, beside its runs. */
export const besideOf = ({ known, scenario, ...beside }: Forward): Beside => ({
  ...beside,
  ...known,
  beginsOn: scenario.beginsOn,
})

/**
 * Takes back what a plan became, before the day it begins; after that, the waves of it that have not begun. Gives how many
 * seats were withdrawn.
 */
export async function takePlanBack(tx: TransactionSql, which: Which): Promise<Result<number, StepRefused>> {
  const found = await standingAt(tx, which, 'real')
  if (!found.ok) return found
  const { plan, today } = which
  const { beginsOn } = found.value.scenario
  const hasBegun = beginsOn <= today
  const from = hasBegun ? addDays(today, 1) : beginsOn
  if (hasBegun && (await routesBeginning(tx as unknown as Sql, plan, from)).length === 0)
    return refuse({ because: 'begun', on: beginsOn })
  await takeStep(tx, plan, hasBegun ? 'later-waves-taken-back' : 'taken-back')
  return ok(await takeBackRoutes(tx, plan, from))
}

type Move = { from: PlanStanding; to: PlanStep }
const FORWARD: readonly PlanStep[] = ['accepted', 'made-real']

async function step(
  tx: TransactionSql,
  which: Which,
  { from, to }: Move,
): Promise<Result<Forward, StepRefused>> {
  const found = await standingAt(tx, which, from)
  if (!found.ok) return found
  const { inTheWay, scenario } = found.value
  if (FORWARD.includes(to) && inTheWay.length > 0) return refuse({ because: 'in-the-way', inTheWay })
  if (scenario.beginsOn <= which.today) return refuse({ because: 'begun', on: scenario.beginsOn })
  await takeStep(tx, which.plan, to)
  return found
}

async function standingAt(
  tx: TransactionSql,
  { scenario, plan, today }: Which,
  expected: PlanStanding,
): Promise<Result<Forward, StepRefused>> {
  const [clock] = await tx<{ known: number }[]>`select current_revision()::integer - 1 as known`
  const asked = { today, revision: clock?.known ?? 0 }
  const forward = await forwardOf(tx as unknown as Sql, { scenario, plan }, asked)
  if (!forward) return refuse({ because: 'no-such-plan' })
  const { standing } = forward
  return standing === expected ? ok(forward) : refuse({ because: 'stands-elsewhere', standing })
}
