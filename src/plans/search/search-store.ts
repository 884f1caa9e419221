/** Searches for plans: asked for, worked on by one worker at a time, carried on by another, and kept in one go. */
import type { Sql, TransactionSql } from 'postgres'
import type { PersonId } from '#ground/ids.ts'
import type { Instant } from '#ground/time.ts'
import { type Author, beginRevision } from '#knowledge/store'
import { locksOn } from '../by-hand/lock-store.ts'
import { addAreas } from './area-store.ts'
import type { Area } from './areas.ts'
import type { Frozen, Numbered } from './frozen.ts'
import { keepQuestion } from './question-store.ts'
import { askForWorker, silent } from './worker-store.ts'

export type Search = {
  id: number
  scenario: number
  question: number
  cut: number
  goesOnFrom: number | null
  askedBy: string
  askedAt: Instant
  seconds: number
  seed: number
  state: 'waiting' | 'searching' | 'kept' | 'failed'
  stopAskedBy: string | null
  /** Whether whoever works on it has fallen silent. */
  isSilent: boolean
  spent: number
  rounds: number
  boundPence: number | null
  plan: number | null
  failure: string | null
}

type Asking = {
  scenario: number
  cut: number
  /** What is to be asked, or the number of a question that was asked before. */
  frozen: Frozen | number
  goesOnFrom?: number
  /** The numbers of vehicles that are left as they are, and all vehicles to begin with. */
  holding?: { held: readonly number[]; vehicles: Numbered }
  seconds: number
  seed: number
  author: Author
  now: Instant
  /** Looked for one by one before the whole, where it is cut into areas. */
  areas?: readonly Area[]
}

/** Asks for a search and freezes what it is asked; with `queued`, any worker may begin. Gives its number. */
export async function askForSearch(
  sql: Sql,
  { author, frozen, scenario, cut, areas = [], holding, ...asked }: Asking,
  { queued }: { queued: boolean },
): Promise<number> {
  return (await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    const question = typeof frozen === 'number' ? frozen : await keepQuestion(tx, { scenario, cut, frozen })
    const held = holding?.held ?? (asked.goesOnFrom ? await heldOn(tx, asked.goesOnFrom) : [])
    const [made] = await tx<{ id: number }[]>`
      insert into plan_search (question_id, goes_on_from, asked_by, asked_at, seconds, seed, held, vehicles)
      values (${question}, ${asked.goesOnFrom ?? null}, ${author.by}, ${asked.now}, ${asked.seconds}, ${asked.seed},
              ${[...held]}, ${holding ? tx.json(holding.vehicles as never) : null})
      returning search_id as id`
    const id = made?.id ?? 0
    await addAreas(tx, { search: id, seconds: asked.seconds, areas })
    if (queued && areas.length === 0) await askForWorker(tx, id)
    return id
  })) as number
}

/** The numbers of vehicles with a locked run. A search leaves the whole vehicle as it is. */
const heldOn = async (tx: TransactionSql, plan: number): Promise<number[]> => [
  ...new Set((await locksOn(tx, plan)).map(({ vehicle }) => vehicle)),
]

/** The searches of a scenario, or one of them, the latest first. */
export async function searchesOf(sql: Sql, scenario: number, search?: number): Promise<Search[]> {
  return await sql<Search[]>`
    select s.search_id as id, q.scenario_id as scenario, s.question_id as question, q.cut::integer as cut,
           s.goes_on_from as "goesOnFrom", a.name as "askedBy", s.asked_at as "askedAt", s.seconds, s.seed, s.state,
           z.name as "stopAskedBy", s.state = 'searching' and ${silent(sql)} as "isSilent",
           greatest(s.spent, (select sum(a.spent) from plan_search_area a where a.search_id = s.search_id)) as spent,
           greatest(s.rounds, (select sum(a.rounds) from plan_search_area a where a.search_id = s.search_id))::integer
             as rounds, s.bound_pence::integer as "boundPence", s.plan_id as plan, s.failure
      from plan_search s
      join plan_question q using (question_id)
      join person a on a.person_id = s.asked_by
      left join person z on z.person_id = s.stop_asked_by
     where q.scenario_id = ${scenario} and ${search === undefined ? sql`true` : sql`s.search_id = ${search}`}
     order by s.search_id desc`
}

export type Claimed = Pick<
  Search,
  'id' | 'scenario' | 'question' | 'cut' | 'seconds' | 'seed' | 'spent' | 'rounds'
> & {
  askedBy: PersonId
  /** The numbers of vehicles that are left as they are. */
  held: number[]
  /** Whence to go on: the best so far of whoever worked on it before, or the plan it was asked to go on from. */
  from: Numbered | null
}

/** Takes a search that nobody works on; nothing where there is none, it is done, or another has it. */
export async function claimSearch(sql: Sql, search: number, worker: string): Promise<Claimed | undefined> {
  const [claimed] = await sql<Claimed[]>`
    update plan_search s
       set state = 'searching', worker = ${worker}, heard_at = clock_timestamp()
      from plan_question q
     where s.search_id = ${search} and q.question_id = s.question_id
       and not exists (select from plan_search_area a where a.search_id = s.search_id and a.state <> 'found')
       and (s.state = 'waiting' or s.state = 'searching' and ${silent(sql)})
    returning s.search_id as id, q.scenario_id as scenario, s.question_id as question, q.cut::integer as cut,
              s.seconds, s.seed, s.spent, s.rounds::integer as rounds, s.asked_by as "askedBy", s.held,
              coalesce(s.vehicles, (select c.vehicles from found_plan_calls c where c.plan_id = s.goes_on_from)) as from`
  return claimed
}

export type Held = { search: number; worker: string }

/** Says that the worker still works, and how far it has come. Gives whether the search is still its own, and to be stopped. */
export async function stillWorking(
  sql: Sql,
  { search, worker }: Held,
  { spent, rounds }: { spent: number; rounds: number },
): Promise<{ isHeld: boolean; stop: boolean }> {
  const [row] = await sql<{ stop: boolean }[]>`
    update plan_search set heard_at = clock_timestamp(), spent = ${spent}, rounds = ${rounds}
     where search_id = ${search} and worker = ${worker} and state = 'searching'
    returning stop_asked_by is not null as stop`
  return { isHeld: row !== undefined, stop: row?.stop ?? false }
}

export type Better = { spent: number; rounds: number; weighedPence: number; unplaced: number }

/** Keeps a better plan with what no plan can cost less than, from which another worker can carry on; nothing is kept once another has the search. */
export async function keepBetter(
  sql: Sql,
  { search, worker }: Held,
  { vehicles, boundPence, ...better }: Better & { vehicles: Numbered; boundPence: number },
): Promise<void> {
  await sql`
    with held as (
      update plan_search set vehicles = ${sql.json(vehicles as never)}, spent = ${better.spent},
                             rounds = ${better.rounds}, heard_at = clock_timestamp(),
                             bound_pence = greatest(bound_pence, ${boundPence})
       where search_id = ${search} and worker = ${worker} and state = 'searching' returning search_id)
    insert into plan_search_better (search_id, spent, rounds, weighed_pence, unplaced)
    select search_id, ${better.spent}, ${better.rounds}, ${better.weighedPence}, ${better.unplaced} from held
        on conflict (search_id, spent) do nothing`
}

/** Every better plan of a search, in the order in which they were found. */
export async function betterPlans(sql: Sql, search: number): Promise<Better[]> {
  return await sql<Better[]>`
    select spent, rounds::integer as rounds, weighed_pence::integer as "weighedPence", unplaced
      from plan_search_better where search_id = ${search} order by spent`
}

/** Ends a search with the plan that was kept, inside the transaction that keeps it. Throws where another has the search. */
export async function searchIsKept(
  tx: TransactionSql,
  { search, worker }: Held,
  plan: number,
): Promise<void> {
  const ended = await tx`
    update plan_search set state = 'kept', plan_id = ${plan}
     where search_id = ${search} and worker = ${worker} and state = 'searching'`
  if (ended.count === 0)
    throw new Error(`Search ${search} was carried on by another worker; nothing is kept here.`)
}

/** Ends a search without a plan, with why in a sentence. */
export async function searchFailed(sql: Sql, { search, worker }: Held, failure: string): Promise<void> {
  await sql`
    update plan_search set state = 'failed', failure = ${failure}
     where search_id = ${search} and worker = ${worker} and state = 'searching'`
}

/** Lets go of a search that another is to carry on. */
export async function letGo(sql: Sql, { search, worker }: Held): Promise<void> {
  await sql.begin(async (tx) => {
    const left = await tx`
      update plan_search set state = 'waiting', worker = null
       where search_id = ${search} and worker = ${worker} and state = 'searching'`
    if (left.count > 0) await askForWorker(tx, search)
  })
}

/** Hands searches whose workers fell silent to whoever is free. Gives their numbers. */
export async function handOnSilent(sql: Sql): Promise<number[]> {
  return (await sql.begin(async (tx) => {
    const left = await tx<{ id: number }[]>`
      update plan_search s set state = 'waiting', worker = null
       where s.state = 'searching' and ${silent(tx as unknown as Sql)} returning s.search_id as id`
    for (const { id } of left) await askForWorker(tx, id)
    return left.map(({ id }) => id)
  })) as number[]
}

/** Asks a search to stop and keep the best so far. The first to ask stands. */
export async function askToStop(sql: Sql, search: number, by: PersonId): Promise<void> {
  await sql`
    update plan_search set stop_asked_by = ${by}
     where search_id = ${search} and state in ('waiting', 'searching') and stop_asked_by is null`
}

/** The question a plan answers, by which it can be searched on from; nothing for a plan kept without its calls. */
export async function questionOfPlan(
  sql: Sql,
  scenario: number,
  plan: number,
): Promise<{ plan: number; question: number; cut: number } | undefined> {
  const [row] = await sql<{ plan: number; question: number; cut: number }[]>`
    select f.plan_id as plan, c.question_id as question, f.cut::integer as cut
      from found_plan f join found_plan_calls c using (plan_id)
     where f.scenario_id = ${scenario} and f.plan_id = ${plan}`
  return row
}
