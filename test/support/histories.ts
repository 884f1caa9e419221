/**
 * Histories of one pupil's travel, true and withdrawn, in coarse days so that facts meet, overlap and correct one
 * another. All long past: the interlock looks at later days, and lets anything be said of these.
 */
import fc from 'fast-check'
import type { TransactionSql } from 'postgres'
import { addDays, plainDate } from '#ground/time.ts'

export const first = plainDate('2021-08-30')
const last = plainDate('2022-01-01')
const rungs = [
  'contract-signed',
  'operator-accepted',
  'crew-and-vehicle-checked',
  'family-told',
  'school-told',
]

const aDay = fc.integer({ min: 0, max: 6 }).map((weeks) => addDays(first, weeks * 5))
const aSpan = fc
  .tuple(aDay, fc.option(fc.integer({ min: 1, max: 5 }), { freq: 2 }))
  .map(([from, weeks]) => `[${from},${weeks === null ? last : addDays(from, weeks * 5)})`)
const days = fc.constantFrom('{[0,5),[7,12)}', '{[0,14)}', '{[0,3)}', '{[1,2),[8,9)}', '{[7,12)}')
const halfDays = fc.constantFrom(
  '{[0,10),[14,24)}',
  '{[0,28)}',
  '{[0,1),[2,3),[4,5)}',
  '{[1,2),[3,4),[14,20)}',
  '{[4,10)}',
)
const either = fc.integer({ min: 0, max: 1 })

export type World = {
  pupils: number[]
  schools: number[]
  runs: number[]
  routes: number[]
  contracts: number[]
  operators: number[]
  crews: number[]
  vehicles: number[]
}

/** A fact to state or withdraw, once the world says what its subjects are called. */
export type Saying = { table: string; withdraw: boolean; fact: (world: World) => Record<string, unknown> }

type Parts = Record<string, fc.Arbitrary<unknown>>
const saying = (table: string, parts: Parts, name: (world: World, pick: number) => Record<string, unknown>) =>
  fc.tuple(fc.record(parts), aSpan, either, fc.boolean(), fc.integer({ min: 0, max: 3 })).map(
    ([payload, valid, pick, , one]): Saying => ({
      table,
      withdraw: one === 0,
      fact: (world) => ({ ...payload, valid, ...name(world, pick) }),
    }),
  )

const of = (list: number[], pick: number) => list[pick % list.length]
export const anything = fc.oneof(
  saying('pupil_registration', {}, (w) => ({ pupil_id: w.pupils[0] })),
  saying(
    'placement',
    { pattern: halfDays, boarding: fc.constantFrom('day', 'day', 'weekly', 'termly') },
    (w, n) => ({
      pupil_id: w.pupils[0],
      school_id: of(w.schools, n),
    }),
  ),
  saying(
    'eligibility',
    { state: fc.constantFrom('eligible', 'pending', 'under-appeal', 'refused') },
    (w) => ({
      pupil_id: w.pupils[0],
      grounds: ['cannot-reasonably-walk'],
    }),
  ),
  saying('pupil_absence', { notified_by: fc.constant('family') }, (w) => ({ pupil_id: w.pupils[0] })),
  saying('school_term', { name: fc.constant('Autumn') }, (w, n) => ({ school_id: of(w.schools, n) })),
  saying('bell_time', { days, opens: fc.constant('08:45'), closes: fc.constant('15:15') }, (w, n) => ({
    school_id: of(w.schools, n),
  })),
  saying(
    'school_closure',
    { kind: fc.constant('inset'), part: fc.constantFrom('whole-day', 'morning') },
    (w, n) => ({
      school_id: of(w.schools, n),
    }),
  ),
  saying('travel_arrangement', { days, direction: fc.constantFrom(1, 2) }, (w, n) => ({
    pupil_id: w.pupils[0],
    kind: 'seat',
    run_id: of(w.runs, n),
  })),
  saying(
    'travel_arrangement',
    {
      days,
      direction: fc.constantFrom(1, 2),
      kind: fc.constantFrom('mileage', 'travel-pass', 'interim-parental', 'offer-declined'),
    },
    (w) => ({ pupil_id: w.pupils[0] }),
  ),
  saying(
    'travel_consent',
    { kind: fc.constant('mileage'), given_by: fc.constant('mother'), evidence: fc.constant('form') },
    (w) => ({
      pupil_id: w.pupils[0],
    }),
  ),
  saying('run_plan', { days, assistant_posts: either, vehicle_type: fc.constant('car') }, (w, n) => ({
    run_id: of(w.runs, n),
  })),
  saying('route_terms', { code: fc.constant('R') }, (w, n) => ({
    route_id: of(w.routes, n),
    contract_id: of(w.contracts, n),
  })),
  saying(
    'contract_terms',
    { status: fc.constantFrom('in-force', 'awarded', 'handed-back'), reference: fc.constant('C') },
    (w, n) => ({
      contract_id: of(w.contracts, n),
      operator_id: w.operators[0],
    }),
  ),
  saying(
    'operator_particulars',
    { standing: fc.constantFrom('admitted', 'suspended'), name: fc.constant('Kestrel') },
    (w) => ({
      operator_id: w.operators[0],
    }),
  ),
  saying('run_crew', { days, post: fc.constantFrom('driver', 'passenger-assistant') }, (w, n) => ({
    run_id: w.runs[0],
    crew_id: of(w.crews, n),
  })),
  saying('run_vehicle', { days }, (w, n) => ({ run_id: of(w.runs, n), vehicle_id: w.vehicles[0] })),
  saying('crew_check', { kind: fc.constantFrom('dbs', 'badge', 'licence') }, (w, n) => ({
    crew_id: of(w.crews, n),
  })),
  saying('vehicle_check', { kind: fc.constantFrom('mot', 'insurance') }, (w) => ({
    vehicle_id: w.vehicles[0],
  })),
  saying(
    'confirmation',
    {
      kind: fc.constantFrom(...rungs),
      evidence: fc.constant('letter'),
      given_on: fc.constant('2021-08-01'),
    },
    (w, n) => ({
      contract_id: of(w.contracts, n),
      run_id: of(w.runs, n),
      pupil_id: 0,
    }),
  ),
)

/** A pupil with everything in place, so that what is then said has something to break. */
export const everythingInPlace: Saying[] = [
  ['pupil_registration', (w: World) => ({ pupil_id: w.pupils[0] })],
  [
    'placement',
    (w: World) => ({
      pupil_id: w.pupils[0],
      school_id: w.schools[0],
      pattern: '{[0,10),[14,24)}',
      boarding: 'day',
    }),
  ],
  [
    'eligibility',
    (w: World) => ({ pupil_id: w.pupils[0], state: 'eligible', grounds: ['cannot-reasonably-walk'] }),
  ],
  [
    'travel_arrangement',
    (w: World) => ({
      pupil_id: w.pupils[0],
      direction: 1,
      days: '{[0,5),[7,12)}',
      kind: 'seat',
      run_id: w.runs[0],
    }),
  ],
  ['run_plan', (w: World) => ({ run_id: w.runs[0], days: '{[0,14)}', vehicle_type: 'car' })],
  ['route_terms', (w: World) => ({ route_id: w.routes[0], contract_id: w.contracts[0], code: 'R' })],
  [
    'contract_terms',
    (w: World) => ({ contract_id: w.contracts[0], operator_id: w.operators[0], reference: 'C' }),
  ],
  ['run_crew', (w: World) => ({ run_id: w.runs[0], crew_id: w.crews[0], post: 'driver', days: '{[0,14)}' })],
  ['run_vehicle', (w: World) => ({ run_id: w.runs[0], vehicle_id: w.vehicles[0], days: '{[0,14)}' })],
  ...['dbs', 'badge', 'licence'].map(
    (kind) => ['crew_check', (w: World) => ({ crew_id: w.crews[0], kind })] as const,
  ),
  ...['mot', 'insurance'].map(
    (kind) => ['vehicle_check', (w: World) => ({ vehicle_id: w.vehicles[0], kind })] as const,
  ),
  ...rungs.map(
    (rung) =>
      [
        'confirmation',
        (w: World) => ({
          kind: rung,
          contract_id: w.contracts[0],
          run_id: w.runs[0],
          pupil_id: 0,
          evidence: 'letter',
          given_on: '2021-08-01',
        }),
      ] as const,
  ),
].map(([table, name]) => ({
  table: table as string,
  withdraw: false,
  fact: (world: World) => ({
    ...(name as (w: World) => Record<string, unknown>)(world),
    valid: `[${first},)`,
  }),
}))

export async function say(
  tx: TransactionSql,
  world: World,
  { table, withdraw, fact }: Saying,
): Promise<void> {
  const words = about(fact(world), world)
  if (withdraw) await tx`select withdraw_fact(${table}::regclass, ${tx.json(words as never)})`
  else await tx`select state_fact(${table}::regclass, ${tx.json(words as never)})`
}

/** A confirmation is about the contract, the run or the pupil, as its kind says. */
function about(fact: Record<string, unknown>, world: World): Record<string, unknown> {
  if (fact['kind'] === 'contract-signed') return { ...fact, run_id: 0 }
  return fact['kind'] === 'family-told' ? { ...fact, pupil_id: world.pupils[0] } : fact
}

export async function aWorld(tx: TransactionSql): Promise<World> {
  const add = async (table: string, count: number) => {
    const made = await tx<{ id: number }[]>`
      insert into ${tx(table)} (revision) select current_revision() from generate_series(1, ${count}) returning ${tx(`${table}_id`)} as id`
    return made.map(({ id }) => id)
  }
  const routes = await add('route', 2)
  const runs = await tx<{ id: number }[]>`
    insert into run (route_id, direction) select route, 1 from unnest(${routes}::integer[]) route returning run_id as id`
  return {
    routes,
    runs: runs.map(({ id }) => id),
    pupils: await add('pupil', 1),
    schools: await add('school', 2),
    contracts: await add('contract', 2),
    operators: await add('operator', 1),
    crews: await add('crew', 2),
    vehicles: await add('vehicle', 1),
  }
}
