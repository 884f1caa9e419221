import { expect, test } from 'vitest'
import type { SchoolDistance } from '#distances/store'
import { metres } from '#ground/distance.ts'
import type { SchoolId } from '#ground/ids.ts'
import { everySchoolHalfDay } from '#ground/pattern.ts'
import { type Avoiding, crowFly, type TravelTimes } from '#roads'
import { walksToSchool } from './walk-to-school.ts'
import { walkViews } from './walk-to-school.view.ts'

const from = { longitude: -2.5, latitude: 52.25 }
const to = { longitude: -2.48, latitude: 52.25 }
const aDistance = (but: Partial<SchoolDistance> = {}): SchoolDistance => ({
  school: 1 as SchoolId,
  schoolName: 'Oakfield School',
  pattern: everySchoolHalfDay,
  from,
  to,
  network: 'small',
  extract: 'small.osm.pbf',
  drive: 'measured',
  driveSeconds: 300,
  driveMetres: 2000,
  walk: 'measured',
  walkMetres: 1609,
  avoids: [],
  ...but,
})

/** A network that walks along Mill Lane and a path, and remembers what it was asked to avoid. */
const asked: Avoiding[] = []
const roads: TravelTimes = {
  ...crowFly(),
  network: 'small',
  async walk(_from, _to, avoiding) {
    asked.push(avoiding)
    const ways = [
      { way: 1, name: 'Mill Lane', metres: metres(1200) },
      { way: 2, name: '', metres: metres(409) },
    ]
    const shape = Float64Array.of(-2.5, 52.25, -2.49, 52.251, -2.48, 52.25)
    return { ok: true, value: { metres: metres(1609), shape, roads: ways, ways, how: 'measured' } }
  },
}
const viewOf = async (distance: SchoolDistance, network: TravelTimes | undefined = roads) => {
  const [view] = walkViews(await walksToSchool(network, [distance]))
  if (typeof view?.map !== 'object') throw new Error('A map is expected.')
  const { table } = view
  return { table, says: view.map.says, drawn: JSON.parse(view.map.drawing('')) }
}

test('the walk is drawn along its roads, and the table beside it names them with how far it is so far', async () => {
  const { drawn, table, says } = await viewOf(aDistance())

  expect(drawn.lines).toEqual([
    {
      kind: 'road',
      along: [
        [-2.5, 52.25],
        [-2.49, 52.251],
        [-2.48, 52.25],
      ],
    },
  ])
  expect(drawn.points.map(({ label }: { label: string }) => label)).toEqual(['H', 'S'])
  expect(table ? table.rows.map(({ cells }) => cells.map(({ text }) => text)) : []).toEqual([
    ['Mill Lane', '1,200', '0.75'],
    ['A path without a name', '409', '1.00'],
  ])
  expect(says).toContain('the shortest walk.')
})

test('a walk that had to keep clear of unsafe roads is drawn keeping clear of the same ones, and says so', async () => {
  const { says } = await viewOf(aDistance({ avoids: [7, 9] }))

  expect(asked.at(-1)).toEqual({ ways: [7, 9] })
  expect(says).toContain('keeps clear of roads marked unsafe')
})

test.each([
  ['no way on foot', aDistance({ walk: 'no-way', walkMetres: null }), 'There is no way on foot'],
  ['only an estimate', aDistance({ walk: 'estimated' }), 'not measured along roads'],
  ['another network than the one in use', aDistance({ network: 'older' }), 'not in use any more'],
])('with %s, dashes join home and school, and the page says why', async (_what, distance, why) => {
  const { drawn, table, says } = await viewOf(distance)

  expect(drawn.lines).toEqual([
    {
      kind: 'straight',
      along: [
        [-2.5, 52.25],
        [-2.48, 52.25],
      ],
    },
  ])
  expect(table).toBe(false)
  expect(says.toLowerCase()).toContain(why.toLowerCase())
})
