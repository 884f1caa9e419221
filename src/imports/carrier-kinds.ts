/** Operators, what they drive and whom they employ, their contracts, and the routes and runs under them. */
import { column, type Kind, kind, naming, reference } from './kind.ts'
import * as read from './reading.ts'

const operator = (to: string, but = {}) =>
  naming(['Operator', to], 'operator', { needed: true, also: ['Supplier', 'Contractor', 'Company'], ...but })
const run = (to: string) => naming(['Run', to], 'run', { needed: true, also: ['Run reference'] })
const direction = read.oneOf({
  'to-school': '1',
  'to school': '1',
  am: '1',
  morning: '1',
  1: '1',
  'from-school': '2',
  'from school': '2',
  pm: '2',
  afternoon: '2',
  2: '2',
})
const days = (table: string) =>
  column(['Days', `${table}.days`], read.daysOfFortnight, { also: ['Days of operation'] })
const SCHOOL_DAYS = { days: '{[0,5),[7,12)}' }
const pence = read.pounds

export const carrierKinds: readonly Kind[] = [
  kind({
    name: 'operators',
    title: 'Operators',
    says: 'firms that carry pupils',
    of: 'operator',
    knownBy: ['Reference', 'Company number'],
    orBy: [['Name']],
    facts: [{ table: 'operator_particulars' }],
    columns: [
      reference('ID', 'Operator ID', 'Supplier number'),
      column(['Name', 'operator_particulars.name'], read.words, {
        needed: true,
        also: ['Operator', 'Operator name', 'Company', 'Supplier'],
      }),
      column(['Company number', 'operator_particulars.company_number'], read.companyNumber),
      column(['Phone', 'operator_particulars.phone'], read.phone, { also: ['Telephone'] }),
      column(['E-mail', 'operator_particulars.email'], read.email, { also: ['Email'] }),
      column(['Standing', 'operator_particulars.standing'], read.anyOf('admitted', 'suspended', 'left'), {
        also: ['Status'],
      }),
      column(['Vehicles declared', 'operator_particulars.vehicles_declared'], read.whole(0, 10_000), {
        also: ['Number of vehicles'],
      }),
    ],
  }),
  kind({
    name: 'vehicles',
    title: 'Vehicles',
    says: 'what each operator drives, and how it seats',
    of: 'vehicle',
    knownBy: ['Reference', 'Registration'],
    facts: [{ table: 'vehicle_particulars' }],
    columns: [
      reference('ID', 'Vehicle ID'),
      operator('vehicle_particulars.operator_id'),
      column(
        ['Registration', 'vehicle_particulars.registration'],
        (text) => ({ value: text.toUpperCase() }),
        {
          needed: true,
          also: ['Reg', 'VRM', 'Registration number'],
        },
      ),
      column(['Vehicle type', 'vehicle_particulars.vehicle_type'], read.words, {
        needed: true,
        also: ['Type'],
      }),
      column(['Layouts', 'vehicle_particulars.layouts'], read.layouts, {
        needed: true,
        as: 'layouts',
        also: ['Seats', 'Capacity', 'Seats + wheelchairs'],
      }),
      column(['Tail lift', 'vehicle_particulars.tail_lift'], read.yesOrNo, { as: 'yes-or-no' }),
    ],
  }),
  kind({
    name: 'vehicle-checks',
    title: 'Vehicle checks',
    says: 'MOT, insurance, licence and lift tests, with the day each lapses',
    facts: [{ table: 'vehicle_check' }],
    columns: [
      naming(['Vehicle', 'vehicle_check.vehicle_id'], 'vehicle', {
        needed: true,
        also: ['Registration', 'Reg'],
      }),
      column(['Check', 'vehicle_check.kind'], read.words, { needed: true, also: ['Kind'] }),
      column(['Check reference', 'vehicle_check.reference'], read.words),
    ],
  }),
  kind({
    name: 'crew',
    title: 'Crew',
    says: 'drivers and passenger assistants',
    of: 'crew',
    knownBy: ['Reference'],
    orBy: [['Name', 'Operator']],
    facts: [{ table: 'crew_particulars' }],
    columns: [
      reference('ID', 'Badge number', 'Staff number'),
      operator('crew_particulars.operator_id'),
      column(['Name', 'crew_particulars.name'], read.words, { needed: true }),
      column(
        ['Post', 'crew_particulars.post'],
        read.oneOf({
          driver: 'driver',
          'passenger-assistant': 'passenger-assistant',
          assistant: 'passenger-assistant',
          pa: 'passenger-assistant',
          escort: 'passenger-assistant',
        }),
        { needed: true, also: ['Role'] },
      ),
      column(['Phone', 'crew_particulars.phone'], read.phone, { also: ['Telephone', 'Mobile'] }),
    ],
  }),
  kind({
    name: 'crew-checks',
    title: 'Crew checks',
    says: 'DBS, badge, licence and training, with the day each lapses',
    facts: [{ table: 'crew_check' }],
    columns: [
      naming(['Crew member', 'crew_check.crew_id'], 'crew', {
        needed: true,
        also: ['Crew', 'Staff number', 'Badge number'],
      }),
      column(['Check', 'crew_check.kind'], read.words, { needed: true, also: ['Kind'] }),
      column(['Check reference', 'crew_check.reference'], read.words),
      column(['Verified how', 'crew_check.verified_how'], read.words),
    ],
  }),
  kind({
    name: 'contracts',
    title: 'Contracts',
    says: 'call-offs with operators: dates, notice, rates',
    of: 'contract',
    knownBy: ['Reference', 'Contract'],
    facts: [{ table: 'contract_terms' }],
    columns: [
      reference('ID'),
      column(['Contract', 'contract_terms.reference'], read.words, {
        needed: true,
        also: ['Contract reference', 'Contract number', 'Call-off'],
      }),
      operator('contract_terms.operator_id'),
      column(['Notice in days', 'contract_terms.notice_days'], read.whole(0, 730), {
        also: ['Notice', 'Notice days'],
      }),
      column(['Daily rate', 'contract_terms.daily_rate_pence'], pence, {
        as: 'pounds',
        also: ['Day rate', 'Cost per day'],
      }),
      column(['Variation rate', 'contract_terms.variation_rate_pence'], pence, {
        as: 'pounds',
        also: ['Rate per mile'],
      }),
      column(['Extension in months', 'contract_terms.extension_months'], read.whole(0, 120)),
      column(['Status', 'contract_terms.status'], read.anyOf('awarded', 'in-force', 'handed-back')),
    ],
  }),
  kind({
    name: 'routes',
    title: 'Routes',
    says: 'what each contract carries',
    of: 'route',
    knownBy: ['Reference', 'Route'],
    facts: [{ table: 'route_terms' }],
    columns: [
      reference('ID'),
      column(['Route', 'route_terms.code'], read.words, {
        needed: true,
        also: ['Route code', 'Route number', 'Code'],
      }),
      naming(['Contract', 'route_terms.contract_id'], 'contract', {
        needed: true,
        also: ['Contract reference', 'Contract number'],
      }),
      column(['Name', 'route_terms.name'], read.words, { also: ['Route name'] }),
      naming(['School', 'route_terms.school_id'], 'school', {
        also: ['URN', 'School URN', 'School name', 'Destination'],
      }),
    ],
  }),
  kind({
    name: 'runs',
    title: 'Runs',
    says: 'each journey of a route: direction, days, vehicle type, stops with times',
    of: 'run',
    knownBy: ['Reference'],
    orBy: [['Route', 'Direction']],
    facts: [{ table: 'run_plan', constants: SCHOOL_DAYS }],
    columns: [
      reference('ID', 'Run', 'Run reference'),
      naming(['Route', 'run.route_id'], 'route', { needed: true, also: ['Route code', 'Route number'] }),
      column(['Direction', 'run.direction'], direction, { needed: true, also: ['AM/PM', 'Session'] }),
      days('run_plan'),
      column(['Vehicle type', 'run_plan.vehicle_type'], read.words, { needed: true, also: ['Vehicle'] }),
      column(['Layouts', 'run_plan.layouts'], read.layouts, { as: 'layouts', also: ['Seats', 'Capacity'] }),
      column(['Assistant posts', 'run_plan.assistant_posts'], read.whole(0, 10), {
        also: ['Passenger assistants', 'PAs'],
      }),
      column(['Stops', 'run_plan.stops'], read.json, { as: 'stops' }),
      column(['Miles live', 'run_plan.miles_live'], read.number(0, 999), { also: ['Live miles'] }),
      column(['Miles dead', 'run_plan.miles_dead'], read.number(0, 999), { also: ['Dead miles'] }),
    ],
  }),
  kind({
    name: 'run-crew',
    title: 'Crew of runs',
    says: 'who drives and who assists on each run',
    facts: [{ table: 'run_crew', constants: SCHOOL_DAYS }],
    columns: [
      run('run_crew.run_id'),
      naming(['Crew member', 'run_crew.crew_id'], 'crew', {
        needed: true,
        also: ['Crew', 'Staff number', 'Badge number'],
      }),
      column(['Post', 'run_crew.post'], read.anyOf('driver', 'passenger-assistant'), { needed: true }),
      days('run_crew'),
    ],
  }),
  kind({
    name: 'run-vehicles',
    title: 'Vehicles of runs',
    says: 'which vehicle makes each run',
    facts: [{ table: 'run_vehicle', constants: SCHOOL_DAYS }],
    columns: [
      run('run_vehicle.run_id'),
      naming(['Vehicle', 'run_vehicle.vehicle_id'], 'vehicle', {
        needed: true,
        also: ['Registration', 'Reg'],
      }),
      days('run_vehicle'),
    ],
  }),
]
