import type { TransactionSql } from 'postgres'
import type { PlainDate } from '#ground/time.ts'

const WEEKDAYS = '{[0,5),[7,12)}'

/** States a fact in a test: the table, and its row without what the database fills in. */
export const state = (tx: TransactionSql, table: string, fact: Record<string, unknown>) =>
  tx`select state_fact(${table}::regclass, ${tx.json(fact as never)})`

/** A school that is open on weekdays from `from` on, with its id. */
export async function aSchool(
  tx: TransactionSql,
  { name, from }: { name: string; from: PlainDate },
): Promise<number> {
  const [row] = await tx<{ id: number }[]>`insert into school default values returning school_id as id`
  const id = row?.id ?? 0
  await state(tx, 'school_particulars', { school_id: id, name, kind: 'special', valid: `[${from},)` })
  return id
}

type PupilWanted = { name: string; school: number; from: PlainDate; until?: PlainDate; eligibility?: string }

/** An eligible pupil of a school, at home in North, with no travel arranged. Gives the id. */
export async function aPupil(
  tx: TransactionSql,
  { name, school, from, until, eligibility }: PupilWanted,
): Promise<number> {
  const [row] = await tx<{ id: number }[]>`insert into pupil default values returning pupil_id as id`
  const id = row?.id ?? 0
  const valid = `[${from},${until ?? ''})`
  const [given_name = '', family_name = ''] = name.split(' ')
  await state(tx, 'pupil_registration', { pupil_id: id, valid })
  await state(tx, 'pupil_particulars', {
    pupil_id: id,
    given_name,
    family_name,
    born_on: '2014-05-14',
    valid,
  })
  await state(tx, 'pupil_home', {
    pupil_id: id,
    address: '1 Mill Lane',
    area: 'North',
    pattern: '{[0,28)}',
    valid,
  })
  await state(tx, 'placement', { pupil_id: id, school_id: school, pattern: '{[0,10),[14,24)}', valid })
  await state(tx, 'eligibility', {
    pupil_id: id,
    state: eligibility ?? 'eligible',
    grounds: ['cannot-reasonably-walk'],
    valid,
  })
  return id
}

type Seat = { pupil: number; run: number; from: PlainDate; direction?: 1 | 2 }

export const aSeat = (tx: TransactionSql, { pupil, run, from, direction = 1 }: Seat) =>
  state(tx, 'travel_arrangement', {
    pupil_id: pupil,
    direction,
    kind: 'seat',
    run_id: run,
    days: WEEKDAYS,
    valid: `[${from},)`,
  })

export type RunMade = { run: number; route: number; contract: number; operator: number }

/** A run to school under a contract in force from `from` to `until`; nothing confirmed. */
export async function aRun(
  tx: TransactionSql,
  { school, from, until }: { school: number; from: PlainDate; until?: PlainDate },
): Promise<RunMade> {
  const [made] = await tx<RunMade[]>`
    with o as (insert into operator default values returning operator_id),
         c as (insert into contract default values returning contract_id),
         t as (insert into route default values returning route_id)
    select operator_id as operator, contract_id as contract, route_id as route, 0 as run from o, c, t`
  if (!made) throw new Error('The database made no operator, contract and route.')
  const [row] = await tx<
    { id: number }[]
  >`insert into run (route_id, direction) values (${made.route}, 1) returning run_id as id`
  const run = row?.id ?? 0
  const valid = `[${from},)`
  await state(tx, 'operator_particulars', { operator_id: made.operator, name: 'Kestrel Cars', valid })
  await state(tx, 'contract_terms', {
    contract_id: made.contract,
    operator_id: made.operator,
    reference: `C${made.contract}`,
    valid: `[${from},${until ?? ''})`,
  })
  await state(tx, 'route_terms', {
    route_id: made.route,
    contract_id: made.contract,
    code: `R${made.route}`,
    school_id: school,
    valid,
  })
  await state(tx, 'run_plan', { run_id: run, vehicle_type: 'car', days: WEEKDAYS, valid })
  return { ...made, run }
}
