/** Areas of searches: each worked on by one worker at a time and carried on by another; the last that is found joins them. */
import type { Sql, TransactionSql } from 'postgres'
import { type Area, asOnePlan, SHARE_OF_AREAS } from './areas.ts'
import type { Numbered } from './frozen.ts'
import { askForAreaWorker, askToJoin, silent } from './worker-store.ts'

/** Adds the areas of a search that is asked for, each with its share of the time, and asks for workers. */
export async function addAreas(
  tx: TransactionSql,
  { search, seconds, areas }: { search: number; seconds: number; areas: readonly Area[] },
): Promise<void> {
  const rides = areas.reduce((sum, area) => sum + area.rides.length, 0)
  for (const [i, area] of areas.entries()) {
    const share = (SHARE_OF_AREAS * seconds * area.rides.length) / rides
    await tx`
      insert into plan_search_area (search_id, area, rides, pupils, at_most, seconds)
      values (${search}, ${i + 1}, ${[...area.rides]}, ${area.pupils}, ${tx.json([...area.atMost])}, ${share})`
    await askForAreaWorker(tx, search, i + 1)
  }
}

export type SearchArea = {
  area: number
  pupils: number
  rides: number
  state: 'waiting' | 'searching' | 'found'
  isSilent: boolean
  spent: number
  seconds: number
  weighedPence: number | null
  unplaced: number | null
}

/** The areas of a search, in their order; none where it was not cut. */
export async function areasOfSearch(sql: Sql, search: number): Promise<SearchArea[]> {
  return await sql<SearchArea[]>`
    select s.area, s.pupils, cardinality(s.rides) as rides, s.state,
           s.state = 'searching' and ${silent(sql)} as "isSilent", s.spent, s.seconds,
           s.weighed_pence::integer as "weighedPence", s.unplaced
      from plan_search_area s where s.search_id = ${search} order by s.area`
}

export type ClaimedArea = Pick<Area, 'rides' | 'atMost'> & {
  question: number
  seconds: number
  seed: number
  spent: number
  rounds: number
  from: Numbered | null
}

/** Takes an area that nobody works on; nothing where it is found, another has it, or its search is over. */
export async function claimArea(
  sql: Sql,
  { search, area, worker }: HeldArea,
): Promise<ClaimedArea | undefined> {
  const [claimed] = await sql<ClaimedArea[]>`
    update plan_search_area s set state = 'searching', worker = ${worker}, heard_at = clock_timestamp()
      from plan_search p
     where s.search_id = ${search} and s.area = ${area} and p.search_id = s.search_id and p.state = 'waiting'
       and (s.state = 'waiting' or s.state = 'searching' and ${silent(sql)})
    returning p.question_id as question, s.rides, s.at_most as "atMost", s.seconds, p.seed, s.spent,
              s.rounds::integer as rounds, s.vehicles as from`
  return claimed
}

export type HeldArea = { search: number; area: number; worker: string }
type SoFar = { spent: number; rounds: number }

/** Says that the worker still works; gives whether the area is still its own, and whether the search is to stop. */
export async function stillWorkingOnArea(
  sql: Sql,
  { search, area, worker }: HeldArea,
  { spent, rounds }: SoFar,
): Promise<{ isHeld: boolean; stop: boolean }> {
  const [row] = await sql<{ stop: boolean }[]>`
    update plan_search_area s set heard_at = clock_timestamp(), spent = ${spent}, rounds = ${rounds}
      from plan_search p
     where s.search_id = ${search} and s.area = ${area} and s.worker = ${worker} and s.state = 'searching'
       and p.search_id = s.search_id and p.state = 'waiting'
    returning p.stop_asked_by is not null as stop`
  return { isHeld: row !== undefined, stop: row?.stop ?? false }
}

type BetterArea = SoFar & { vehicles: Numbered; weighedPence: number; unplaced: number }

/** Keeps a better plan of an area; once every area has one, what they cost together as well. */
export async function keepBetterArea(sql: Sql, held: HeldArea, better: BetterArea): Promise<void> {
  await sql.begin(async (tx) => {
    if (!(await writeArea(tx, held, { ...better, state: 'searching' }))) return
    await tx`
      insert into plan_search_better (search_id, spent, rounds, weighed_pence, unplaced)
      select search_id, sum(spent), sum(rounds), sum(weighed_pence), sum(unplaced)
        from plan_search_area where search_id = ${held.search}
       group by search_id having bool_and(vehicles is not null)
          on conflict (search_id, spent) do nothing`
  })
}

async function writeArea(
  tx: TransactionSql,
  { search, area, worker }: HeldArea,
  { vehicles, state, ...so }: BetterArea & { state: 'searching' | 'found' },
): Promise<boolean> {
  const written = await tx`
    update plan_search_area
       set vehicles = ${tx.json(vehicles as never)}, spent = ${so.spent}, rounds = ${so.rounds}, state = ${state},
           weighed_pence = ${so.weighedPence}, unplaced = ${so.unplaced}, heard_at = clock_timestamp()
     where search_id = ${search} and area = ${area} and worker = ${worker} and state = 'searching'`
  return written.count > 0
}

/** Ends an area with the best found; the last of a search hands all of them on together. Nothing once another has it. */
export async function areaIsFound(sql: Sql, held: HeldArea, best: BetterArea): Promise<void> {
  const { search } = held
  await sql.begin(async (tx) => {
    // Two that end at once: the second waits here, and sees that the first has ended.
    await tx`select from plan_search where search_id = ${search} for update`
    if (!(await writeArea(tx, held, { ...best, state: 'found' }))) return
    const areas = await tx<AreaFound[]>`
      select state, rides, vehicles, least(spent, seconds) as spent, rounds::integer as rounds
        from plan_search_area where search_id = ${search} order by area`
    if (areas.some(({ state }) => state !== 'found')) return
    await tx`
      update plan_search set vehicles = ${tx.json(asOnePlan(areas) as never)}, spent = ${sumOf(areas, 'spent')},
                             rounds = ${sumOf(areas, 'rounds')}
       where search_id = ${search} and state = 'waiting'`
    await askToJoin(tx, search)
  })
}

type AreaFound = { state: string; rides: number[]; vehicles: Numbered; spent: number; rounds: number }

const sumOf = (areas: readonly AreaFound[], what: 'spent' | 'rounds') =>
  areas.reduce((sum, area) => sum + area[what], 0)

/** Ends the search of an area without a plan, with why in a sentence. */
export async function areaFailed(
  sql: Sql,
  { search, area, worker }: HeldArea,
  failure: string,
): Promise<void> {
  await sql`
    update plan_search p set state = 'failed', failure = ${failure}
      from plan_search_area s
     where s.search_id = ${search} and s.area = ${area} and s.worker = ${worker} and s.state = 'searching'
       and p.search_id = s.search_id and p.state = 'waiting'`
}

/** Lets go of an area that another is to carry on. */
export async function letGoOfArea(sql: Sql, { search, area, worker }: HeldArea): Promise<void> {
  await sql.begin(async (tx) => {
    const left = await tx`
      update plan_search_area set state = 'waiting', worker = null
       where search_id = ${search} and area = ${area} and worker = ${worker} and state = 'searching'`
    if (left.count > 0) await askForAreaWorker(tx, search, area)
  })
}

/** Hands areas whose workers fell silent to whoever is free. Gives their searches and numbers. */
export async function handOnSilentAreas(sql: Sql): Promise<{ search: number; area: number }[]> {
  return (await sql.begin(async (tx) => {
    const left = await tx<{ search: number; area: number }[]>`
      update plan_search_area s set state = 'waiting', worker = null
        from plan_search p
       where s.state = 'searching' and ${silent(tx)} and p.search_id = s.search_id and p.state = 'waiting'
      returning s.search_id as search, s.area`
    for (const { search, area } of left) await askForAreaWorker(tx, search, area)
    return left
  })) as { search: number; area: number }[]
}
