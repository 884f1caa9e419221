/**
 * A Valhalla server behind the port (status, locate, route, sources_to_targets, expansion). It drives by its own speeds
 * and knows nothing of our times of day, nor of ways an officer marked unsafe: what it cannot tell, it does not offer.
 * https://valhalla.github.io/valhalla/api/
 */
import { metres } from '../../ground/distance.ts'
import type {
  Answered,
  Call,
  Drive,
  Isochrone,
  NoAnswer,
  Path,
  Place,
  TravelTimes,
  Walk,
} from '../answers/travel-times.ts'
import type { ServerSettings } from '../http/ask-server.ts'
import { metresBetween } from '../network/ground-metres.ts'
import { type Ask, askValhalla, holding, locationOf } from './ask-valhalla.ts'
import { LIMIT_METRES, locate } from './locate.ts'
import { matrixOf } from './matrix.ts'
import { readPolyline } from './polyline.ts'

/** "No path could be found for input". */
const NO_PATH = 442

/** Asks a server which roads it knows, and from then on answers from it. Throws ServerUnanswered, as every question does. */
export async function openValhalla(settings: ServerSettings): Promise<TravelTimes> {
  const ask = askValhalla(settings)
  type Status = { version: string; tileset_last_modified?: number }
  const { version, tileset_last_modified: made } = holding<Status>(await ask('status'), 'version')
  return {
    // Kept answers are good for as long as the server drives on the same tiles.
    network: `valhalla ${settings.url} ${version} ${made ?? 'undated'}`,
    matrix: (sources, targets, drive) => matrixOf(ask, { sources, targets }, costingOf(drive)),
    async nearest(place, afoot) {
      const [found] = await locate(ask, [place], afoot === 'walk' ? 'pedestrian' : 'auto')
      return found
        ? { found: true, ...found, metres: metres(found.metres) }
        : { found: false, because: 'too-far-from-any-road', limit: metres(LIMIT_METRES) }
    },
    path: (from, to, drive) => routeOf(ask, [from, to], costingOf(drive)),
    walk: (from, to, { ways = [], steps = false }) =>
      ways.length > 0 || steps ? Promise.resolve(notOffered) : walkOf(ask, from, to),
    isochrone: (from, withinSeconds, drive) => reachOf(ask, { from, withinSeconds }, costingOf(drive)),
  }
}

const notOffered: { ok: false; refusal: NoAnswer } = { ok: false, refusal: { because: 'not-offered' } }

const tooFar = (place: Place): { ok: false; refusal: NoAnswer } => ({
  ok: false,
  refusal: { because: 'too-far-from-any-road', place, limit: metres(LIMIT_METRES) },
})

/** A minibus goes as a car: Valhalla’s bus would use lanes that are for public buses alone. */
const costingOf = ({ vehicle }: Drive): string => (vehicle === 'taxi' ? 'taxi' : 'auto')

type Trip = {
  locations: { side_of_street?: 'left' | 'right' }[]
  legs: { shape: string; maneuvers: { street_names?: string[]; length: number }[] }[]
  summary: { time: number; length: number }
}

async function routeOf(ask: Ask, places: readonly [Place, Call], costing: string): Promise<Answered<Path>> {
  const far = (await locate(ask, places, costing)).indexOf(undefined)
  if (far >= 0) return tooFar(places[far])
  const answer = await ask('route', { locations: places.map(locationOf), costing, units: 'kilometers' })
  if (answer.error_code === NO_PATH) return { ok: false, refusal: { because: 'no-way' } }
  return { ok: true, value: pathOf(holding<{ trip: Trip }>(answer, 'trip').trip) }
}

function pathOf({ summary, legs, locations }: Trip): Path {
  const taken = legs.flatMap(({ maneuvers }) => maneuvers).filter(({ length }) => length > 0)
  return {
    seconds: Math.round(summary.time),
    metres: metres(summary.length * 1000),
    shape: Float64Array.from(legs.flatMap(({ shape }) => [...readPolyline(shape)])),
    roads: taken.map(({ street_names: [name = ''] = [], length }) => ({
      name,
      metres: metres(length * 1000),
    })),
    arrivesOn: locations.at(-1)?.side_of_street ?? 'not-known',
    how: 'measured',
  }
}

async function walkOf(ask: Ask, from: Place, to: Place): Promise<Answered<Walk>> {
  const route = await routeOf(ask, [from, to], 'pedestrian')
  if (!route.ok) return route
  const { metres, shape, roads, how } = route.value
  return { ok: true, value: { metres, shape, roads, how, ways: [] } }
}

type Edge = { geometry: { coordinates: [number, number][] }; properties: { duration: number } }
type Around = { from: Place; withinSeconds: number }

/** The stretches a search came to the end of in time. A server that was set up without this says so, and offers none. */
async function reachOf(
  ask: Ask,
  { from, withinSeconds }: Around,
  costing: string,
): Promise<Answered<Isochrone>> {
  const [found] = await locate(ask, [from], costing)
  if (!found) return tooFar(from)
  const answer = await ask('expansion', {
    action: 'isochrone',
    locations: [locationOf(from)],
    contours: [{ time: withinSeconds / 60 }],
    expansion_properties: ['duration'],
    skip_opposites: true,
    dedupe: true,
    costing,
  })
  if (answer.error_code !== undefined) return notOffered
  const stretches = holding<{ features: Edge[] }>(answer, 'features')
    .features.filter(({ properties }) => properties.duration <= withinSeconds)
    .map(({ geometry }) => Float64Array.from(geometry.coordinates.flat()))
  const length = stretches.reduce((sum, shape) => sum + lengthOf(shape), 0)
  return { ok: true, value: { stretches, metres: metres(length), how: 'measured' } }
}

function lengthOf(shape: Float64Array): number {
  let length = 0
  for (let i = 2; i < shape.length; i += 2)
    length += metresBetween(shape[i - 2] * 1e7, shape[i - 1] * 1e7, shape[i] * 1e7, shape[i + 1] * 1e7)
  return length
}
