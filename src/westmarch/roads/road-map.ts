/** The roads of Westmarch as OpenStreetMap would hold them. */
import { seeded } from '#ground/random.ts'
import { crossings, kilometresFromCross, places, pointAt, riverTamble } from '../places.ts'
import { drawCountry } from './country.ts'
import { corner, type Sketch, type Street } from './sketch.ts'
import { drawEstate, drawTown, type Town } from './town.ts'

export type Tags = Readonly<Record<string, string>>
export type MapNode = { id: number; latitude: number; longitude: number; tags?: Tags }
export type MapWay = { id: number; nodes: readonly number[]; tags: Tags }
export type MapMember = { kind: 'node' | 'way'; id: number; role: string }
export type MapRelation = { id: number; members: readonly MapMember[]; tags: Tags }
export type RoadMap = {
  nodes: readonly MapNode[]
  ways: readonly MapWay[]
  relations: readonly MapRelation[]
}

export type Drawn = { map: RoadMap; sketch: Sketch; towns: readonly Town[] }

/** Every place, road, path, turn and water of Westmarch. The same seed draws the same county. */
export function drawRoads(seed: string): Drawn {
  const random = seeded(`${seed}/roads`)
  const sketch: Sketch = { corners: [], streets: [], restrictions: [] }
  const towns = places.map((place) => drawTown(sketch, random.branch(place.name), place))
  const park = towns.find(({ place }) => place.name === 'Ostlow Park')
  if (park) drawEstate(sketch, random.branch('estate'), { town: park, towards: { east: -5.4, north: 2.4 } })
  drawCountry(sketch, random.branch('country'), towns)
  drawFerry(sketch, towns)
  return { map: asMap(sketch), sketch, towns }
}

function drawFerry(sketch: Sketch, towns: readonly Town[]): void {
  const ferry = crossings.find(({ kind }) => kind === 'ferry')
  const island = towns.find(({ place }) => place.name === 'Morwen Quay')
  const port = towns.find(({ place }) => place.name === 'Polwarren')
  if (!ferry || !island || !port) return
  const buoy = corner(sketch, kilometresFromCross(ferry))
  sketch.streets.push({ from: port.middle, to: island.middle, bends: [buoy], way: 'ferry', name: ferry.name })
}

function asMap(sketch: Sketch): RoadMap {
  const nodes: MapNode[] = sketch.corners.map(({ tags, ...spot }, i) => ({
    id: i + 1,
    ...pointAt(spot.east, spot.north),
    ...(tags && { tags }),
  }))
  for (const { name, kind, population, latitude, longitude } of places) {
    const tags = { place: kind, name, population: String(population) }
    nodes.push({ id: nodes.length + 1, latitude, longitude, tags })
  }
  const { ways, wayOf } = waysOf(sketch)
  const relations = sketch.restrictions.map(({ from, via, to, turn }, i) => ({
    id: i + 1,
    tags: { type: 'restriction', restriction: turn },
    members: [
      { kind: 'way', id: wayOf.get(from) ?? 0, role: 'from' },
      { kind: 'node', id: via + 1, role: 'via' },
      { kind: 'way', id: wayOf.get(to) ?? 0, role: 'to' },
    ] satisfies MapMember[],
  }))
  drawWater({ nodes, ways })
  return { nodes, ways, relations }
}

/** Pieces of one street that follow one another become one way, which ends where a turn is forbidden. */
function waysOf(sketch: Sketch): { ways: MapWay[]; wayOf: Map<number, number> } {
  const ends = new Set(sketch.restrictions.map(({ via }) => via))
  const ways: MapWay[] = []
  const wayOf = new Map<number, number>()
  const openAt = new Map<string, MapWay & { nodes: number[] }>()
  const inLine = [...sketch.streets.entries()].sort(
    ([, a], [, b]) => Math.min(a.from, a.to) - Math.min(b.from, b.to),
  )
  for (const [number, street] of inLine) {
    const tags = tagsOf(street)
    const kind = JSON.stringify([street.line, tags])
    const open = street.line === undefined ? undefined : openAt.get(`${street.from} ${kind}`)
    const nodes = [street.from, ...street.bends, street.to].map((one) => one + 1)
    const way = open ?? { id: ways.length + 1, nodes, tags }
    if (open) open.nodes.push(...nodes.slice(1))
    else ways.push(way)
    wayOf.set(number, way.id)
    openAt.delete(`${street.from} ${kind}`)
    if (street.line !== undefined && !ends.has(street.to)) openAt.set(`${street.to} ${kind}`, way)
  }
  return { ways, wayOf }
}

function tagsOf({ way, name, ref, oneWay, milesAnHour, tags }: Street): Tags {
  return {
    ...(way === 'ferry'
      ? { route: 'ferry', foot: 'yes', motor_vehicle: 'no', duration: '00:45' }
      : { highway: way }),
    ...(name !== undefined && { name }),
    ...(ref !== undefined && { ref }),
    ...(oneWay === true && { oneway: 'yes' }),
    ...(milesAnHour !== undefined && { maxspeed: `${milesAnHour} mph` }),
    ...tags,
  }
}

type Drawing = { nodes: MapNode[]; ways: MapWay[] }

/** The Tamble, the tarn it does not flow through, and the line where the sea begins. */
function drawWater(drawing: Drawing): void {
  line(drawing, riverTamble.map(kilometresFromCross), { waterway: 'river', name: 'River Tamble' })
  const tarn = ring({ east: 6.9, north: 25.1 }, 0.6)
  line(drawing, [...tarn, tarn[0] as (typeof tarn)[0]], { natural: 'water', name: 'Wether Tarn' })
  const shore = shoreOf(places.filter(({ island }) => island === undefined).map(kilometresFromCross))
  line(drawing, [...shore, shore[0] as (typeof shore)[0]], { natural: 'coastline' })
}

function line({ nodes, ways }: Drawing, spots: readonly { east: number; north: number }[], tags: Tags): void {
  const [first, last] = [spots[0], spots.at(-1)]
  const closed = first === last
  const drawn = (closed ? spots.slice(0, -1) : spots).map(({ east, north }) => {
    nodes.push({ id: nodes.length + 1, ...pointAt(east, north) })
    return nodes.length
  })
  ways.push({ id: ways.length + 1, nodes: closed ? [...drawn, drawn[0] as number] : drawn, tags })
}

const ring = ({ east, north }: { east: number; north: number }, radius: number) =>
  Array.from({ length: 18 }, (_, i) => {
    const r = radius * (1 + Math.sin(i * 2.3) * 0.14)
    return { east: east + r * Math.cos((i * Math.PI) / 9), north: north + r * Math.sin((i * Math.PI) / 9) }
  })

/** Three kilometres beyond the outermost places, seen from Marchester, land on the left as it is drawn. */
function shoreOf(spots: readonly { east: number; north: number }[]) {
  return Array.from({ length: 120 }, (_, i) => {
    const [x, y] = [Math.cos((i * Math.PI) / 60), Math.sin((i * Math.PI) / 60)]
    const out = Math.max(...spots.map(({ east, north }) => Math.min(east * x + north * y, 60)))
    const far = out + 2 + Math.sin(i * 1.7) * 0.5 + Math.sin(i * 0.45) * 0.4
    return { east: x * far * 0.97, north: y * far * 0.97 }
  })
}
