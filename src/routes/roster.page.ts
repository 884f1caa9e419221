/** Takes a driver, an assistant or the vehicle off a run, and puts another in their place in the same change. */
import type { TransactionSql } from 'postgres'
import { type CrewId, readId, type VehicleId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { operatorAsAt } from '#operators/store'
import { fieldError } from '#web/forms.ts'
import type { Page, Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { type RunRecord, runsAsAt } from './run-store.ts'
import { assignVehicle, rosterCrew, standDownCrew, standDownVehicle } from './write-store.ts'

type Option = { value: string; text: string }
type Swap = {
  question: string
  /** `stand them down`, `take the vehicle off the run`. */
  doing: string
  /** Who may be taken off, to choose from; none when there is but the one vehicle. */
  off: readonly Option[]
  instead: readonly Option[]
  /** What it is to have none instead: `Nobody`, `No vehicle`. */
  none: string
  swap: (tx: TransactionSql, chosen: Chosen) => Promise<Result<null, SwapRefused>>
}
type Chosen = { off: string; instead: string; from: PlainDate }
type SwapRefused = { because: 'not-on-the-run' }

export const runCrewPage = swapPage('/runs/:runId/crew', async (visit, run) => ({
  question: 'Who comes off the run, and who takes their place?',
  doing: 'stand them down',
  none: 'Nobody',
  off: run.crew.map(({ crew, name, post }) => ({ value: String(crew), text: `${name}, ${inWords(post)}` })),
  instead: ((await carrierOf(visit, run))?.crew ?? [])
    .filter(({ crew }) => !run.crew.some((one) => one.crew === crew))
    .map(({ crew, name, post }) => ({ value: String(crew), text: `${name}, ${inWords(post)}` })),
  async swap(tx, { off, instead, from }) {
    const leaving = run.crew.find(({ crew }) => String(crew) === off)
    if (!leaving || (await standDownCrew(tx, { run: run.run, crew: leaving.crew, from })) === 0)
      return refuse({ because: 'not-on-the-run' })
    const crew = readId<'Crew'>(instead) as CrewId | undefined
    const post = leaving.post as 'driver' | 'passenger-assistant'
    if (crew) await rosterCrew(tx, { run: run.run, crew, post, from, ...days(run) })
    return ok(null)
  },
}))

export const runVehiclePage = swapPage('/runs/:runId/vehicle', async (visit, run) => ({
  question: 'Which vehicle makes the run instead?',
  doing: 'change the vehicle',
  none: 'No vehicle',
  off: [],
  instead: ((await carrierOf(visit, run))?.vehicles ?? [])
    .filter(({ vehicle }) => vehicle !== run.vehicle?.vehicle)
    .map(({ vehicle, registration, type }) => ({ value: String(vehicle), text: `${registration}, ${type}` })),
  async swap(tx, { instead, from }) {
    const vehicle = readId<'Vehicle'>(instead) as VehicleId | undefined
    if (vehicle) await assignVehicle(tx, { run: run.run, vehicle, from, ...days(run) })
    else if ((await standDownVehicle(tx, { run: run.run, from })) === 0)
      return refuse({ because: 'not-on-the-run' })
    return ok(null)
  },
}))

const inWords = (post: string): string => post.replace('-', ' ')
const days = ({ days }: RunRecord) => (days === null ? {} : { days })

const carrierOf = ({ sql, today, now }: Visit, { operator }: RunRecord) =>
  operator === null ? undefined : operatorAsAt(sql, operator, { on: today, knownAt: now })

type Asked = { run: RunRecord; swap: Swap }

function swapPage(path: string, swapOf: (visit: Visit, run: RunRecord) => Promise<Swap>): Page {
  return recordFormPage<Asked, Chosen, null>({
    path,
    roles: ['transport-officer', 'commissioner', 'manager'],
    async subject(visit) {
      const run = await runOf(visit)
      return run && { run, swap: await swapOf(visit, run) }
    },
    question: ({ swap }) => swap.question,
    says: ({ run }) =>
      `${nameOf(run)}, with ${run.riders.length} pupils aboard today. You will see every pupil who would be worse off before anything is recorded.`,
    back: ({ run }) => paths.route(run.route),
    replaces: ({ run: { run } }) =>
      ['run_crew', 'run_vehicle'].map((table) => ({ table, key: { run_id: run } })),
    questions: ({ swap: { off, instead, none } }) => [
      ...(off.length > 0
        ? [{ ask: 'one' as const, name: 'off', label: 'Who comes off?', options: off }]
        : []),
      {
        ask: 'choice',
        name: 'instead',
        label: 'Instead',
        hint: 'Of the same operator',
        options: instead,
        none,
      },
      { ask: 'day', name: 'from', label: 'From' },
    ],
    read(form, _lists, { swap }) {
      const read = reading(form)
      const from = read.day('from', 'the first day of the change')
      const off = swap.off.length === 0 ? 'none' : chosenOf(read.optional('off'), swap.off)
      if (off === undefined) read.wrong('off', 'Choose who comes off the run')
      return read.answer(from && off && { from, off, instead: form['instead'] ?? '' })
    },
    title: ({ run, swap }, chosen) =>
      `${nameOf(run)}: ${wordsOf(swap, chosen)} from ${dayInWords(chosen.from)}`,
    doing: ({ swap }) => swap.doing,
    async work(tx, { swap }, chosen) {
      const done = await swap.swap(tx, chosen)
      if (done.ok) return done
      const text = `Not on the run from ${dayInWords(chosen.from)} on. Choose an earlier day`
      return refuse([fieldError(swap.off.length === 0 ? 'from' : 'off', text)])
    },
    told: ({ swap }, { instead }) => [
      instead === ''
        ? `${swap.none} comes instead.`
        : 'Who or what makes the run must have every check in date: the state of each pupil says so.',
    ],
  })
}

async function runOf({ params, sql, today, now }: Visit): Promise<RunRecord | undefined> {
  const run = readId<'Run'>(params['runId'])
  return run && (await runsAsAt(sql, { run }, { on: today, knownAt: now }))[0]
}

const chosenOf = (typed: string | undefined, options: readonly Option[]) =>
  options.find(({ value }) => value === typed)?.value

const nameOf = ({ code, direction }: RunRecord): string =>
  `${code}, ${directionInWords(direction).toLowerCase()}`

function wordsOf({ off, instead, none }: Swap, chosen: Chosen): string {
  const comes = instead.find(({ value }) => value === chosen.instead)?.text ?? none.toLowerCase()
  const goes = off.find(({ value }) => value === chosen.off)?.text
  return goes ? `${comes} instead of ${goes},` : comes
}
