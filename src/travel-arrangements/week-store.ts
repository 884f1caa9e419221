/** Where one pupil's travel stands on some days, as the county's own query computes it. */
import type { Sql } from 'postgres'
import type { ContractId, OperatorId, PupilId, RouteId, RunId } from '#ground/ids.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import type { Arrangement, Direction, Rung, TravelState } from './states.ts'

export type DayLeg = {
  day: PlainDate
  direction: Direction
  state: TravelState
  reason: string | null
  missing: Rung[]
  arrangement: Arrangement | null
  run: RunId | null
  route: RouteId | null
  contract: ContractId | null
  operator: OperatorId | null
}

/** Both ways on each of the days, in order; nothing for days on which the pupil is not on the register. */
export async function travelOfPupil(
  sql: Sql,
  pupil: PupilId,
  { days, knownAt }: { days: readonly PlainDate[]; knownAt: Instant },
): Promise<DayLeg[]> {
  const revision = await revisionKnownAt(sql, knownAt)
  return await sql<DayLeg[]>`
    select day, direction, state, reason, missing, arrangement, run_id as run, route_id as route,
           contract_id as contract, operator_id as operator
      from travel_state(${revision}, ${[...days]}::date[], ${[pupil]}::integer[])
     order by day, direction`
}
