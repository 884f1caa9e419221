/**
 * An OSRM server behind the port (HTTP API version 1: table, route, nearest). It has one profile for every vehicle and
 * knows nothing of the time of day or of roads an officer marked unsafe: what it cannot tell, it does not offer.
 */
import { metres } from '../../ground/distance.ts'
import {
  type Call,
  type Matrix,
  NO_WAY,
  type NoAnswer,
  type Path,
  type Place,
  type TravelTimes,
} from '../answers/travel-times.ts'
import { type ServerSettings, ServerUnanswered } from '../http/ask-server.ts'
import { askOsrm, type OsrmAnswer } from './ask-osrm.ts'

const LIMIT_METRES = 1000
const MIDDLE_OF_ENGLAND: Place = { longitude: -1.46, latitude: 52.56 }
/** A server refuses more than a hundred places in one table unless it was started otherwise. */
const TOGETHER = 50

/** Asks a server which roads it knows, and from then on answers from it. Throws ServerUnanswered, as every question does. */
export async function openOsrm(settings: ServerSettings): Promise<TravelTimes> {
  const ask = (question: string) => askOsrm(settings, question)
  // Any place will do: an answer names the roads it comes from, if the server was told what they are.
  const { data_version: roads = 'undated' } = await ask(
    `/nearest/v1/driving/${inDegrees([MIDDLE_OF_ENGLAND])}`,
  )
  return {
    // Kept answers are good for as long as the server drives on the same roads.
    network: `osrm ${settings.url} ${roads}`,
    matrix: (sources, targets) => matrixOf(ask, sources, targets),
    async nearest(place, afoot) {
      if (afoot === 'walk') return { found: false, because: 'not-offered' }
      const point = waypoints(await ask(`/nearest/v1/driving/${inDegrees([place])}`))[0]
      if (!point || point.distance > LIMIT_METRES)
        return { found: false, because: 'too-far-from-any-road', limit: metres(LIMIT_METRES) }
      const [longitude, latitude] = point.location
      return { found: true, place: { longitude, latitude }, road: point.name, metres: metres(point.distance) }
    },
    async path(from, to) {
      const options = `overview=full&geometries=geojson&steps=true${kerbsOf([from, to])}`
      const answer = await ask(`/route/v1/driving/${inDegrees([from, to])}?${options}`)
      const refusal = refusalOf(answer, [from, to])
      return refusal ? { ok: false, refusal } : { ok: true, value: pathOf(answer) }
    },
    walk: async () => ({ ok: false, refusal: { because: 'not-offered' } }),
    isochrone: async () => ({ ok: false, refusal: { because: 'not-offered' } }),
  }
}

type Ask = (question: string) => Promise<OsrmAnswer>
type Waypoint = { location: [number, number]; distance: number; name: string }
type Route = {
  duration: number
  distance: number
  geometry: { coordinates: [number, number][] }
  legs: { steps: { name: string; ref?: string; distance: number }[] }[]
}

const inDegrees = (places: readonly Place[]): string =>
  places.map(({ longitude, latitude }) => `${longitude.toFixed(7)},${latitude.toFixed(7)}`).join(';')

/** At the kerb: the server only comes to such a place on its own side of the road. */
function kerbsOf(calls: readonly Call[]): string {
  if (!calls.some(({ mustNotCross }) => mustNotCross)) return ''
  return `&approaches=${calls.map(({ mustNotCross }) => (mustNotCross ? 'curb' : 'unrestricted')).join(';')}`
}

/** A place far from roads is either said in words (NoSegment) or moved to one far away; both are the same answer. */
function refusalOf(answer: OsrmAnswer, places: readonly Place[]): NoAnswer | undefined {
  const tooFar = (place: Place): NoAnswer => ({
    because: 'too-far-from-any-road',
    place,
    limit: metres(LIMIT_METRES),
  })
  if (answer.code === 'NoSegment') return tooFar(places[placeNamed(answer)])
  if (answer.code === 'NoRoute') return { because: 'no-way' }
  const far = waypoints(answer).findIndex(({ distance }) => distance > LIMIT_METRES)
  return far < 0 ? undefined : tooFar(places[far])
}

/** "Could not find a matching segment for coordinate 3": which, from nought. */
const placeNamed = ({ message = '' }: OsrmAnswer): number =>
  Number(/coordinate (\d+)/.exec(message)?.[1] ?? 0)

function waypoints(answer: OsrmAnswer): Waypoint[] {
  if (answer.code === 'NoSegment') return []
  return part<Waypoint[]>(answer, 'waypoints')
}

function part<T>(answer: OsrmAnswer, name: string): T {
  if (answer.code === 'Ok' && answer[name] !== undefined) return answer[name] as T
  throw new ServerUnanswered(
    `The road server refused a question: ${answer.code}${answer.message ? `, ${answer.message}` : `, no ${name}`}.`,
  )
}

function pathOf(answer: OsrmAnswer): Path {
  const [route] = part<Route[]>(answer, 'routes')
  const steps = route.legs.flatMap((leg) => leg.steps).filter(({ distance }) => distance > 0)
  return {
    seconds: Math.round(route.duration),
    metres: metres(route.distance),
    shape: Float64Array.from(route.geometry.coordinates.flat()),
    roads: steps.map(({ name, ref, distance }) => ({ name: name || ref || '', metres: metres(distance) })),
    arrivesOn: 'not-known',
    how: 'measured',
  }
}

async function matrixOf(ask: Ask, sources: readonly Place[], targets: readonly Call[]): Promise<Matrix> {
  const seconds = new Uint32Array(sources.length * targets.length).fill(NO_WAY)
  const lengths = seconds.slice()
  const far = { sources: new Set<number>(), targets: new Set<number>() }
  for (let s = 0; s < sources.length; s += TOGETHER)
    for (let t = 0; t < targets.length; t += TOGETHER) {
      const block = new Block(sources.slice(s, s + TOGETHER), targets.slice(t, t + TOGETHER))
      await block.ask(ask)
      block.eachCell((i, j, cell) => {
        seconds[(s + i) * targets.length + t + j] = Math.round(cell.seconds)
        lengths[(s + i) * targets.length + t + j] = Math.round(cell.metres)
      })
      for (const i of block.farSources) far.sources.add(s + i)
      for (const j of block.farTargets) far.targets.add(t + j)
    }
  return {
    seconds,
    metres: lengths,
    sourcesFarFromRoads: [...far.sources].sort((a, b) => a - b),
    targetsFarFromRoads: [...far.targets].sort((a, b) => a - b),
    how: 'measured',
  }
}

type Cell = { seconds: number; metres: number }

/** One table. A place that the server has no road for is left out and the others are asked for again. */
class Block {
  readonly #places: readonly Call[]
  readonly #sources: number
  readonly #far = new Set<number>()
  #answer: OsrmAnswer | undefined

  constructor(sources: readonly Place[], targets: readonly Call[]) {
    this.#places = [...sources, ...targets]
    this.#sources = sources.length
  }

  async ask(ask: Ask): Promise<void> {
    const asked = this.#asked()
    if (asked.sources.length === 0 || asked.targets.length === 0) return
    const places = [...asked.sources, ...asked.targets]
    const calls = places.map((place) => this.#places[place])
    const numbers = [...places.keys()]
    const options = [
      `sources=${numbers.slice(0, asked.sources.length).join(';')}`,
      `destinations=${numbers.slice(asked.sources.length).join(';')}`,
      `annotations=duration,distance${kerbsOf(calls)}`,
    ]
    const answer = await ask(`/table/v1/driving/${inDegrees(calls)}?${options.join('&')}`)
    if (answer.code === 'NoSegment') {
      this.#far.add(places[placeNamed(answer)])
      return await this.ask(ask)
    }
    this.#answer = answer
    const found = [...part<Waypoint[]>(answer, 'sources'), ...part<Waypoint[]>(answer, 'destinations')]
    found.forEach(({ distance }, i) => {
      if (distance > LIMIT_METRES) this.#far.add(places[i])
    })
    this.#inAnswer = asked
  }

  #inAnswer: { sources: number[]; targets: number[] } = { sources: [], targets: [] }

  #asked(): { sources: number[]; targets: number[] } {
    const near = [...this.#places.keys()].filter((place) => !this.#far.has(place))
    return {
      sources: near.filter((place) => place < this.#sources),
      targets: near.filter((place) => place >= this.#sources),
    }
  }

  get farSources(): number[] {
    return [...this.#far].filter((place) => place < this.#sources)
  }

  get farTargets(): number[] {
    return [...this.#far].filter((place) => place >= this.#sources).map((place) => place - this.#sources)
  }

  /** Visits each cell that has an answer. */
  eachCell(visit: (source: number, target: number, cell: Cell) => void): void {
    if (!this.#answer) return
    const durations = part<(number | null)[][]>(this.#answer, 'durations')
    const distances = part<(number | null)[][]>(this.#answer, 'distances')
    this.#inAnswer.sources.forEach((source, i) => {
      this.#inAnswer.targets.forEach((target, j) => {
        const [seconds, length] = [durations[i][j], distances[i][j]]
        const isFar = this.#far.has(source) || this.#far.has(target)
        if (seconds !== null && length !== null && !isFar)
          visit(source, target - this.#sources, { seconds, metres: length })
      })
    })
  }
}
