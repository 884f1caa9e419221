/** Writes what a plan becomes: contracts to be signed, routes, runs, stops and seats, all inside one open revision. */
import type { TransactionSql } from 'postgres'
import { letContract } from '#contracts/write-store'
import { toMiles } from '#ground/distance.ts'
import type { ContractId, OperatorId, PupilId, RunId } from '#ground/ids.ts'
import { pence } from '#ground/money.ts'
import type { DayPattern } from '#ground/pattern.ts'
import { invariant } from '#ground/present.ts'

import type { PlainDate } from '#ground/time.ts'
import { addRun, planRun, recordRoute } from '#routes/write-store'
import { endTravel, giveSeat } from '#travel-arrangements/arrangement-store'
import type { RouteToBe, RunToBe } from './to-be.ts'

export type Becoming = {
  plan: number
  /** What the routes are called: the name of the scenario. */
  name: string
  /** The last day of the contracts they hang on. */
  lastDay: PlainDate
  routes: readonly RouteToBe[]
  /** Who is to drive each kind of vehicle. */
  operators: ReadonlyMap<string, OperatorId>
}

/**
 * Writes it all, each route from the day of its wave. A contract is let to each operator for what begins on one day,
 * without anybody's signature, so that whoever is seated on its runs is provisional until every rung is climbed. What
 * carried them on those days ends the day before; whether it may is for the interlock to say, which sees the whole revision.
 */
export async function writeRoutes(tx: TransactionSql, becoming: Becoming): Promise<void> {
  const { plan, name, routes } = becoming
  const contracts = await letContracts(tx, becoming)
  for (const toBe of routes) {
    const contract = contracts.get(contractName(becoming, toBe))
    invariant(contract !== undefined, `Nobody is to drive ${toBe.code}, a ${toBe.offer}.`)
    const { code, school, runs, from } = toBe
    const route = await recordRoute(tx, { contract, code, name, from, ...(school && { school }) })
    await tx`insert into plan_route (plan_id, route_id, contract_id) values (${plan}, ${route}, ${contract})`
    for (const run of runs) await writeRun(tx, await addRun(tx, route, run.direction), { run, from })
  }
}

const operatorOf = ({ operators }: Becoming, { offer }: RouteToBe) => operators.get(offer) as OperatorId

/** One contract for all that an operator begins to drive on one day. */
const contractName = (becoming: Becoming, route: RouteToBe): string =>
  `${operatorOf(becoming, route)} ${route.from}`

async function letContracts(
  tx: TransactionSql,
  becoming: Becoming,
): Promise<ReadonlyMap<string, ContractId>> {
  const { plan, lastDay, routes } = becoming
  const days = [...new Set(routes.map(({ from }) => from))].sort()
  const contracts = new Map<string, ContractId>()
  for (const [name, theirs] of Map.groupBy(routes, (route) => contractName(becoming, route))) {
    const [first] = theirs as [RouteToBe, ...RouteToBe[]]
    const { from } = first
    const operator = operatorOf(becoming, first)
    const dailyRate = pence(theirs.reduce((sum, route) => sum + route.dailyRate, 0))
    const wave = days.length > 1 ? `-W${days.indexOf(from) + 1}` : ''
    const reference = `P${plan}-OP${operator}${wave}`
    const let_ = await letContract(tx, { operator, reference, dailyRate, from, lastDay })
    invariant(let_.ok, `The contract ${reference} would end on ${lastDay}, before it begins on ${from}.`)
    contracts.set(name, let_.value)
  }
  return contracts
}

async function writeRun(
  tx: TransactionSql,
  run: RunId,
  { run: toBe, from }: { run: RunToBe; from: PlainDate },
): Promise<void> {
  const { days, vehicleType, layouts, assistantPosts, stops, length, riders, direction } = toBe
  const planned = await planRun(tx, {
    run,
    days,
    vehicleType,
    layouts,
    assistantPosts,
    stops,
    milesLive: toMiles(length),
    from,
  })
  invariant(
    planned.ok,
    `Run ${run} of the plan calls at its stops in another order than that of their times.`,
  )
  for (const pupil of riders) await seat(tx, { pupil, run, direction, days, from })
}

type Seat = { pupil: PupilId; run: RunId; direction: 1 | 2; days: DayPattern; from: PlainDate }

async function seat(tx: TransactionSql, { pupil, run, direction, days, from }: Seat): Promise<void> {
  await endTravel(tx, { pupil, directions: [direction], from, days })
  const given = await giveSeat(tx, { pupil, run, days, from })
  invariant(given.ok, `Pupil ${pupil} has a seat of run ${run} twice in one plan.`)
}
