/**
 * The steps a found plan takes, each inside an open revision: everything is asked again there, where no other writer can
 * come between, so that nothing is accepted or made real on what somebody saw an hour ago.
 */
import type { Sql, TransactionSql } from 'postgres'
import type { OperatorId, PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { PlainDate } from '#ground/time.ts'
import { type Forward, forwardOf } from './forward-store.ts'
import type { InTheWay } from './in-the-way.ts'
import { writeRoutes } from './make-real-store.ts'
import type { PlanStanding, PlanStep } from './step.ts'
import { takeStep } from './step-store.ts'
import { takeBackRoutes } from './take-back-store.ts'
import { type RouteToBe, routesToBe } from './to-be.ts'

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
export type MadeReal = { routes: readonly RouteToBe[]; pupils: readonly PupilId[] }

/** Makes an accepted plan real from the day its scenario begins. */
export async function makePlanReal(
  tx: TransactionSql,
  { operators, lastDay, ...which }: MakingReal,
): Promise<Result<MadeReal, StepRefused>> {
  const done = await step(tx, which, { from: 'accepted', to: 'made-real' })
  if (!done.ok) return done
  const { scenario, kept, known, ...beside } = done.value
  const from = scenario.beginsOn
  if (lastDay < from) return refuse({ because: 'ends-before-it-begins', from, lastDay })
  const routes = routesToBe({ id: kept.id, runs: kept.plan.runs }, { ...beside, ...known })
  const undriven = [...new Set(routes.map(({ offer }) => offer))].filter((offer) => !operators.has(offer))
  if (undriven.length > 0) return refuse({ because: 'no-operator', offers: undriven })
  await writeRoutes(tx, { plan: kept.id, name: scenario.name, from, lastDay, routes, operators })
  return ok({ routes, pupils: [...new Set(routes.flatMap(({ runs }) => runs.flatMap((run) => run.riders)))] })
}

/** Takes back what a plan became, before the day it begins. Gives how many seats were withdrawn. */
export async function takePlanBack(tx: TransactionSql, which: Which): Promise<Result<number, StepRefused>> {
  const done = await step(tx, which, { from: 'real', to: 'taken-back' })
  return done.ok ? ok(await takeBackRoutes(tx, which.plan, done.value.scenario.beginsOn)) : done
}

type Move = { from: PlanStanding; to: PlanStep }
const FORWARD: readonly PlanStep[] = ['accepted', 'made-real']

async function step(
  tx: TransactionSql,
  { scenario, plan, today }: Which,
  { from, to }: Move,
): Promise<Result<Forward, StepRefused>> {
  const [clock] = await tx<{ known: number }[]>`select current_revision()::integer - 1 as known`
  const asked = { today, revision: clock?.known ?? 0 }
  const forward = await forwardOf(tx as unknown as Sql, { scenario, plan }, asked)
  if (!forward) return refuse({ because: 'no-such-plan' })
  const { standing, inTheWay, scenario: begins } = forward
  if (standing !== from) return refuse({ because: 'stands-elsewhere', standing })
  if (FORWARD.includes(to) && inTheWay.length > 0) return refuse({ because: 'in-the-way', inTheWay })
  if (begins.beginsOn <= today) return refuse({ because: 'begun', on: begins.beginsOn })
  await takeStep(tx, plan, to)
  return ok(forward)
}
