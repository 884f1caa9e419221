import { createHash } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { seeded } from '#ground/random.ts'
import { readOsm } from '#roads'
import { countyBounds, kilometresFromCross, places } from '../places.ts'
import { houseIn, ROADS_SEED } from './houses.ts'
import { type Drawn, drawRoads, type MapWay } from './road-map.ts'
import { apart, joined, spotOf } from './sketch.ts'
import { writeOsm } from './write-osm.ts'

let drawn: Drawn
let bytes: Buffer
beforeAll(() => {
  drawn = drawRoads(ROADS_SEED)
  bytes = writeOsm(drawn.map)
})

const hashOf = (some: Buffer) => createHash('sha256').update(some).digest('hex')
const ways = (like: (tags: MapWay['tags']) => boolean) => drawn.map.ways.filter(({ tags }) => like(tags))

test('the same seed draws the same map to the byte, another seed another', () => {
  expect(hashOf(writeOsm(drawRoads(ROADS_SEED).map))).toBe(hashOf(bytes))
  expect(hashOf(writeOsm(drawRoads('elsewhere').map))).not.toBe(hashOf(bytes))
})

test('what our importer reads from the file is what was drawn: nodes, ways, restrictions and their tags', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'westmarch-')), 'westmarch.osm.pbf')
  await writeFile(file, bytes)
  const read = { nodes: 0, named: 0, ways: [] as MapWay[], turns: [] as string[] }
  for await (const block of readOsm(file, { nodes: true, ways: true, relations: true })) {
    for (const { ids, tags } of block.nodes) {
      read.nodes += ids.length
      read.named += [...tags.values()].filter((own) => own.has('place')).length
    }
    for (const { id, nodeIds, tags } of block.ways) {
      read.ways.push({ id, nodes: [...nodeIds], tags: Object.fromEntries(tags) })
    }
    for (const { members, tags } of block.relations) {
      read.turns.push(
        `${tags.get('restriction')} ${members.map(({ kind, id, role }) => `${role} ${kind} ${id}`)}`,
      )
    }
  }
  expect(read.nodes).toBe(drawn.map.nodes.length)
  expect(read.named).toBe(places.length)
  expect(read.ways).toEqual(drawn.map.ways)
  expect(read.turns).toEqual(
    drawn.map.relations.map(
      ({ tags, members }) =>
        `${tags['restriction']} ${members.map(({ kind, id, role }) => `${role} ${kind} ${id}`)}`,
    ),
  )
})

test('the county has everything a road network can ask of us', () => {
  const bridges = ways(({ bridge, highway }) => bridge === 'yes' && highway !== undefined)
  const dual = ways(({ highway, oneway }) => highway === 'trunk' && oneway === 'yes')
  const cellOf = ({ tags }: { tags?: MapWay['tags'] }) => tags?.['highway'] === 'turning_circle'

  expect(bridges.map(({ tags }) => tags['name'])).toEqual(
    expect.arrayContaining(['Marchester High Bridge', 'Tamblebridge', 'Wexborough Bridge']),
  )
  expect(dual).toHaveLength(2)
  expect(ways(({ ref }) => ref?.startsWith('A') === true).length).toBeGreaterThan(100)
  expect(ways(({ highway, oneway }) => highway === 'residential' && oneway === 'yes').length).toBeGreaterThan(
    100,
  )
  expect(ways(({ highway }) => highway === 'footway').length).toBeGreaterThan(300)
  expect(ways(({ highway }) => highway === 'steps').length).toBeGreaterThan(30)
  expect(ways(({ maxwidth }) => maxwidth !== undefined)).toHaveLength(1)
  expect(drawn.map.nodes.filter(cellOf)).toHaveLength(6)
  expect(drawn.map.relations.length).toBeGreaterThan(30)
})

test('a turn is forbidden where two ways end at one corner', () => {
  const byId = new Map(drawn.map.ways.map((way) => [way.id, way]))
  const wrong = drawn.map.relations.filter(({ members: [from, via, to] }) => {
    const ends = [from, to].map((member) => byId.get(member?.id ?? 0)?.nodes ?? [])
    return !ends.every((nodes) => nodes[0] === via?.id || nodes.at(-1) === via?.id)
  })
  expect(wrong).toEqual([])
})

test('all of the county can be driven to from Marchester, but for St Morwen, which has a ferry on foot', () => {
  const { sketch, towns } = drawn
  const reached = joined(sketch.corners.length)
  for (const { from, to, way } of sketch.streets) {
    if (!['footway', 'steps', 'ferry'].includes(way)) reached.join(from, to)
  }
  const marchester = reached.root(towns[0]?.middle ?? 0)
  const apartFromIt = towns.filter(({ middle }) => reached.root(middle) !== marchester)
  expect(apartFromIt.map(({ place }) => place.name)).toEqual(['Morwen Quay'])
})

test('no street runs through the Tamble, and every corner lies in the county', () => {
  const { southWest, northEast } = countyBounds
  const outside = drawn.map.nodes.filter(
    ({ latitude, longitude }) =>
      latitude < southWest.latitude ||
      latitude > northEast.latitude ||
      longitude < southWest.longitude ||
      longitude > northEast.longitude,
  )
  expect(outside).toEqual([])
})

test('a house stands eleven metres from a street of its place, which is the street of its address', () => {
  const random = seeded('houses')
  for (const place of places) {
    const { point, street } = houseIn(random, place)
    const spot = kilometresFromCross(point)
    const { sketch, towns } = drawn
    const streets = towns.find((town) => town.place === place)?.streets ?? []
    const metres = streets
      .map((number) => sketch.streets[number])
      .filter((one) => one?.name === street)
      .map((one) => distanceTo(spotOf(sketch, one?.from ?? 0), spotOf(sketch, one?.to ?? 0), spot) * 1000)
    expect(Math.min(...metres), `${street}, ${place.name}`).toBeGreaterThan(9)
    expect(Math.min(...metres), `${street}, ${place.name}`).toBeLessThan(13)
  }
})

type Spot = { east: number; north: number }
function distanceTo(a: Spot, b: Spot, spot: Spot): number {
  const [east, north] = [b.east - a.east, b.north - a.north]
  const share = ((spot.east - a.east) * east + (spot.north - a.north) * north) / (east ** 2 + north ** 2)
  const held = Math.min(1, Math.max(0, share))
  return apart({ east: a.east + east * held, north: a.north + north * held }, spot)
}
