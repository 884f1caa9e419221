/**
 * Changes that would strand a child of the small county in March 2097, one for each way of writing: by a function, by a
 * form, by a file.
 */
import type { Sql, TransactionSql } from 'postgres'
import { endContract } from '#contracts/write-store'
import type { CrewId, VehicleId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { plainDate } from '#ground/time.ts'
import { bear, stateFact, withdrawFact } from '#knowledge/store'
import { recordDeparture, recordOperator, recordStanding, revokeCheck } from '#operators/write-store'
import {
  addRun,
  assignVehicle,
  endRoute,
  endRun,
  moveRoute,
  planRun,
  rosterCrew,
  standDownCrew,
  standDownVehicle,
} from '#routes/write-store'
import { arrangeTravel, endTravel, giveSeat, withdrawConsent } from '#travel-arrangements/arrangement-store'
import { retract } from '#travel-arrangements/confirmation-store'
import { changePupil } from '../../src/changeover/pupil-change-store.ts'
import { transferYear } from '../../src/changeover/transfer-store.ts'
import type { SmallCounty } from './small-county.ts'

const from = plainDate('2097-03-01')
const lastDay = plainDate('2097-02-28')
const colin = 1 as CrewId
const minibus = 1 as VehicleId

/** What holds on Monday 14 February 2022 holds until 2099, the licence of the driver too; and outsiders' names for it. */
export async function yearsOn(sql: Sql, { runs }: SmallCounty): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'test', 'years on')`
    const tables = await tx<{ name: string }[]>`
      select table_name as name from fact_kind
       where table_name not in ('pupil_absence', 'school_term', 'school_closure', 'bank_holiday', 'person_role')`
    for (const { name } of tables) {
      await tx`
        select count(state_fact(${name}::regclass, to_jsonb(f) || '{"valid": "[2022-07-23,2099-07-23)"}'))
          from ${tx(name)} f where upper_inf(f.known) and f.valid @> '2022-02-14'::date and not f.valid @> '2099-01-01'::date
           and (to_jsonb(f) ->> 'kind') is distinct from 'temporary-vehicle'`
    }
    const called = { 'BEA-02-AM': ['run', runs.morning], 'K-1': ['crew', colin] }
    for (const [reference, [kind, subject_id]] of Object.entries(called))
      await stateFact(tx, 'outside_reference', { kind, reference, subject_id, valid: '[2020-01-01,)' })
  })
}

type Work = (tx: TransactionSql, county: SmallCounty) => Promise<unknown>

/** By module and function. */
export const strandingWork: Record<string, Work> = {
  'changeover: changePupil': (tx, { pupils }) =>
    changePupil(tx, {
      change: 'move-home',
      pupil: pupils.ffion,
      from,
      home: { address: '9 Tide Row' },
      seats: 'release',
    }),
  'changeover: transferYear': (tx, { pupils, oakfield }) =>
    transferYear(tx, {
      yearGroup: '7',
      from,
      decisions: [{ pupil: pupils.ffion, name: 'Ffion', does: 'moves', to: oakfield, toName: 'Oakfield' }],
    }),
  'contracts: endContract': (tx, { running }) => endContract(tx, { contract: running, lastDay }),
  'knowledge: stateFact': async (tx, { running, kestrel }) =>
    ok(
      await stateFact(tx, 'contract_terms', {
        contract_id: running,
        operator_id: kestrel,
        reference: 'C-0902',
        status: 'handed-back',
        valid: `[${from},)`,
      }),
    ),
  'knowledge: withdrawFact': async (tx, { route }) =>
    ok(await withdrawFact(tx, 'route_terms', { route_id: route, valid: `[${from},)` })),
  'operators: recordDeparture': async (tx) => ok(await recordDeparture(tx, { crew: colin }, from)),
  'operators: recordOperator': async (tx, { kestrel }) =>
    ok(await recordOperator(tx, kestrel, { name: 'Kestrel Cars', standing: 'suspended', from })),
  'operators: recordStanding': (tx, { kestrel }) =>
    recordStanding(tx, kestrel, { standing: 'suspended', from }),
  'operators: revokeCheck': async (tx) =>
    ok(await revokeCheck(tx, { vehicle: minibus }, { kind: 'mot', from })),
  'routes: assignVehicle': async (tx, { runs }) =>
    ok(await assignVehicle(tx, { run: runs.morning, vehicle: await bear(tx, 'vehicle'), from })),
  'routes: endRoute': async (tx, { route }) => ok(await endRoute(tx, route, from)),
  'routes: endRun': async (tx, { runs }) => ok(await endRun(tx, { run: runs.morning, from })),
  'routes: moveRoute': async (tx, { route, ended }) =>
    ok(await moveRoute(tx, { route, contract: ended, from })),
  'routes: planRun': (tx, { runs }) =>
    planRun(tx, {
      run: runs.morning,
      vehicleType: 'Minibus',
      layouts: [[8, 0]],
      assistantPosts: 2,
      stops: [],
      from,
    }),
  'routes: rosterCrew': async (tx, { runs }) =>
    ok(await rosterCrew(tx, { run: runs.morning, crew: await bear(tx, 'crew'), post: 'driver', from })),
  'routes: standDownCrew': async (tx, { runs }) =>
    ok(await standDownCrew(tx, { run: runs.morning, crew: colin, from })),
  'routes: standDownVehicle': async (tx, { runs }) =>
    ok(await standDownVehicle(tx, { run: runs.morning, from })),
  'travel-arrangements: arrangeTravel': (tx, { pupils }) =>
    arrangeTravel(tx, { pupil: pupils.ffion, directions: [1], kind: 'interim-parental', reason: 'x', from }),
  'travel-arrangements: endTravel': async (tx, { pupils }) =>
    ok(await endTravel(tx, { pupil: pupils.ffion, directions: [1, 2], from })),
  'travel-arrangements: giveSeat': async (tx, { pupils, route, runs }) =>
    giveSeat(tx, { pupil: pupils.ffion, run: await addRun(tx, route, 1), insteadOf: runs.morning, from }),
  'travel-arrangements: retract': async (tx, { running }) =>
    ok(await retract(tx, { rung: 'contract-signed', contract: running }, from)),
  'travel-arrangements: withdrawConsent': async (tx, { pupils }) =>
    ok(await withdrawConsent(tx, { pupil: pupils.niamh, kind: 'personal-travel-budget', from })),
}

type Sent = { params: Record<string, string>; form: Record<string, string>; query?: Record<string, string> }
const pupil = ({ pupils }: SmallCounty) => ({ pupilId: String(pupils.ffion) })
const run = ({ runs }: SmallCounty) => ({ runId: String(runs.morning) })

/** By the path of the page. */
export const strandingForms: Record<string, (county: SmallCounty) => Sent> = {
  '/contracts/:contractId/end': ({ running }) => ({
    params: { contractId: String(running) },
    form: { 'last-day': lastDay },
  }),
  '/operators/:operatorId/check/withdrawn': ({ kestrel }) => ({
    params: { operatorId: String(kestrel) },
    form: { check: `crew-${colin} dbs`, from, why: 'Barred' },
  }),
  '/operators/:operatorId/departure': ({ kestrel }) => ({
    params: { operatorId: String(kestrel) },
    form: { of: `vehicle-${minibus}`, 'last-day': lastDay },
  }),
  '/operators/:operatorId/standing': ({ kestrel }) => ({
    params: { operatorId: String(kestrel) },
    form: { standing: 'suspended', from },
  }),
  '/routes/:routeId/end': ({ route }) => ({
    params: { routeId: String(route) },
    form: { 'last-day': lastDay },
  }),
  '/runs/:runId/end': (county) => ({ params: run(county), form: { 'last-day': lastDay } }),
  // Three assistants wanted on a run that has at most one.
  '/runs/:runId/plan': (county) => ({
    params: run(county),
    form: { 'vehicle-type': 'Minibus', layouts: '16', posts: '3', stops: '07:50 The Green', from },
  }),
  '/runs/:runId/crew': (county) => ({ params: run(county), form: { off: String(colin), from } }),
  '/runs/:runId/vehicle': (county) => ({ params: run(county), form: { from } }),
  '/pupils/:pupilId/arrangement': (county) => ({
    params: pupil(county),
    form: { kind: 'interim-parental', way: 'both', from, reason: 'No driver' },
  }),
  '/pupils/:pupilId/arrangement/end': (county) => ({
    params: pupil(county),
    form: { way: 'both', 'last-day': lastDay },
  }),
  '/pupils/:pupilId/consent/withdrawn': ({ pupils }) => ({
    params: { pupilId: String(pupils.niamh) },
    form: { kind: 'personal-travel-budget', from, why: 'Her mother rang' },
  }),
  '/pupils/:pupilId/move-home': (county) => ({
    params: pupil(county),
    form: { from, address: '9 Tide Row', postcode: 'WQ9 2BB', seats: 'release' },
  }),
  '/pupils/:pupilId/move-school': (county) => ({
    params: pupil(county),
    form: { from, school: String(county.oakfield) },
  }),
  '/pupils/:pupilId/need': (county) => ({
    params: pupil(county),
    form: {
      from,
      seats: 'release',
      'sent-by': 'SEN team, West',
      mobility: 'seat',
      assistant: 'none',
      handover: 'school-staff',
      communication: 'Speaks freely',
    },
  }),
  '/pupils/transfers/year': ({ pupils }) => ({
    params: {},
    query: { year: '7', from },
    form: { [`school-${pupils.ffion}`]: 'Oakfield School' },
  }),
  // A seat on a run whose contract ended years before, in place of one that runs.
  '/pupils/:pupilId/seat': (county) => ({
    params: pupil(county),
    form: { from, run: String(county.oldRun), instead: String(county.runs.morning), why: 'Another run' },
  }),
}

const ends = (heading: string, row: string) => `${heading},First day,Last day\n${row},2022-07-23,${lastDay}\n`
const upn = (id: number) => `W${String(820_000_000_000 + id)}`

/** By the kind of file: each says that what it names ends with February, or that something new is wanted from March. */
export const strandingFiles: Record<string, (county: SmallCounty) => string> = {
  operators: () => `Name,Standing,First day\nKestrel Cars,suspended,${from}\n`,
  'vehicle-checks': () => ends('Vehicle,Check', 'WQ21 KES,mot'),
  'crew-checks': () => ends('Crew member,Check', 'K-1,dbs'),
  contracts: () => ends('Contract,Operator', 'C-0902,Kestrel Cars'),
  routes: () => ends('Route,Contract', 'BEA-02,C-0902'),
  runs: () => ends('Run,Route,Direction,Vehicle type', 'BEA-02-AM,BEA-02,to-school,Minibus'),
  'run-crew': () => ends('Run,Crew member,Post', 'BEA-02-AM,K-1,driver'),
  'run-vehicles': () => ends('Run,Vehicle', 'BEA-02-AM,WQ21 KES'),
  consents: ({ pupils }) =>
    ends(
      'Pupil,Kind,Given by,Evidence',
      `${upn(pupils.niamh)},personal-travel-budget,Sinéad O’Brien,Signed form`,
    ),
  allocations: ({ pupils }) => ends('Pupil,Direction,Run', `${upn(pupils.ffion)},to-school,BEA-02-AM`),
  confirmations: () =>
    ends('Kind,Contract,Evidence,Given on', 'contract-signed,C-0902,Signed copy 0902,2021-08-01'),
  policies: () => `Policy,Value,First day\nrequired-checks,"{""driver"":[""juggling""]}",${from}\n`,
}
