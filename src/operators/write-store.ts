/** Records operators, their vehicles and crew, and the checks each must hold. Inside the revision that is open. */
import type { TransactionSql } from 'postgres'
import type { CrewId, OperatorId, VehicleId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { addDays, type PlainDate } from '#ground/time.ts'
import { bear, span, stateFact, withdrawFact } from '#knowledge/store'

type Dates = { from: PlainDate; until?: PlainDate | null }

export type OperatorParticulars = {
  name: string
  companyNumber?: string
  phone?: string
  email?: string
  standing?: 'admitted' | 'suspended' | 'left'
  vehiclesDeclared?: number
}

/** Admits an operator from a day on. */
export async function admitOperator(
  tx: TransactionSql,
  particulars: OperatorParticulars & Dates,
): Promise<OperatorId> {
  const operator = await bear(tx, 'operator')
  await recordOperator(tx, operator, particulars)
  return operator
}

/** Records what an operator is from a day on. Suspending one puts every pupil it carries at risk, and is guarded. */
export async function recordOperator(
  tx: TransactionSql,
  operator: OperatorId,
  { from, until = null, ...who }: OperatorParticulars & Dates,
): Promise<void> {
  await stateFact(tx, 'operator_particulars', {
    operator_id: operator,
    standing: who.standing ?? 'admitted',
    ...columnsOf(who),
    valid: span(from, until),
  })
}

const columnsOf = (who: OperatorParticulars) => ({
  name: who.name,
  company_number: who.companyNumber ?? null,
  phone: who.phone ?? null,
  email: who.email ?? null,
  vehicles_declared: who.vehiclesDeclared ?? null,
})

/** Records what an operator is called and how it is reached from a day on, wherever it stands on the days after. */
export async function restateOperator(
  tx: TransactionSql,
  operator: OperatorId,
  { from, ...who }: Omit<OperatorParticulars, 'standing'> & { from: PlainDate },
): Promise<void> {
  for (const { fact, valid } of await particularsFrom(tx, operator, from))
    await stateFact(tx, 'operator_particulars', { ...fact, ...columnsOf(who), valid })
}

/** What is believed of an operator from a day on, span by span. */
const particularsFrom = async (tx: TransactionSql, operator: OperatorId, from: PlainDate) =>
  await tx<{ fact: Readonly<Record<string, unknown>>; valid: string }[]>`
    select to_jsonb(o) - 'fact_id' - 'known' as fact, o.valid * ${span(from, null)}::daterange as valid
      from operator_particulars o
     where operator_id = ${operator} and upper_inf(known) and valid && ${span(from, null)}::daterange`

/** The operator that goes by this name or company number now, if any does. */
export async function operatorCalled(
  tx: TransactionSql,
  { name, companyNumber = null }: { name: string; companyNumber?: string | null },
): Promise<{ operator: OperatorId; name: string } | undefined> {
  const [row] = await tx<{ operator: OperatorId; name: string }[]>`
    select operator_id as operator, name from operator_particulars
     where upper_inf(known) and upper_inf(valid) and (lower(name) = lower(${name}) or company_number = ${companyNumber})
     order by operator_id limit 1`
  return row
}

export type Standing = NonNullable<OperatorParticulars['standing']>
export type StandingRefused = { because: 'stands-so-already'; standing: Standing }

/** Records where an operator stands from a day on, the rest of what is known of it as it is. */
export async function recordStanding(
  tx: TransactionSql,
  operator: OperatorId,
  { standing, from }: { standing: Standing; from: PlainDate },
): Promise<Result<null, StandingRefused>> {
  const otherwise = (await particularsFrom(tx, operator, from)).filter(
    ({ fact }) => fact['standing'] !== standing,
  )
  if (otherwise.length === 0) return refuse({ because: 'stands-so-already', standing })
  for (const { fact, valid } of otherwise)
    await stateFact(tx, 'operator_particulars', { ...fact, standing, valid })
  return ok(null)
}

/** Records a vehicle of an operator: seats and wheelchair places that can be had at once, a pair for each layout. */
export async function recordVehicle(
  tx: TransactionSql,
  vehicle: {
    operator: OperatorId
    registration: string
    type: string
    layouts: readonly (readonly [seats: number, wheelchairs: number])[]
    tailLift?: boolean
  } & Dates,
): Promise<VehicleId> {
  const id = await bear(tx, 'vehicle')
  await stateFact(tx, 'vehicle_particulars', {
    vehicle_id: id,
    operator_id: vehicle.operator,
    registration: vehicle.registration,
    vehicle_type: vehicle.type,
    layouts: vehicle.layouts,
    tail_lift: vehicle.tailLift ?? false,
    valid: span(vehicle.from, vehicle.until ?? null),
  })
  return id
}

/** Records a driver or passenger assistant of an operator. */
export async function recordCrew(
  tx: TransactionSql,
  crew: {
    operator: OperatorId
    name: string
    post: 'driver' | 'passenger-assistant'
    phone?: string
  } & Dates,
): Promise<CrewId> {
  const id = await bear(tx, 'crew')
  await stateFact(tx, 'crew_particulars', {
    crew_id: id,
    operator_id: crew.operator,
    name: crew.name,
    post: crew.post,
    phone: crew.phone ?? null,
    valid: span(crew.from, crew.until ?? null),
  })
  return id
}

export type Checked = { crew: CrewId } | { vehicle: VehicleId }

/** Records a check that was seen: good from a day until the day it expires on, that day included. */
export async function recordCheck(
  tx: TransactionSql,
  checked: Checked,
  {
    kind,
    reference,
    verifiedHow,
    from,
    expiresOn,
  }: { kind: string; reference?: string; verifiedHow?: string; from: PlainDate; expiresOn: PlainDate },
): Promise<void> {
  const valid = span(from, addDays(expiresOn, 1))
  if ('crew' in checked) {
    const how = { reference: reference ?? null, verified_how: verifiedHow ?? null }
    await stateFact(tx, 'crew_check', { crew_id: checked.crew, kind, ...how, valid })
  } else {
    await stateFact(tx, 'vehicle_check', {
      vehicle_id: checked.vehicle,
      kind,
      reference: reference ?? null,
      valid,
    })
  }
}

/**
 * Takes a check away from a day on: a certificate revoked, an insurance cancelled. The interlock stands behind it. Gives
 * how many records of it ended there: none where it holds on no such day.
 */
export async function revokeCheck(
  tx: TransactionSql,
  checked: Checked,
  { kind, from }: { kind: string; from: PlainDate },
): Promise<number> {
  const valid = span(from, null)
  return 'crew' in checked
    ? await withdrawFact(tx, 'crew_check', { crew_id: checked.crew, kind, valid })
    : await withdrawFact(tx, 'vehicle_check', { vehicle_id: checked.vehicle, kind, valid })
}

/** Ends from a day on that somebody is of the crew, or that a vehicle is there, and takes them off every run. */
export async function recordDeparture(tx: TransactionSql, gone: Checked, from: PlainDate): Promise<void> {
  const valid = span(from, null)
  const [roster, particulars, subject] =
    'crew' in gone
      ? (['run_crew', 'crew_particulars', { crew_id: gone.crew }] as const)
      : (['run_vehicle', 'vehicle_particulars', { vehicle_id: gone.vehicle }] as const)
  const [column = '', id = 0] = Object.entries(subject)[0] ?? []
  const rostered = await tx<{ run_id: number; days: string; valid: string }[]>`
    select run_id, days, valid * ${valid}::daterange as valid from ${tx(roster)}
     where ${tx(column)} = ${id} and upper_inf(known) and valid && ${valid}::daterange`
  for (const off of rostered) await withdrawFact(tx, roster, { ...off, ...subject })
  await withdrawFact(tx, particulars, { ...subject, valid })
}
