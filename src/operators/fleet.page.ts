/** An operator's crew, vehicles and the checks of both: recorded when seen, renewed before they run out. */
import type { CrewId, VehicleId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { fieldError } from '#web/forms.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { aboutOperator } from './operator-form.page.ts'
import type { OperatorRecord } from './store.ts'
import { recordCheck, recordCrew, recordVehicle } from './write-store.ts'

/** The part of a form about an operator's crew and vehicles that is the same for all of them. */
export const aboutFleet = {
  roles: ['commissioner', 'transport-officer', 'manager'],
  ...aboutOperator,
} as const

const crewChecks = ['dbs', 'badge', 'licence', 'first-aid', 'safeguarding']
const vehicleChecks = ['mot', 'insurance', 'licence', 'loler']
const checkNames: Readonly<Record<string, string>> = {
  dbs: 'Enhanced DBS',
  badge: 'Council badge',
  licence: 'Licence',
  'first-aid': 'First aid',
  safeguarding: 'Safeguarding training',
  mot: 'MOT',
  insurance: 'Insurance',
  loler: 'Tail-lift inspection (LOLER)',
}

type Check = {
  of: { crew: CrewId } | { vehicle: VehicleId }
  who: string
  kind: string
  reference: string | undefined
  verifiedHow: string
  from: PlainDate
  expiresOn: PlainDate
}

export const checkPage = recordFormPage<OperatorRecord, Check, null>({
  path: '/operators/:operatorId/check',
  ...aboutFleet,
  question: ({ name }) => `Which check of ${name} was seen?`,
  says: 'A check holds until the day it expires on. Without it, nobody on the runs of that person or vehicle is confirmed.',
  questions: (record) => [
    {
      ask: 'choice',
      name: 'of',
      label: 'Whose?',
      options: inFleet(record).map(({ value, text }) => ({ value, text })),
    },
    {
      ask: 'choice',
      name: 'kind',
      label: 'Check',
      options: [...new Set([...crewChecks, ...vehicleChecks])].map((value) => ({
        value,
        text: checkNames[value] ?? value,
      })),
    },
    { ask: 'text', name: 'reference', label: 'Number of the certificate (optional)', width: 20 },
    {
      ask: 'text',
      name: 'how',
      label: 'How was it verified?',
      hint: 'Against the DBS update service; the original seen',
    },
    { ask: 'day', name: 'from', label: 'Good from' },
    { ask: 'day', name: 'expires', label: 'Expires on', hint: 'That day included' },
  ],
  standing: (_operator, { today }) => ({ from: today }),
  read(form, _lists, record) {
    const read = reading(form)
    const of =
      inFleet(record).find(({ value }) => value === form['of']) ??
      read.wrong('of', 'Choose whose check it is')
    const kind = read.choice('kind', Object.keys(checkNames), 'Choose a check')
    if (of && kind && !(of.value.startsWith('crew') ? crewChecks : vehicleChecks).includes(kind))
      read.wrong('kind', `${checkNames[kind]} is not a check of ${of.text}. Choose another`)
    const verifiedHow = read.text('how', 'Enter how it was verified: an operator’s word is not enough')
    const from = read.day('from', 'from when it is good')
    const expiresOn = read.day('expires', 'when it expires')
    if (from && expiresOn && expiresOn < from)
      read.wrong('expires', `It would expire before ${dayInWords(from)}, when it begins. Enter a later day`)
    return read.answer<Check>(
      of &&
        kind &&
        verifiedHow &&
        from &&
        expiresOn && {
          of: of.of,
          who: of.text,
          kind,
          reference: read.optional('reference'),
          verifiedHow,
          from,
          expiresOn,
        },
    )
  },
  title: (_operator, { who, kind, expiresOn }) =>
    `${who}: ${checkNames[kind]} until ${dayInWords(expiresOn)}`,
  doing: 'record the check',
  async work(tx, _operator, { of, reference, ...check }) {
    await recordCheck(tx, of, { ...check, ...(reference && { reference }) })
    return ok(null)
  },
  told: () => ['What was recorded of this check on these days before gives way to this.'],
})

export type InFleet = ReturnType<typeof inFleet>[number]

/** An operator's crew and vehicles, each with its checks, to choose from in a form. */
export function inFleet({ crew, vehicles }: OperatorRecord) {
  return [
    ...crew.map((one) => ({
      value: `crew-${one.crew}`,
      text: `${one.name}, ${one.post.replace('-', ' ')}`,
      of: { crew: one.crew },
      checks: one.checks,
    })),
    ...vehicles.map((one) => ({
      value: `vehicle-${one.vehicle}`,
      text: `${one.registration}, ${one.type}`,
      of: { vehicle: one.vehicle },
      checks: one.checks,
    })),
  ]
}

const posts = [
  { value: 'driver', text: 'Driver' },
  { value: 'passenger-assistant', text: 'Passenger assistant' },
] as const
type NewCrew = {
  name: string
  post: (typeof posts)[number]['value']
  phone: string | undefined
  from: PlainDate
}

export const newCrewPage = recordFormPage<OperatorRecord, NewCrew, CrewId>({
  path: '/operators/:operatorId/crew',
  ...aboutFleet,
  question: ({ name }) => `Who joins the crew of ${name}?`,
  questions: () => [
    { ask: 'text', name: 'name', label: 'Name', width: 20 },
    { ask: 'one', name: 'post', label: 'Post', options: posts },
    { ask: 'text', name: 'phone', label: 'Telephone (optional)', width: 20 },
    { ask: 'day', name: 'from', label: 'From' },
  ],
  standing: (_operator, { today }) => ({ from: today }),
  read(form) {
    const read = reading(form)
    const name = read.text('name', 'Enter the name')
    const post = read.choice(
      'post',
      posts.map(({ value }) => value),
      'Choose a post',
    )
    const from = read.day('from', 'the first day')
    return read.answer(name && post && from && { name, post, from, phone: read.optional('phone') })
  },
  title: ({ name: operator }, { name, post }) => `${name} joins ${operator} as ${post.replace('-', ' ')}`,
  doing: 'record them',
  work: async (tx, { operator }, { phone, ...crew }) =>
    ok(await recordCrew(tx, { operator, ...crew, ...(phone && { phone }) })),
  told: ({ name }) => [
    `They may be rostered on runs of ${name}. No check of theirs is recorded yet: record what was seen.`,
  ],
  onward: ({ operator }, crew) => `${paths.operatorCheck(operator)}?of=crew-${crew}`,
})

type NewVehicle = {
  registration: string
  type: string
  layouts: readonly (readonly [number, number])[]
  tailLift: boolean
  from: PlainDate
}

export const newVehiclePage = recordFormPage<OperatorRecord, NewVehicle, VehicleId>({
  path: '/operators/:operatorId/vehicles',
  ...aboutFleet,
  question: ({ name }) => `Which vehicle does ${name} bring?`,
  questions: () => [
    { ask: 'text', name: 'registration', label: 'Registration', width: 10 },
    { ask: 'text', name: 'type', label: 'Type', hint: 'Minibus, for example', width: 20 },
    {
      ask: 'lines',
      rows: 2,
      name: 'layouts',
      label: 'Layouts',
      hint: 'Seats and wheelchair places that can be had at once, a line each: 16, or 13 and 1',
    },
    { ask: 'yes', name: 'tail-lift', label: 'Has a tail-lift' },
    { ask: 'day', name: 'from', label: 'From' },
  ],
  standing: (_operator, { today }) => ({ from: today }),
  read(form) {
    const read = reading(form)
    const registration = read.text('registration', 'Enter the registration')?.toUpperCase()
    const type = read.text('type', 'Enter what kind of vehicle it is')
    const layouts = readLayouts(read.text('layouts', 'Enter at least one layout') ?? '')
    if (!layouts && read.optional('layouts'))
      read.wrong(
        'layouts',
        `"${form['layouts']?.trim()}" cannot be read. Enter seats and wheelchair places a line each, as 13 and 1`,
      )
    const from = read.day('from', 'the first day')
    return read.answer(
      registration &&
        type &&
        layouts &&
        from && { registration, type, layouts, from, tailLift: form['tail-lift'] === 'yes' },
    )
  },
  title: ({ name }, { registration, type }) => `${name}: ${type} ${registration}`,
  doing: 'record the vehicle',
  async work(tx, { operator, vehicles }, vehicle) {
    if (vehicles.some(({ registration }) => registration === vehicle.registration))
      return {
        ok: false,
        refusal: [
          fieldError(
            'registration',
            `${vehicle.registration} is recorded already. Look at the operator’s page`,
          ),
        ],
      }
    return ok(await recordVehicle(tx, { operator, ...vehicle }))
  },
  told: () => ['It may be assigned to runs. No check of it is recorded yet: record what was seen.'],
  onward: ({ operator }, vehicle) => `${paths.operatorCheck(operator)}?of=vehicle-${vehicle}`,
})

/** `16` or `13 and 1`, a line each, as pairs of seats and wheelchair places; nothing for text that is neither. */
function readLayouts(text: string): [number, number][] | undefined {
  const lines = text
    .split(/\n|;/)
    .map((line) => line.trim())
    .filter(Boolean)
  const read = lines.map((line) => /^(\d{1,2})(?:\s*(?:and|\+|,)\s*(\d{1,2}))?$/.exec(line))
  if (lines.length === 0 || read.some((one) => one === null)) return undefined
  return read.map((one) => [Number(one?.[1]), Number(one?.[2] ?? 0)])
}
