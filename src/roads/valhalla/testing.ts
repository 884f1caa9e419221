/** A Valhalla server for tests: the answers of its HTTP API, as documented, from a network of our own. */
import {
  type Call,
  NO_WAY,
  type Path,
  type Place,
  type TravelTimes,
  type Walk,
} from '../answers/travel-times.ts'
import { type FakeAnswer, type FakeServer, fakeServer } from '../http/testing.ts'

const DRIVE = { vehicle: 'car', at: 'school-morning' } as const

type Location = { lat: number; lon: number; preferred_side?: 'same' | 'opposite' | 'either' }
type Asked = {
  locations: Location[]
  sources: Location[]
  targets: Location[]
  costing: string
  contours: { time: number }[]
}

/** The server; one without `expansion` refuses it, as one does that was set up so. */
export const fakeValhalla = (roads: TravelTimes, { expansion = true } = {}): Promise<FakeServer> =>
  fakeServer(async (path, body) => {
    if (path === '/status')
      return said({ version: '3.5.1', tileset_last_modified: 1_748_736_000, available_actions: ['status'] })
    const asked = JSON.parse(body) as Asked
    if (path === '/locate')
      return said(await Promise.all(asked.locations.map((one) => locate(roads, one, asked))))
    if (path === '/sources_to_targets') return await matrix(roads, asked)
    if (path === '/route') return await route(roads, asked)
    if (path === '/expansion' && expansion) return await reach(roads, asked)
    return refused(404, 106, "Try any of:'/locate' '/route' '/sources_to_targets' '/status'")
  })

const said = (answer: unknown): FakeAnswer => ({ status: 200, answer })
const refused = (status: number, code: number, error: string): FakeAnswer => ({
  status,
  answer: { error_code: code, error, status_code: status, status: 'Bad Request' },
})

const callOf = ({ lat, lon, preferred_side: side }: Location): Call => ({
  latitude: lat,
  longitude: lon,
  mustNotCross: side === 'same',
})
const afoot = ({ costing }: Asked) => (costing === 'pedestrian' ? 'walk' : 'drive')

async function locate(roads: TravelTimes, { lat, lon }: Location, asked: Asked) {
  const near = await roads.nearest({ latitude: lat, longitude: lon }, afoot(asked))
  const edge = near.found && {
    correlated_lat: near.place.latitude,
    correlated_lon: near.place.longitude,
    side_of_street: 'neither',
    percent_along: 0.5,
    edge_info: { names: near.road === '' ? [] : [near.road] },
  }
  return { input_lat: lat, input_lon: lon, nodes: null, edges: edge ? [edge] : null }
}

async function matrix(roads: TravelTimes, { sources, targets }: Asked): Promise<FakeAnswer> {
  if (sources.length * targets.length > 2500) return refused(400, 150, 'Exceeded max locations: 2500')
  const from: Place[] = sources.map(callOf)
  const { seconds, metres } = await roads.matrix(from, targets.map(callOf), DRIVE)
  const cell = (i: number, from: number, to: number) => ({
    from_index: from,
    to_index: to,
    time: seconds[i] === NO_WAY ? null : seconds[i],
    distance: metres[i] === NO_WAY ? null : metres[i] / 1000,
  })
  const rows = sources.map((_, s) => targets.map((_, t) => cell(s * targets.length + t, s, t)))
  return said({ sources_to_targets: rows, units: 'kilometers', algorithm: 'costmatrix' })
}

async function route(roads: TravelTimes, asked: Asked): Promise<FakeAnswer> {
  const [from, to] = asked.locations.map(callOf)
  const way = afoot(asked) === 'walk' ? await roads.walk(from, to, {}) : await roads.path(from, to, DRIVE)
  if (!way.ok) return refused(400, 442, 'No path could be found for input')
  return said({ trip: tripOf(way.value, asked.locations), id: 'firstbell' })
}

function tripOf(way: Path | Walk, locations: readonly Location[]) {
  const length = way.metres / 1000
  const time = 'seconds' in way ? way.seconds : Math.round(way.metres / 1.4)
  const side = 'arrivesOn' in way ? way.arrivesOn : 'not-known'
  const isAside = side === 'left' || side === 'right'
  const maneuvers = [
    ...way.roads.map((road) => ({
      type: 1,
      ...(road.name !== '' && { street_names: [road.name] }),
      length: road.metres / 1000,
    })),
    { type: 4, length: 0 },
  ]
  return {
    locations: locations.map((one, i) => ({ ...one, ...(i === 1 && isAside && { side_of_street: side }) })),
    legs: [{ maneuvers, summary: { time, length }, shape: polyline(way.shape) }],
    summary: { time, length },
    status: 0,
    units: 'kilometers',
  }
}

/** Every stretch as one edge; its last is told as later than was asked for, as a search runs over the edge of time. */
async function reach(roads: TravelTimes, { locations, contours }: Asked): Promise<FakeAnswer> {
  const within = contours[0].time * 60
  const around = await roads.isochrone(callOf(locations[0]), within, DRIVE)
  const edge = (shape: Float64Array, duration: number) => ({
    type: 'Feature',
    geometry: {
      type: 'LineString',
      coordinates: Array.from({ length: shape.length / 2 }, (_, i) => [shape[i * 2], shape[i * 2 + 1]]),
    },
    properties: { duration },
  })
  const stretches = around.ok ? around.value.stretches : []
  const beyond = edge(Float64Array.of(-2, 52, -1.9, 52), within + 1)
  return said({
    type: 'FeatureCollection',
    features: [...stretches.map((shape) => edge(shape, within)), beyond],
  })
}

/** Google’s way of writing a line, with six decimals. */
function polyline(shape: Float64Array): string {
  const written = (number: number) => {
    let rest = number < 0 ? ~(number << 1) : number << 1
    let letters = ''
    for (; rest >= 32; rest >>>= 5) letters += String.fromCharCode((32 | (rest & 31)) + 63)
    return letters + String.fromCharCode(rest + 63)
  }
  const e6 = Array.from(shape, (_, i) => Math.round(shape[i ^ 1] * 1e6))
  return e6.map((number, i) => written(number - (e6[i - 2] ?? 0))).join('')
}
