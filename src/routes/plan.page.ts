/** Puts a route under a contract, and plans a run of it stop by stop. */
import { contractChoice } from '#contracts/choice-store'
import { type ContractId, type RouteId, readId, type SchoolId } from '#ground/ids.ts'
import { daysInWords, everySchoolDay, readDays } from '#ground/pattern.ts'
import { ok } from '#ground/result.ts'
import { dayInWords, type PlainDate, timeInWords } from '#ground/time.ts'
import { schoolChoices } from '#schools/choice-store'
import { fieldError } from '#web/forms.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { layoutsTyped, readLayouts, readStops, stopsTyped } from './plan-text.ts'
import { type RunRecord, runsAsAt } from './run-store.ts'
import { addRun, planRun, type RunPlan, recordRoute } from './write-store.ts'

const roles = ['transport-officer', 'manager'] as const

type Contract = {
  contract: ContractId
  reference: string
  schools: readonly { school: SchoolId; name: string }[]
}
type NewRoute = { code: string; name: string | undefined; school: SchoolId | undefined; from: PlainDate }

export const newRoutePage = recordFormPage<Contract, NewRoute, RouteId>({
  path: '/contracts/:contractId/route',
  roles: ['transport-officer', 'commissioner', 'manager'],
  async subject({ sql, params, today, now }) {
    const asAt = { on: today, knownAt: now }
    const contract = readId<'Contract'>(params['contractId'])
    const reference = contract && (await contractChoice(sql, contract, asAt))
    return contract && reference
      ? { contract, reference, schools: await schoolChoices(sql, asAt) }
      : undefined
  },
  question: ({ reference }) => `Which route does ${reference} carry?`,
  says: 'It gets a run to school and a run home, each without stops until they are planned.',
  back: ({ contract }) => paths.contract(contract),
  questions: ({ schools }) => [
    { ask: 'text', name: 'code', label: 'Route number', hint: 'OAK-07, for example', width: 10 },
    { ask: 'text', name: 'name', label: 'Called (optional)' },
    {
      ask: 'choice',
      name: 'school',
      label: 'School (optional)',
      options: schools.map(({ school, name }) => ({ value: String(school), text: name })),
    },
    { ask: 'day', name: 'from', label: 'First day' },
  ],
  read(form) {
    const read = reading(form)
    const code = read.text('code', 'Enter the route number')
    const from = read.day('from', 'the first day')
    return read.answer(
      code && from && { code, from, name: read.optional('name'), school: readId<'School'>(form['school']) },
    )
  },
  title: ({ reference }, { code, from }) => `${code} is put under ${reference} from ${dayInWords(from)}`,
  doing: 'record the route',
  async work(tx, { contract }, { code, name, school, from }) {
    const route = await recordRoute(tx, {
      contract,
      code,
      from,
      ...(name && { name }),
      ...(school && { school }),
    })
    for (const direction of [1, 2] as const) {
      const run = await addRun(tx, route, direction)
      // Planned with no stop, so that the route has a page from which to plan them.
      await planRun(tx, { run, vehicleType: 'Not chosen yet', layouts: [[0, 0]], stops: [], from })
    }
    return ok(route)
  },
  told: () => ['Nobody has a seat on it yet. Next: plan its runs.'],
  onward: (_contract, route) => paths.route(route),
})

async function runOf({ sql, params, today, now }: Visit): Promise<RunRecord | undefined> {
  const run = readId<'Run'>(params['runId'])
  const [record] = run ? await runsAsAt(sql, { run }, { on: today, knownAt: now }) : []
  return record
}
const titleOf = ({ code, direction }: RunRecord) => `${code}, ${directionInWords(direction).toLowerCase()}`
const backTo = ({ route }: RunRecord) => paths.route(route)
const ridersOf = ({ riders }: RunRecord) => riders.map(({ pupil }) => pupil)

type Planned = Omit<RunPlan, 'run'>

export const planRunPage = recordFormPage<RunRecord, Planned, null>({
  path: '/runs/:runId/plan',
  roles,
  subject: runOf,
  question: (run) => `How is ${titleOf(run)} made?`,
  says: 'A plan holds from its first day on. What the operator, families and school were told of the old one is for you to tell anew.',
  back: backTo,
  pupils: ridersOf,
  replaces: ({ run }) => [{ table: 'run_plan', key: { run_id: run } }],
  questions: () => [
    { ask: 'text', name: 'days', label: 'On which days? (optional)', hint: 'Empty means every school day' },
    { ask: 'text', name: 'vehicle-type', label: 'Vehicle', width: 20 },
    {
      ask: 'lines',
      rows: 2,
      name: 'layouts',
      label: 'Layouts',
      hint: 'Seats and wheelchair places that can be had at once, a line each: 16, or 13 and 1',
    },
    { ask: 'text', name: 'posts', label: 'Passenger assistants', width: 3 },
    {
      ask: 'lines',
      rows: 10,
      name: 'stops',
      label: 'Stops, in order',
      hint: 'A line each, the time first: 07:45 4 Mill Lane',
    },
    { ask: 'day', name: 'from', label: 'From' },
  ],
  standing: (run) => ({
    'vehicle-type': run.vehicleType ?? '',
    layouts: layoutsTyped(run.layouts),
    posts: String(run.assistantPosts),
    stops: stopsTyped(run.stops),
  }),
  read(form, _lists, run) {
    const read = reading(form)
    const typed = read.optional('days')
    const days = typed === undefined ? everySchoolDay : readDays(typed)
    if (!days) read.wrong('days', `"${typed}" names no days. Enter some like Monday to Thursday`)
    const vehicleType = read.text('vehicle-type', 'Enter the kind of vehicle')
    const layouts = readLayouts(read.text('layouts', 'Enter at least one layout') ?? '')
    if (!layouts && read.optional('layouts'))
      read.wrong('layouts', 'Enter seats and wheelchair places a line each, as 13 and 1')
    const assistantPosts = read.optionalNumber('posts') ?? 0
    const stops = readStops(form['stops'] ?? '', run.stops)
    if (!stops.ok)
      read.wrong(
        'stops',
        `"${stops.refusal}" does not begin with a time. Enter each stop as 07:45 4 Mill Lane`,
      )
    const from = read.day('from', 'the first day of the plan')
    return read.answer<Planned>(
      days &&
        vehicleType &&
        layouts &&
        stops.ok &&
        from && { days, vehicleType, layouts, assistantPosts, from, stops: stops.value },
    )
  },
  title: (run, { days, from }) =>
    `${titleOf(run)}: a new plan, ${daysInWords(days ?? everySchoolDay)}, from ${dayInWords(from)}`,
  doing: 'record the plan',
  async work(tx, { run }, plan) {
    const done = await planRun(tx, { run, ...plan })
    if (done.ok) return done
    const { refusal } = done
    return {
      ok: false,
      refusal: [
        refusal.because === 'no-layout'
          ? fieldError('layouts', 'Enter at least one layout')
          : fieldError(
              'stops',
              `Stop ${refusal.stop}, ${refusal.place}, is at ${timeInWords(refusal.at)}, before the one ahead of it at ${timeInWords(refusal.after)}. Put them in the order of their times`,
            ),
      ],
    }
  },
  told: (run, { stops }) => [
    `${stops.length} stops. ${run.riders.length === 0 ? 'Nobody is aboard.' : `${run.riders.length} pupils are aboard.`}`,
    ...run.riders
      .filter(({ pupil }) => !stops.some((stop) => stop.pupil === pupil))
      .map(({ name }) => `${name} has a seat and no stop of their own in this plan.`),
  ],
})
