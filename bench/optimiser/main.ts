/**
 * npm run bench:optimiser -- FOLDER [--time s] [--seeds n] [--threads n] [--instances a,b] [--json] [--plans DIR]
 *   [--changes n] [--processor-time] [--without related|strings|tails|tours]
 * npm run bench:optimiser -- FOLDER --table [--seeds n] [--json] [--plans DIR]
 * Solves every instance of a benchmark set, judges each plan in the set's own terms, and prints how far it is from the
 * best published. With --changes, also times n pupils put on each plan and taken off it. With --processor-time,
 * seconds are those in which a processor worked for it, all threads together: for comparing on a busy machine.
 * With --table, FOLDER holds the folders of all the sets, and each is solved for the time that `whole-table.ts` gives it.
 * With --without, one thread searches without that part, to see what it is worth.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { linearSolver } from '#adapters/highs/linear.ts'
import { solveInThreads } from '#adapters/optimiser/solve-in-threads.ts'
import { check, SEARCH_PARTS, solve } from '#optimiser'
import { timeChanges } from './changes.ts'
import { trialsIn } from './recognise.ts'
import { type Row, tableOf } from './row.ts'
import { stopwatch } from './stopwatch.ts'
import { gapPercent, type Trial } from './trial.ts'
import { type Effort, partsOfTable } from './whole-table.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    time: { type: 'string', default: '10' },
    seeds: { type: 'string', default: '1' },
    threads: { type: 'string', default: '1' },
    instances: { type: 'string' },
    json: { type: 'boolean', default: false },
    plans: { type: 'string' },
    changes: { type: 'string', default: '0' },
    without: { type: 'string' },
    table: { type: 'boolean', default: false },
    'processor-time': { type: 'boolean', default: false },
  },
})
const [folder] = positionals
const without = SEARCH_PARTS.filter((part) => part === values.without)
const seconds = Number(values.time)
const threads = Number(values.threads)
const solveProgramme = await linearSolver()

if (folder === undefined) {
  refuse('Say which benchmark folder to solve: npm run bench:optimiser -- FOLDER [--time 10] [--seeds 1].')
} else if (!(Number.isInteger(threads) && threads >= 1)) {
  refuse(`--threads ${values.threads}: expected a whole number of at least 1.`)
} else if (values.without !== undefined && (without.length === 0 || threads > 1)) {
  refuse(`--without ${values.without}: expected one of ${SEARCH_PARTS.join(', ')}, and one thread.`)
} else if (!(seconds > 0 && Number(values.seeds) >= 1)) {
  refuse(
    `--time ${values.time} --seeds ${values.seeds}: expected a number of seconds above 0 and at least 1 seed.`,
  )
} else if (values.table) {
  await bench(partsOfTable(folder))
} else {
  await bench([{ folder, seconds, threads }])
}

function refuse(sentence: string): void {
  console.error(sentence)
  process.exitCode = 2
}

async function bench(parts: readonly Effort[]): Promise<void> {
  if (!values.json) console.log(machine())
  for (const part of parts) {
    const rows = await rowsOf(part)
    if (!values.json) console.log(`\n${tableOf(rows)}`)
  }
}

async function rowsOf(part: Effort): Promise<Row[]> {
  const wanted = values.instances?.split(',') ?? part.instances
  const trials = trialsIn(part.folder).filter(({ name }) => wanted?.includes(name) ?? true)
  const rows: Row[] = []
  for (const trial of trials) {
    for (let seed = 1; seed <= Number(values.seeds); seed++) {
      const row = await run(trial, seed, part)
      rows.push(row)
      if (values.json) console.log(JSON.stringify(row))
      else console.error(inShort(row))
    }
  }
  return rows
}

async function run(trial: Trial, seed: number, { seconds, threads }: Effort): Promise<Row> {
  const problem = trial.problem()
  const clock = stopwatch(values['processor-time'])
  const options = {
    seed,
    shouldStop: () => clock() >= seconds,
    spent: () => Math.min(1, clock() / seconds),
    solveProgramme,
    without,
  }
  const answer =
    threads === 1 ? solve(problem, options) : await solveInThreads(problem, { ...options, threads })
  const took = clock()
  const judged = trial.judge(answer.plan)
  const refereed = check(problem, answer.plan)
  if (values.plans) {
    mkdirSync(values.plans, { recursive: true })
    writeFileSync(join(values.plans, `${trial.name}-${seed}.json`), JSON.stringify(judged.plan))
  }
  if (Number(values.changes) > 0) {
    console.error(`${trial.name}: ${timeChanges(problem, answer.plan, Number(values.changes))}`)
  }
  return {
    instance: trial.name,
    set: trial.set,
    seed,
    threads,
    seconds: Math.round(took * 10) / 10,
    iterations: answer.rounds,
    cost: judged.cost,
    vehicles: judged.vehicles,
    best: trial.best?.value ?? null,
    gapPercent: gapPercent(trial, judged) ?? null,
    bound: trial.boundInOwnTerms(answer.bound),
    broken: [...judged.broken, ...refereed.words],
  }
}

function inShort({ instance, seed, cost, vehicles, gapPercent: gap, bound, broken }: Row): string {
  const away = gap === null ? '' : `, ${gap.toFixed(3)} % above the best known`
  const breaches = broken.length > 0 ? `, BROKEN: ${broken.slice(0, 3).join('; ')}` : ''
  return `${instance} seed ${seed}: ${cost.toFixed(2)} in ${vehicles} vehicles${away}, bound ${bound?.toFixed(2)}${breaches}`
}

function machine(): string {
  const [first] = cpus()
  return `${first?.model.trim() ?? 'a processor'}, ${cpus().length} cores; Node ${process.versions.node}; seconds ${values['processor-time'] ? 'of processor time' : 'by the clock'}; ${values.seeds} ${values.seeds === '1' ? 'seed' : 'seeds'}.`
}
