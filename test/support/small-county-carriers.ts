/** The schools of the small county, and who carries to them. */
import type { TransactionSql } from 'postgres'
import type { ContractId, OperatorId, RouteId, RunId, SchoolId } from '#ground/ids.ts'

const YEAR = '[2021-09-01,2022-07-23)'
const SCHOOL_DAYS = '{[0,5),[7,12)}'
const everySchoolDay = new Set(['run_plan', 'run_crew', 'run_vehicle', 'travel_arrangement'])

/** States a fact inside a revision that has begun: for the school year and every school day, unless told. */
export async function fact(tx: TransactionSql, table: string, row: object): Promise<void> {
  const whole = { valid: YEAR, ...(everySchoolDay.has(table) && { days: SCHOOL_DAYS }), ...row }
  await tx`select state_fact(${table}::regclass, ${tx.json(whole as never)})`
}

/** Gives a new pupil, school, run… its number. */
export async function born<Id>(tx: TransactionSql, thing: string, but: object = {}): Promise<Id> {
  const key = `${thing}_id`
  const [row] =
    await tx`insert into ${tx(thing)} ${tx({ revision: await currentRevision(tx), ...but })} returning ${tx(key)} as id`
  return row?.['id'] as Id
}

async function currentRevision(tx: TransactionSql): Promise<number> {
  const [row] = await tx<{ revision: number }[]>`select current_revision() as revision`
  return row?.revision ?? 0
}

/** Oakfield and The Beacon, with a spring term and a training day. */
export async function schoolsOf(tx: TransactionSql) {
  const oakfield = await born<SchoolId>(tx, 'school')
  const beacon = await born<SchoolId>(tx, 'school')
  await fact(tx, 'school_particulars', {
    school_id: oakfield,
    name: 'Oakfield School',
    kind: 'special',
    phase: 'all-through',
    area: 'Harrow Vale',
    urn: '900101',
    phone: '01632 960101',
  })
  await fact(tx, 'school_particulars', {
    school_id: beacon,
    name: 'The Beacon',
    kind: 'special',
    phase: 'secondary',
    area: 'Saltmouth',
    urn: '900102',
  })
  for (const school_id of [oakfield, beacon]) {
    await fact(tx, 'school_term', { school_id, name: 'Spring, first half', valid: '[2022-01-05,2022-02-19)' })
    await fact(tx, 'school_term', {
      school_id,
      name: 'Spring, second half',
      valid: '[2022-02-28,2022-04-02)',
    })
    await fact(tx, 'bell_time', { school_id, days: '{[0,5),[7,12)}', opens: '08:50', closes: '15:20' })
    await fact(tx, 'school_entrance', { school_id, address: 'School Lane', postcode: 'WQ4 1AA' })
  }
  await fact(tx, 'school_closure', {
    school_id: beacon,
    kind: 'inset',
    reason: 'Staff training',
    valid: '[2022-02-18,2022-02-19)',
  })
  return { oakfield, beacon }
}

/** Kestrel Cars, a minibus, a driver whose licence ends on 1 March, a contract that ended and one that runs. */
export async function carriersOf(
  tx: TransactionSql,
  { oakfield, beacon }: { oakfield: SchoolId; beacon: SchoolId },
) {
  const kestrel = await born<OperatorId>(tx, 'operator')
  await fact(tx, 'operator_particulars', {
    operator_id: kestrel,
    name: 'Kestrel Cars',
    phone: '01632 960201',
    email: 'office@kestrel.example',
    vehicles_declared: 12,
  })
  const vehicle_id = await born<number>(tx, 'vehicle')
  await fact(tx, 'vehicle_particulars', {
    vehicle_id,
    operator_id: kestrel,
    registration: 'WQ21 KES',
    vehicle_type: 'Minibus',
    layouts: [
      [8, 0],
      [5, 1],
    ],
    tail_lift: true,
  })
  for (const kind of ['mot', 'insurance'])
    await fact(tx, 'vehicle_check', { vehicle_id, kind, valid: '[2021-06-01,2022-06-01)' })
  const crew_id = await born<number>(tx, 'crew')
  await fact(tx, 'crew_particulars', {
    crew_id,
    operator_id: kestrel,
    name: 'Colin Farrow',
    post: 'driver',
    phone: '07700 900123',
  })
  for (const kind of ['dbs', 'badge'])
    await fact(tx, 'crew_check', { crew_id, kind, reference: 'A-17', valid: '[2020-06-01,2023-06-01)' })
  await fact(tx, 'crew_check', {
    crew_id,
    kind: 'licence',
    reference: 'L-2',
    valid: '[2021-03-01,2022-03-01)',
  })

  const ended = await born<ContractId>(tx, 'contract')
  const running = await born<ContractId>(tx, 'contract')
  await fact(tx, 'contract_terms', {
    contract_id: ended,
    operator_id: kestrel,
    reference: 'C-0881',
    daily_rate_pence: 14_250,
    valid: '[2020-09-01,2022-02-12)',
  })
  await fact(tx, 'contract_terms', {
    contract_id: running,
    operator_id: kestrel,
    reference: 'C-0902',
    daily_rate_pence: 18_800,
    variation_rate_pence: 210,
    extension_months: 12,
    valid: '[2021-09-01,2023-07-23)',
  })

  const oldRoute = await born<RouteId>(tx, 'route')
  const route = await born<RouteId>(tx, 'route')
  await fact(tx, 'route_terms', {
    route_id: oldRoute,
    contract_id: ended,
    code: 'OAK-07',
    name: 'Mill Lane',
    school_id: oakfield,
  })
  await fact(tx, 'route_terms', {
    route_id: route,
    contract_id: running,
    code: 'BEA-02',
    name: 'Saltmouth and Quay',
    school_id: beacon,
  })
  const oldRun = await born<RunId>(tx, 'run', { route_id: oldRoute, direction: 1 })
  const morning = await born<RunId>(tx, 'run', { route_id: route, direction: 1 })
  const afternoon = await born<RunId>(tx, 'run', { route_id: route, direction: 2 })
  await fact(tx, 'run_plan', {
    run_id: oldRun,
    vehicle_type: 'Taxi',
    layouts: [[4, 0]],
    valid: '[2021-09-01,2022-02-12)',
  })
  const stops = (at: string) => [
    { place: '3 Quay Street', kind: 'home', at, latitude: 51.1198, longitude: -6.7986 },
    { place: 'The Beacon', kind: 'school', school: beacon, at: '08:40', latitude: 51.1, longitude: -6.75 },
  ]
  await fact(tx, 'run_plan', {
    run_id: morning,
    vehicle_type: 'Minibus',
    layouts: [
      [8, 0],
      [5, 1],
    ],
    stops: stops('07:50'),
    miles_live: 9.4,
    miles_dead: 3.1,
  })
  await fact(tx, 'run_plan', {
    run_id: afternoon,
    vehicle_type: 'Minibus',
    layouts: [
      [8, 0],
      [5, 1],
    ],
    stops: stops('15:25').reverse(),
  })
  for (const run_id of [morning, afternoon]) {
    await fact(tx, 'run_crew', { run_id, crew_id, post: 'driver' })
    await fact(tx, 'run_vehicle', { run_id, vehicle_id })
    const word = { contract_id: running, run_id, given_on: '2021-08-20' }
    await fact(tx, 'confirmation', { ...word, kind: 'operator-accepted', evidence: 'Email of 20 August' })
    await fact(tx, 'confirmation', { ...word, kind: 'crew-and-vehicle-checked', evidence: 'Badge seen' })
    await fact(tx, 'confirmation', { ...word, kind: 'school-told', evidence: 'List sent' })
  }
  await fact(tx, 'confirmation', {
    kind: 'contract-signed',
    contract_id: running,
    evidence: 'Signed copy 0902',
    given_on: '2021-08-01',
  })
  return { kestrel, ended, running, oldRun, route, runs: { morning, afternoon } }
}
