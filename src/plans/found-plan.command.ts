/** `firstbell plan run` looks for a plan of a scenario, referees it and keeps it; `plan show` tells what was found. */
import { solveInThreads } from '#adapters/optimiser/solve-in-threads.ts'
import { keepRoads, roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { type Answer, type Asked, author, type Command, refused, report } from '#cli/command.ts'
import { keepingAnswers } from '#distances/kept-answers-store'
import { inPounds, pence } from '#ground/money.ts'
import { ok, type Result } from '#ground/result.ts'
import { dayInWords } from '#ground/time.ts'
import { check, type Problem, type Solution } from '#optimiser'
import { crowFly, type TravelTimes } from '#roads'
import { baselineJourneys } from './baseline-store.ts'
import { askDrives } from './drives.ts'
import { type FoundPlan, impactOf, notAskedOf, readPlan, withoutKept } from './found-plan.ts'
import { planAsJson, planInWords } from './found-plan.view.ts'
import { type HowFound, keepPlan, latestPlan, ridersOn } from './found-plan-store.ts'
import { onScenario } from './plan.command.ts'
import type { PlanPolicy, PolicyRefused } from './policy.ts'
import { planPolicyAt, yardsticksAt } from './policy-store.ts'
import { problemOf, UNITS_IN_A_PENNY } from './problem-of.ts'
import { questionOf } from './question.ts'
import { blocks, NO_ROADS, policyRefusedInWords, standingInWords } from './scenario.view.ts'
import type { Standing } from './standing-store.ts'
import { unplacedInWords } from './unplaced.view.ts'
import type { Yardsticks } from './yardstick.ts'

export const planRunCommand: Command = {
  name: 'plan run',
  summary: 'look for a plan of a scenario and keep the best found; Ctrl-C keeps it sooner',
  takes: ['<name>'],
  options: [
    { flags: '--seconds <n>', means: 'how long to look (60)' },
    { flags: '--seed <n>', means: 'the number that chance begins from (1)' },
    { flags: '--crow-fly', means: 'estimate times by a straight line instead of roads' },
  ],
  keepsWhenStopped: true,

  run: (asked) =>
    onScenario(asked, async (standing) => {
      const effort = readEffort(asked.options)
      if (typeof effort === 'string') return refused(effort)
      const { beginsOn, name } = standing.scenario
      if (beginsOn <= asked.today)
        return refused(`“${name}” was to begin on ${dayInWords(beginsOn)}. Begin a new scenario.`)
      const inTheWay = blocks(standing)
      if (inTheWay.length > 0)
        return refused([`“${name}” cannot be planned yet:`, ...inTheWay.map((one) => `- ${one}`)].join('\n'))
      const policy = await planPolicyAt(asked.sql, standing.cut)
      const yardsticks = await yardsticksAt(asked.sql, standing.cut)
      if (!policy.ok) return refused(policyRefusedInWords(policy.refusal))
      if (!yardsticks.ok) return refused(policyRefusedInWords(yardsticks.refusal))
      return await withRoads(asked, (roads) =>
        search(asked, { standing, policy: policy.value, yardsticks: yardsticks.value, roads, effort }),
      )
    }),
}

type Effort = { seconds: number; seed: number }

function readEffort({ seconds = '60', seed = '1' }: Asked['options']): Effort | string {
  if (!/^[1-9]\d{0,4}$/.test(String(seconds)))
    return `--seconds is "${seconds}". Give a number from 1 to 99999.`
  if (!/^\d{1,9}$/.test(String(seed))) return `--seed is "${seed}". Give a whole number, like 1.`
  return { seconds: Number(seconds), seed: Number(seed) }
}

/** Does the work with the county's roads, or with a straight line where `--crow-fly` says so; refused without roads. */
export async function withRoads(
  { folder, options, say }: Asked,
  work: (roads: TravelTimes) => Promise<Answer>,
): Promise<Answer> {
  if (options['crowFly'] === true) return await work(crowFly())
  const kept = keepRoads(folder && roadsFileIn(folder), say)
  try {
    const roads = await kept.ask()
    return roads ? await work(roads) : refused(NO_ROADS)
  } finally {
    await kept.close()
  }
}

type Searching = {
  standing: Standing
  policy: PlanPolicy
  yardsticks: Yardsticks
  roads: TravelTimes
  effort: Effort
}

async function search(asked: Asked, searching: Searching): Promise<Answer> {
  const { sql, options } = asked
  const { standing, policy, yardsticks, roads, effort } = searching
  const { scenario, cut, schools, exceptions, population } = standing
  const people = population.planned
  const routes = scenario.terms.fixedRoutes
  const onKeptRoutes = await ridersOn(sql, { routes, pupils: people.map(({ pupil }) => pupil) }, cut)
  const question = questionOf({
    people: withoutKept(people, onKeptRoutes),
    schools,
    exceptions,
    beginsOn: scenario.beginsOn,
    terms: { ...scenario.terms, times: options['crowFly'] === true ? 'estimated' : 'measured' },
    policy,
  })
  if (question.rides.length === 0) return refused('Nobody is left to plan for: there is no ride to ask for.')
  const drives = await askDrives(keepingAnswers(sql, roads), question)
  const problem = problemOf(question, drives)
  const solution = await lookFor(problem, effort, asked)
  if (solution.trace.length === 0) return refused('Stopped before there was a first plan. Nothing is kept.')
  const { words } = check(problem, solution.plan)
  if (words.length > 0) throw new Error(`The plan breaks rules and is not kept: ${words.join(' ')}`)
  const translated = { question, drives, problem }
  const read = readPlan(translated, solution.plan, { people, oddness: yardsticks.oddness })
  const plan: FoundPlan = {
    ...read,
    cost: { ...read.cost, bound: pence(Math.floor(solution.bound / UNITS_IN_A_PENNY / problem.days)) },
    unplaced: unplacedInWords(translated, solution.unplaced).map(({ ride, reasons }) => ({
      pupil: ride.pupil,
      direction: ride.direction,
      days: ride.days,
      reasons,
    })),
    onKeptRoutes,
    notAsked: notAskedOf(people, question, onKeptRoutes),
  }
  return await keep(asked, {
    standing,
    plan,
    how: { ...effort, rounds: solution.rounds, times: roads.network },
  })
}

/**
 * One thread beside this one, so that being told to stop is heard. However short the time, there is a first plan: only
 * being told to stop ends it sooner.
 */
async function lookFor(problem: Problem, { seconds, seed }: Effort, { told, say }: Asked): Promise<Solution> {
  let stopped = false
  void told?.then(() => {
    stopped = true
  })
  const began = performance.now()
  const spent = () => Math.min(1, (performance.now() - began) / (seconds * 1000))
  let saidAt = Number.NEGATIVE_INFINITY
  let any = false
  return await solveInThreads(problem, {
    seed,
    threads: 1,
    spent,
    shouldStop: () => stopped || (any && spent() >= 1),
    onBetter: ({ cost, rounds }) => {
      any = true
      if (performance.now() - saidAt < 1000) return
      saidAt = performance.now()
      const daily = pence(Math.round(cost / UNITS_IN_A_PENNY / problem.days))
      say(
        `After ${Math.round((saidAt - began) / 1000)} s, ${rounds} rounds: ${inPounds(daily)} a day, hardship and anybody left out counted`,
      )
    },
  })
}

type Keeping = { standing: Standing; plan: FoundPlan; how: HowFound }

async function keep({ sql }: Asked, { standing, plan, how }: Keeping): Promise<Answer> {
  const { scenario, cut } = standing
  await keepPlan(sql, {
    scenario: scenario.id,
    cut,
    plan,
    how,
    author: author(`Plan found: ${scenario.name}`),
  })
  const told = await toldAgainstBaseline(sql, standing)
  if (!told.ok) return refused(policyRefusedInWords(told.refusal))
  if (!told.value) throw new Error('The plan that was kept cannot be found again.')
  return report(told.value.text, told.value.json)
}

type Told = { text: string; json: unknown }

/** The latest plan of a scenario against its baseline, in words and for a program; nothing before there is one. */
async function toldAgainstBaseline(
  sql: Asked['sql'],
  { scenario, people, cut }: Standing,
): Promise<Result<Told | undefined, PolicyRefused>> {
  const kept = await latestPlan(sql, scenario.id)
  if (!kept) return ok(undefined)
  const yardsticks = await yardsticksAt(sql, cut)
  if (!yardsticks.ok) return yardsticks
  const { limits } = yardsticks.value
  const baseline = await baselineJourneys(sql, scenario.id)
  const told = impactOf(kept.plan, { baseline, people, limits, on: scenario.beginsOn })
  return ok({ text: planInWords(kept, told), json: planAsJson(kept, told) })
}

export const planShowCommand: Command = {
  name: 'plan show',
  summary: 'how a scenario stands, what is in its way, and the plan found last',
  takes: ['<name>'],

  run: (asked) =>
    onScenario(asked, async (standing) => {
      const { planned, blocking, leftOut, joiners, leavers } = standing.population
      const told = await toldAgainstBaseline(asked.sql, standing)
      if (!told.ok) return refused(policyRefusedInWords(told.refusal))
      const found = told.value
      return report([standingInWords(standing), ...(found ? ['', found.text] : [])].join('\n'), {
        id: standing.scenario.id,
        name: standing.scenario.name,
        planned: planned.length,
        blocking: blocking.map(({ person, gaps }) => ({ pupil: person.pupil, gaps })),
        leftOut: leftOut.map(({ person }) => person.pupil),
        joiners: joiners.map(({ pupil }) => pupil),
        leavers,
        baseline: standing.baseline ?? null,
        inTheWay: blocks(standing),
        plan: found?.json ?? null,
      })
    }),
}
