/** Plans routes and their runs. Everything written here belongs to the revision that is open. */
import type { TransactionSql } from 'postgres'
import type { ContractId, CrewId, PupilId, RouteId, RunId, SchoolId, VehicleId } from '#ground/ids.ts'
import { type DayPattern, everySchoolDay } from '#ground/pattern.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { PlainDate, WallTime } from '#ground/time.ts'
import { bear, span, stateFact, withdrawFact } from '#knowledge/store'

/** Every day of the fortnight, school day or not. */
const everyDay = '{[0,14)}'

type Dates = { from: PlainDate; until?: PlainDate | null }

/** Records a route under a contract, from a day on. */
export async function recordRoute(
  tx: TransactionSql,
  {
    contract,
    code,
    name,
    school,
    from,
    until = null,
  }: { contract: ContractId; code: string; name?: string; school?: SchoolId } & Dates,
): Promise<RouteId> {
  const route = await bear(tx, 'route')
  await stateFact(tx, 'route_terms', {
    route_id: route,
    contract_id: contract,
    code,
    name: name ?? null,
    school_id: school ?? null,
    valid: span(from, until),
  })
  return route
}

/** Puts a route under another contract from a day on: how a successor takes over. */
export async function moveRoute(
  tx: TransactionSql,
  { route, contract, from }: { route: RouteId; contract: ContractId; from: PlainDate },
): Promise<void> {
  const [terms] = await tx<{ columns: Record<string, unknown> }[]>`
    select to_jsonb(t) - 'fact_id' - 'known' - 'valid' as columns from route_terms t
     where route_id = ${route} and upper_inf(known) order by lower(valid) desc limit 1`
  await stateFact(tx, 'route_terms', { ...terms?.columns, contract_id: contract, valid: span(from, null) })
}

/** Ends a route from a day on, and gives how many beliefs were cut. The interlock stands behind it. */
export async function endRoute(tx: TransactionSql, route: RouteId, from: PlainDate): Promise<number> {
  return await withdrawFact(tx, 'route_terms', { route_id: route, valid: span(from, null) })
}

/** Adds a run to a route, in one direction. It has no plan until `planRun`. */
export async function addRun(tx: TransactionSql, route: RouteId, direction: 1 | 2): Promise<RunId> {
  const [row] = await tx<{ run: RunId }[]>`
    insert into run (route_id, direction) values (${route}, ${direction}) returning run_id as run`
  return row?.run as RunId
}

export type Stop = {
  place: string
  kind: 'home' | 'pick-up-point' | 'school'
  pupil?: PupilId
  school?: SchoolId
  at: WallTime
  latitude?: number
  longitude?: number
}

export type RunPlan = {
  run: RunId
  days?: DayPattern
  vehicleType: string
  /** Seats and wheelchair places that can be had at once, one pair for each layout. */
  layouts: readonly (readonly [seats: number, wheelchairs: number])[]
  assistantPosts?: number
  stops: readonly Stop[]
  milesLive?: number
  milesDead?: number
} & Dates

export type PlanRefused =
  | { because: 'stop-before-the-one-ahead'; stop: number; place: string; at: WallTime; after: WallTime }
  | { because: 'no-layout'; run: RunId }

/** Plans a run from a day on: its days, vehicle, posts and stops in order. A time that goes back is refused. */
export async function planRun(tx: TransactionSql, plan: RunPlan): Promise<Result<null, PlanRefused>> {
  const { run, stops, layouts, from, until = null } = plan
  if (layouts.length === 0) return refuse({ because: 'no-layout', run })
  const late = stops.findIndex((stop, i) => i > 0 && stop.at < (stops[i - 1]?.at ?? stop.at))
  const [before, wrong] = [stops[late - 1], stops[late]]
  if (before && wrong) {
    const { place, at } = wrong
    return refuse({ because: 'stop-before-the-one-ahead', stop: late + 1, place, at, after: before.at })
  }
  await stateFact(tx, 'run_plan', {
    run_id: run,
    days: plan.days ?? everySchoolDay,
    vehicle_type: plan.vehicleType,
    layouts,
    assistant_posts: plan.assistantPosts ?? 0,
    stops,
    miles_live: plan.milesLive ?? null,
    miles_dead: plan.milesDead ?? null,
    valid: span(from, until),
  })
  return ok(null)
}

/** Ends a run on some days of the fortnight from a day on, and gives how many plans were cut. The interlock stands behind it. */
export async function endRun(
  tx: TransactionSql,
  { run, from, days = everySchoolDay }: { run: RunId; from: PlainDate; days?: DayPattern },
): Promise<number> {
  return await withdrawFact(tx, 'run_plan', { run_id: run, days, valid: span(from, null) })
}

/** Rosters a driver or assistant on a run. */
export async function rosterCrew(
  tx: TransactionSql,
  {
    run,
    crew,
    post,
    days = everySchoolDay,
    from,
    until = null,
  }: { run: RunId; crew: CrewId; post: 'driver' | 'passenger-assistant'; days?: DayPattern } & Dates,
): Promise<void> {
  await stateFact(tx, 'run_crew', { run_id: run, crew_id: crew, post, days, valid: span(from, until) })
}

/** Takes somebody off a run from a day on, and gives how many entries of the roster were cut. The interlock stands behind it. */
export async function standDownCrew(
  tx: TransactionSql,
  { run, crew, from }: { run: RunId; crew: CrewId; from: PlainDate },
): Promise<number> {
  const subject = { run_id: run, crew_id: crew, days: everyDay, valid: span(from, null) }
  return await withdrawFact(tx, 'run_crew', subject)
}

/** Says which vehicle makes a run. */
export async function assignVehicle(
  tx: TransactionSql,
  {
    run,
    vehicle,
    days = everySchoolDay,
    from,
    until = null,
  }: { run: RunId; vehicle: VehicleId; days?: DayPattern } & Dates,
): Promise<void> {
  await stateFact(tx, 'run_vehicle', { run_id: run, vehicle_id: vehicle, days, valid: span(from, until) })
}

/** Takes the vehicle off a run from a day on, with none in its place, and gives how many were cut. The interlock stands behind it. */
export async function standDownVehicle(
  tx: TransactionSql,
  { run, from }: { run: RunId; from: PlainDate },
): Promise<number> {
  return await withdrawFact(tx, 'run_vehicle', { run_id: run, days: everyDay, valid: span(from, null) })
}
