/** Reads everything one pupil's travel hangs on, in every belief ever held: what the pure function is asked with. */
import type { Sql } from 'postgres'
import type { PlainDate } from '#ground/time.ts'
import type { TravelHistory } from './history.ts'

type Row = {
  validFrom: PlainDate
  validUntil: PlainDate | null
  knownFrom: number
  knownUntil: number | null
}

/** The whole history behind a pupil's travel. Every run they ever had a seat on comes with its contract and crew. */
export async function travelHistoryOf(sql: Sql, pupil: number): Promise<TravelHistory> {
  const own = await pupilFacts(sql, pupil)
  const runs = own.arrangements.flatMap(({ run }) => (run === null ? [] : [run]))
  const schools = own.placements.map(({ school }) => school)
  return {
    pupil,
    ...own,
    ...(await schoolFacts(sql, schools)),
    ...(await runFacts(sql, runs)),
    ...(await checkFacts(sql, runs)),
  }
}

const clocks = (sql: Sql) => sql`
  lower(valid) as "validFrom", upper(valid) as "validUntil", lower(known) as "knownFrom", upper(known) as "knownUntil"`
const slots = (sql: Sql, column: string) =>
  sql`array(select n from generate_series(0, 27) n where ${sql(column)} @> n)`

const dated = <F extends Row>({ validFrom, validUntil, knownFrom, knownUntil, ...fact }: F) => ({
  ...fact,
  valid: { from: validFrom, until: validUntil },
  known: { from: knownFrom, until: knownUntil },
})

async function pupilFacts(sql: Sql, pupil: number) {
  type Placement = TravelHistory['placements'][number]
  type Arrangement = TravelHistory['arrangements'][number]
  const clock = clocks(sql)
  return {
    registrations: (await sql<Row[]>`select ${clock} from pupil_registration where pupil_id = ${pupil}`).map(
      dated,
    ),
    placements: (
      await sql<(Row & Pick<Placement, 'school' | 'halfDays' | 'boarding'>)[]>`
        select ${clock}, school_id as school, boarding, ${slots(sql, 'pattern')} as "halfDays"
          from placement where pupil_id = ${pupil}`
    ).map(dated),
    eligibility: (
      await sql<(Row & Pick<TravelHistory['eligibility'][number], 'state'>)[]>`
        select ${clock}, state from eligibility where pupil_id = ${pupil}`
    ).map(dated),
    absences: (await sql<Row[]>`select ${clock} from pupil_absence where pupil_id = ${pupil}`).map(dated),
    arrangements: (
      await sql<(Row & Pick<Arrangement, 'direction' | 'days' | 'kind' | 'run'>)[]>`
        select ${clock}, direction, kind, run_id as run, ${slots(sql, 'days')} as days
          from travel_arrangement where pupil_id = ${pupil}`
    ).map(dated),
    consents: (
      await sql<
        (Row & { kind: string })[]
      >`select ${clock}, kind from travel_consent where pupil_id = ${pupil}`
    ).map(dated),
  }
}

async function schoolFacts(sql: Sql, schools: readonly number[]) {
  type Closure = TravelHistory['closures'][number]
  const clock = clocks(sql)
  const of = sql`school_id = any(${schools as number[]}::integer[])`
  return {
    terms: (
      await sql<
        (Row & { school: number })[]
      >`select ${clock}, school_id as school from school_term where ${of}`
    ).map(dated),
    bells: (
      await sql<(Row & { school: number; days: number[] })[]>`
        select ${clock}, school_id as school, ${slots(sql, 'days')} as days from bell_time where ${of}`
    ).map(dated),
    closures: (
      await sql<(Row & Pick<Closure, 'school' | 'part'>)[]>`
        select ${clock}, school_id as school, part from school_closure where ${of}`
    ).map(dated),
    bankHolidays: (await sql<Row[]>`select ${clock} from bank_holiday`).map(dated),
    requiredChecks: (
      await sql<(Row & { value: TravelHistory['requiredChecks'][number]['value'] })[]>`
        select ${clock}, value from policy where name = 'required-checks'`
    ).map(dated),
  }
}

async function runFacts(sql: Sql, runs: readonly number[]) {
  type Confirmation = TravelHistory['confirmations'][number]
  const clock = clocks(sql)
  const of = sql`run_id = any(${runs as number[]}::integer[])`
  const routes = sql`select route_id from run where ${of}`
  const contracts = sql`select contract_id from route_terms where route_id in (${routes})`
  const made = await sql<
    { run: number; route: number }[]
  >`select run_id as run, route_id as route from run where ${of}`
  return {
    routeOfRun: new Map(made.map(({ run, route }) => [run, route])),
    runPlans: (
      await sql<(Row & { run: number; assistantPosts: number; days: number[] })[]>`
        select ${clock}, run_id as run, assistant_posts as "assistantPosts", ${slots(sql, 'days')} as days
          from run_plan where ${of}`
    ).map(dated),
    routes: (
      await sql<(Row & { route: number; contract: number })[]>`
        select ${clock}, route_id as route, contract_id as contract from route_terms where route_id in (${routes})`
    ).map(dated),
    contracts: (
      await sql<(Row & { contract: number; operator: number; status: string })[]>`
        select ${clock}, contract_id as contract, operator_id as operator, status
          from contract_terms where contract_id in (${contracts})`
    ).map(dated),
    operators: (
      await sql<(Row & { operator: number; standing: string })[]>`
        select ${clock}, operator_id as operator, standing from operator_particulars
         where operator_id in (select operator_id from contract_terms where contract_id in (${contracts}))`
    ).map(dated),
    confirmations: (
      await sql<(Row & Pick<Confirmation, 'kind' | 'contract' | 'run' | 'pupil'>)[]>`
        select ${clock}, kind, contract_id as contract, run_id as run, pupil_id as pupil
          from confirmation where contract_id in (${contracts})`
    ).map(dated),
  }
}

async function checkFacts(sql: Sql, runs: readonly number[]) {
  type Rostered = TravelHistory['roster'][number]
  const clock = clocks(sql)
  const of = sql`run_id = any(${runs as number[]}::integer[])`
  return {
    roster: (
      await sql<(Row & Pick<Rostered, 'run' | 'crew' | 'post' | 'days'>)[]>`
        select ${clock}, run_id as run, crew_id as crew, post, ${slots(sql, 'days')} as days from run_crew where ${of}`
    ).map(dated),
    vehicles: (
      await sql<(Row & { run: number; vehicle: number; days: number[] })[]>`
        select ${clock}, run_id as run, vehicle_id as vehicle, ${slots(sql, 'days')} as days from run_vehicle where ${of}`
    ).map(dated),
    crewChecks: (
      await sql<(Row & { crew: number; kind: string })[]>`
        select ${clock}, crew_id as crew, kind from crew_check where crew_id in (select crew_id from run_crew where ${of})`
    ).map(dated),
    vehicleChecks: (
      await sql<(Row & { vehicle: number; kind: string })[]>`
        select ${clock}, vehicle_id as vehicle, kind from vehicle_check
         where vehicle_id in (select vehicle_id from run_vehicle where ${of})`
    ).map(dated),
  }
}
