/** Answers of a network, kept in the database: a pair of places is asked of the network once, however often it is needed. */
import type { Sql } from 'postgres'
import type { Call, Drive, Matrix, OwnRoads, Place, TravelTimes } from '#roads'
import { columnOf, FillingMatrix, type Gap, type KeptColumn } from './matrix-gaps.ts'
import { numberOfNetwork } from './network-store.ts'
import { placeNumbers } from './place-store.ts'

/**
 * The same travel times behind the same port, with every matrix kept: of `matrix(sources, targets, drive)` only the pairs
 * never asked of this network before are asked of it, and kept before the answer is given. For stops or pupils of a
 * plan, ask `matrix(points, points, drive)`; asked again, or with a point more, it costs a look into the database.
 * All else is asked of the network each time. Must not be used inside a transaction. Throws what `roads` throws.
 */
export function keepingAnswers(sql: Sql, roads: TravelTimes | OwnRoads): TravelTimes {
  return {
    network: roads.network,
    nearest: (place, afoot) => roads.nearest(place, afoot),
    path: (from, to, drive) => roads.path(from, to, drive),
    walk: (from, to, avoiding) => roads.walk(from, to, avoiding),
    isochrone: (from, withinSeconds, drive) => roads.isochrone(from, withinSeconds, drive),
    matrix: (sources, targets, drive) =>
      sources.length === 0 || targets.length === 0
        ? roads.matrix(sources, targets, drive)
        : keptMatrix({ sql, roads }, { sources, targets }, drive),
  }
}

type Kept = { sql: Sql; roads: TravelTimes | OwnRoads }
type Pairs = { sources: readonly Place[]; targets: readonly Call[] }

async function keptMatrix({ sql, roads }: Kept, { sources, targets }: Pairs, drive: Drive): Promise<Matrix> {
  const shelf = { sql, network: await numberOfNetwork(sql, roads), drive: `${drive.vehicle} ${drive.at}` }
  const numbers = await placeNumbers(sql, [...sources, ...targets])
  const from = numbers.slice(0, sources.length)
  const to = targets.map(({ mustNotCross = false }, i) => ({
    place: numbers[sources.length + i] as number,
    mustNotCross,
  }))
  const filling = new FillingMatrix(from, targets.length)
  const positions = new Map<string, number[]>()
  to.forEach((target, i) => {
    positions.set(nameOf(target), [...(positions.get(nameOf(target)) ?? []), i])
  })
  const fill = (target: Target, column: KeptColumn) => {
    for (const position of positions.get(nameOf(target)) ?? []) filling.fill(position, column)
  }
  for (const { target, column } of await readColumns(shelf, to)) fill(target, column)
  for (const gap of filling.gaps()) {
    const asked = once(gap, to)
    const matrix = await roads.matrix(
      asked.sources.map((source) => sources[source] as Place),
      asked.targets.map((target) => targets[target] as Call),
      drive,
    )
    const places = asked.sources.map((source) => from[source] as number)
    const columns = asked.targets.map((target, i) => ({
      target: to[target] as Target,
      column: columnOf(matrix, i, places),
    }))
    await keepColumns(shelf, columns)
    for (const { target, column } of columns) fill(target, column)
  }
  return filling.whole()
}

/** A target that stands at several positions is asked once. */
const once = ({ sources, targets }: Gap, to: readonly Target[]): Gap => ({
  sources,
  targets: [...new Map(targets.map((target) => [nameOf(to[target] as Target), target])).values()],
})

type Shelf = { sql: Sql; network: number; drive: string }
type Target = { place: number; mustNotCross: boolean }
type Column = { target: Target; column: KeptColumn }

const nameOf = ({ place, mustNotCross }: Target): string => `${place} ${mustNotCross}`

async function readColumns({ sql, network, drive }: Shelf, targets: readonly Target[]): Promise<Column[]> {
  const rows = await sql<(KeptColumn & Target)[]>`
    select to_place as place, must_not_cross as "mustNotCross", how, from_places as "from",
           to_json(seconds) as seconds, to_json(metres) as metres, -- an array as such is read with nought for null
           is_far as "isFar", far_from_places as "farFrom"
      from kept_drive
     where network_id = ${network}
       and drive = ${drive}
       and to_place = any(${[...new Set(targets.map(({ place }) => place))]})`
  return rows.map(({ place, mustNotCross, ...column }) => ({ target: { place, mustNotCross }, column }))
}

/** So many columns are sent together that a message stays within some megabytes. */
const TOGETHER = 50

async function keepColumns({ sql, network, drive }: Shelf, columns: readonly Column[]): Promise<void> {
  for (let done = 0; done < columns.length; done += TOGETHER) {
    const some = columns.slice(done, done + TOGETHER)
    const written = (one: (column: KeptColumn) => readonly (number | null)[]) =>
      some.map(
        ({ column }) =>
          `{${one(column)
            .map((cell) => cell ?? 'null')
            .join()}}`,
      )
    await sql`
      insert into kept_drive (network_id, drive, to_place, must_not_cross, how, from_places, seconds, metres, is_far,
                              far_from_places)
      select ${network}, ${drive}, place, must_not_cross::boolean, how, from_places::integer[], seconds::integer[],
             metres::integer[], is_far::boolean, far_from_places::integer[]
        from unnest(${some.map(({ target }) => target.place)}::integer[],
                    ${some.map(({ target }) => String(target.mustNotCross))}::text[],
                    ${some.map(({ column }) => column.how)}::text[],
                    ${written(({ from }) => from)}::text[],
                    ${written(({ seconds }) => seconds)}::text[],
                    ${written(({ metres }) => metres)}::text[],
                    ${some.map(({ column }) => String(column.isFar))}::text[],
                    ${written(({ farFrom }) => farFrom)}::text[])
          as kept (place, must_not_cross, how, from_places, seconds, metres, is_far, far_from_places)`
  }
}
