/** `firstbell plan run` looks for a plan of a scenario, referees it and keeps it; `plan show` tells what was found. */
import { keepRoads, roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { type Answer, type Asked, author, type Command, refused, report } from '#cli/command.ts'
import { inPounds, pence } from '#ground/money.ts'
import { ok, type Result } from '#ground/result.ts'
import { crowFly, type TravelTimes } from '#roads'
import { baselineJourneys } from '../baseline/baseline-store.ts'
import type { PolicyRefused } from '../policy/policy.ts'
import { yardsticksAt } from '../policy/policy-store.ts'
import type { Obstacle } from '../scenario/next-step.ts'
import { onScenario } from '../scenario/plan.command.ts'
import {
  blocks,
  counted,
  NO_ROADS,
  obstacleInWords,
  policyRefusedInWords,
  standingInWords,
} from '../scenario/scenario.view.ts'
import type { Standing } from '../scenario/standing-store.ts'
import { askToPlan } from '../search/ask-store.ts'
import { workOnSearch } from '../search/look-for-plan.job.ts'
import { searchesOf } from '../search/search-store.ts'
import { impactOf } from './found-plan.ts'
import { planAsJson, planInWords } from './found-plan.view.ts'
import { latestPlan } from './found-plan-store.ts'

export const planRunCommand: Command = {
  name: 'plan run',
  summary: 'look for a plan of a scenario and keep the best found; Ctrl-C keeps it sooner',
  takes: ['<name>'],
  options: [
    { flags: '--seconds <n>', means: 'how long to look (60)' },
    { flags: '--seed <n>', means: 'the number that chance begins from (1)' },
    { flags: '--queue', means: 'leave it to a worker, and come back to it' },
    { flags: '--crow-fly', means: 'estimate times by a straight line instead of roads' },
  ],
  keepsWhenStopped: true,

  run: (asked) =>
    onScenario(asked, async (standing) => {
      const effort = readEffort(asked.options)
      if (typeof effort === 'string') return refused(effort)
      const { crowFly: estimated = false, queue = false } = asked.options
      const { name } = standing.scenario
      const kept = keepRoads(asked.folder && roadsFileIn(asked.folder), asked.say)
      try {
        const roads = await kept.ask()
        const wanted = {
          ...effort,
          estimated: estimated === true,
          hasRoads: roads !== undefined,
          queued: queue === true,
          today: asked.today,
          now: asked.now,
          author: author(`Search asked for: ${name}`),
        }
        const search = await askToPlan(asked.sql, standing, wanted)
        if (!search.ok) return refused(inTheWay(name, search.refusal))
        if (queue === true)
          return report(`Search ${search.value} waits for a worker that is free.`, { search: search.value })
        return await lookNow(asked, standing, { search: search.value, roads })
      } finally {
        await kept.close()
      }
    }),
}

const inTheWay = (name: string, obstacles: readonly Obstacle[]): string =>
  [`“${name}” cannot be planned yet:`, ...obstacles.map((one) => `- ${obstacleInWords(one)}`)].join('\n')

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

type Search = { search: number; roads: TravelTimes | undefined }

/** Works on the search here, in a thread of its own, so that being told to stop is heard. */
async function lookNow(asked: Asked, standing: Standing, { search, roads }: Search): Promise<Answer> {
  const { sql, told, say } = asked
  let isEnough = false
  void told?.then(() => {
    isEnough = true
  })
  const plan = await workOnSearch({
    sql,
    search,
    roads,
    isStopping: () => false,
    isEnough: () => isEnough,
    tell: ({ spent, rounds, weighedPence, unplaced }) =>
      say(
        `After ${Math.round(spent)} s, ${rounds} rounds: ${inPounds(pence(weighedPence))} a day, hardship counted${unplaced > 0 ? `; ${counted(unplaced, 'ride')} without a place` : ''}`,
      ),
  })
  if (plan !== undefined) {
    const found = await toldAgainstBaseline(sql, standing)
    if (!found.ok) return refused(policyRefusedInWords(found.refusal))
    if (found.value) return report(found.value.text, found.value.json)
  }
  const [ended] = await searchesOf(sql, standing.scenario.id, search)
  return refused(ended?.failure ?? `Search ${search} is carried on by another worker.`)
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
