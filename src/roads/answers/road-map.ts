/** A network that has been loaded, and the answers it gives. Nothing here waits: it runs in a thread of its own. */
import { metres } from '../../ground/distance.ts'
import { type Rest, unpack } from '../network/columns.ts'
import { type Found, type Grid, NearestRoad } from '../network/grid.ts'
import { FERRY, type Leaving, type Network } from '../network/network.ts'
import { readRoadFile } from '../network/road-file.ts'
import { CLOSED, cmOf, hundredthsOf, weigh } from '../network/weights.ts'
import { BadExtract } from '../osm/bad-extract.ts'
import type { Hierarchy } from '../search/hierarchy.ts'
import { eachSource } from '../search/many-to-many.ts'
import { WayFinder } from '../search/one-way.ts'
import { reach } from '../search/reach.ts'
import type { Point } from '../search/trip-ends.ts'
import type { BuildReport } from './build-roads.ts'
import { type Footway, footwaysOf, isNamed, type WhichFootways } from './footways.ts'
import { fractionOf, pointOn, roadsOf, shapeOf, shapeOfStretch, sideOf, waysOf } from './shapes.ts'
import { shortestWalk } from './shortest-walk.ts'
import {
  type Afoot,
  type Answered,
  type Avoiding,
  type Call,
  type Drive,
  driveName,
  type Isochrone,
  type Matrix,
  type Nearest,
  NO_WAY,
  type NoAnswer,
  type Path,
  type Place,
  type Walk,
} from './travel-times.ts'

/** Further from a road than this, a place has no road: somebody must look at it. */
const LIMIT_METRES = 1000
/** Whoever points at a way on a map means one within this. */
const AT_HAND_METRES = 250

type Drawn = { network: Network; grid: Grid }

export class RoadMap {
  readonly report: BuildReport
  readonly #drive: Drawn & { nearest: NearestRoad }
  readonly #walk: Drawn & { nearest: NearestRoad; leaving: Leaving }
  readonly #hierarchies = new Map<string, Hierarchy>()
  readonly #finders = new Map<Hierarchy, WayFinder>()

  /** Loads the road file at `path`. Throws BadExtract with a sentence when it cannot be used. */
  constructor(path: string) {
    const { about, columns } = readRoadFile(path)
    const kept = about as {
      report: BuildReport
      drive: Rest
      walk: Rest
      hierarchies: Record<string, { place: string; rest: Rest }>
    }
    this.report = kept.report
    const drive = unpack<Drawn>('drive', kept.drive, columns)
    const walk = unpack<Drawn & { leaving: Leaving }>('walk', kept.walk, columns)
    this.#drive = { ...drive, nearest: new NearestRoad(drive.network, drive.grid) }
    this.#walk = { ...walk, nearest: new NearestRoad(walk.network, walk.grid) }
    for (const [name, { place, rest }] of Object.entries(kept.hierarchies))
      this.#hierarchies.set(name, unpack<Hierarchy>(place, rest, columns))
  }

  matrix(sources: readonly Place[], targets: readonly Call[], drive: Drive): Matrix {
    const hierarchy = this.#hierarchy(drive)
    const from = sources.map((place) => this.#pointNear(place, hierarchy))
    const to = targets.map((place) => this.#pointNear(place, hierarchy))
    const seconds = new Uint32Array(from.length * to.length).fill(NO_WAY)
    const metres = seconds.slice()
    eachSource(hierarchy, { sources: from, targets: to }, (source, row) => {
      for (let t = 0, at = source * row.length; t < row.length; t++, at++) {
        if (row[t] === CLOSED) continue
        const hundredths = hundredthsOf(row[t])
        seconds[at] = Math.round(hundredths / 100)
        metres[at] = Math.round((row[t] - weigh(hundredths, 0)) / 100)
      }
    })
    const missing = (points: readonly unknown[]) => [...points.keys()].filter((i) => points[i] === undefined)
    return {
      seconds,
      metres,
      sourcesFarFromRoads: missing(from),
      targetsFarFromRoads: missing(to),
      how: 'measured',
    }
  }

  nearest(place: Place, afoot: Afoot): Nearest {
    const { network, nearest } = afoot === 'drive' ? this.#drive : this.#walk
    const found = nearest.find(e7(place.longitude), e7(place.latitude), LIMIT_METRES, isLand(network))
    if (!found) return { found: false, because: 'too-far-from-any-road', limit: metres(LIMIT_METRES) }
    const road = network.names[network.edgeName[found.edge]]
    return { found: true, place: pointOn(network, found), road, metres: metres(found.metres) }
  }

  path(from: Place, to: Call, drive: Drive): Answered<Path> {
    const hierarchy = this.#hierarchy(drive)
    const { network } = this.#drive
    const start = this.#pointNear(from, hierarchy)
    const end = this.#pointNear(to, hierarchy)
    if (!start || !end) return tooFar(start ? to : from)
    const way = this.#finder(hierarchy).find(start, end)
    if (!way) return { ok: false, refusal: { because: 'no-way' } }
    const joined = { arcs: way.arcs, from: start.fraction, to: end.fraction }
    const value: Path = {
      seconds: Math.round(hundredthsOf(way.weight) / 100),
      metres: metres(cmOf(way.weight) / 100),
      shape: shapeOf(network, joined),
      roads: roadsOf(network, joined),
      arrivesOn: sideOf(end.found, way.arcs[way.arcs.length - 1]),
      how: 'measured',
    }
    return { ok: true, value }
  }

  walk(from: Place, to: Place, avoiding: Avoiding): Answered<Walk> {
    const { network, leaving } = this.#walk
    const [start, end] = [from, to].map(
      (place) =>
        this.#walk.nearest.find(e7(place.longitude), e7(place.latitude), LIMIT_METRES, () => true) ??
        undefined,
    )
    if (!start || !end) return tooFar(start ? to : from)
    const ends = {
      from: { edge: start.edge, fraction: fractionOf(network, start) },
      to: { edge: end.edge, fraction: fractionOf(network, end) },
    }
    const way = shortestWalk({ network, leaving }, ends, avoiding)
    if (!way) return { ok: false, refusal: { because: 'no-way' } }
    const joined = { arcs: way.arcs, from: ends.from.fraction, to: ends.to.fraction }
    const value: Walk = {
      metres: metres(way.cm / 100),
      shape: shapeOf(network, joined),
      roads: roadsOf(network, joined),
      ways: waysOf(network, joined),
      how: 'measured',
    }
    return { ok: true, value }
  }

  /** The ways on foot that are asked for. */
  footways(which: WhichFootways): Footway[] {
    const { network, nearest } = this.#walk
    if ('named' in which) return footwaysOf(this.#walk, isNamed(network, which))
    const ways = new Set('ways' in which ? which.ways : [])
    if ('near' in which) {
      const { longitude, latitude } = which.near
      const found = nearest.find(e7(longitude), e7(latitude), AT_HAND_METRES, () => true)
      if (found) ways.add(network.edgeWay[found.edge])
    }
    return footwaysOf(this.#walk, (edge) => ways.has(network.edgeWay[edge]))
  }

  isochrone(from: Place, withinSeconds: number, drive: Drive): Answered<Isochrone> {
    const hierarchy = this.#hierarchy(drive)
    const start = this.#pointNear(from, hierarchy)
    if (!start) return tooFar(from)
    const { network } = this.#drive
    const stretches = reach(hierarchy, start, withinSeconds * 100)
    const cm = stretches.reduce(
      (sum, { arc, from, to }) => sum + network.edgeLengthCm[arc >>> 1] * (to - from),
      0,
    )
    const shapes = stretches.map((stretch) => shapeOfStretch(network, stretch))
    return { ok: true, value: { stretches: shapes, metres: metres(cm / 100), how: 'measured' } }
  }

  #hierarchy(drive: Drive): Hierarchy {
    const hierarchy = this.#hierarchies.get(driveName(drive))
    if (hierarchy) return hierarchy
    throw new BadExtract(
      `The network is not ready for a ${drive.vehicle} at ${drive.at}: it was built for ${[...this.#hierarchies.keys()].join(', ')}. Build it again with --vehicles ${drive.vehicle} --times ${drive.at}.`,
    )
  }

  #finder(hierarchy: Hierarchy): WayFinder {
    const finder = this.#finders.get(hierarchy) ?? new WayFinder(hierarchy)
    this.#finders.set(hierarchy, finder)
    return finder
  }

  /** The point of the network a vehicle stops at for this place, on its own side when the child must not cross. */
  #pointNear(place: Call, { arcWeight }: Hierarchy): (Point & { found: Found }) | undefined {
    const { network, nearest } = this.#drive
    const isLandOf = isLand(network)
    const isOpen = (edge: number) =>
      isLandOf(edge) && (arcWeight[edge * 2] !== CLOSED || arcWeight[edge * 2 + 1] !== CLOSED)
    const found = nearest.find(e7(place.longitude), e7(place.latitude), LIMIT_METRES, isOpen)
    if (!found) return undefined
    const isOneWay = arcWeight[found.edge * 2] === CLOSED || arcWeight[found.edge * 2 + 1] === CLOSED
    // Traffic keeps left. On a one-way road a vehicle may stop at either kerb.
    const isHeld = place.mustNotCross === true && !isOneWay && found.left !== 0
    return {
      edge: found.edge,
      fraction: fractionOf(network, found),
      along: !isHeld || found.left > 0,
      against: !isHeld || found.left < 0,
      found,
    }
  }
}

const e7 = (degrees: number) => Math.round(degrees * 1e7)

/** Nobody lives on a ferry. */
const isLand =
  ({ edgeKind }: Network) =>
  (edge: number) =>
    (edgeKind[edge] & FERRY) === 0

const tooFar = (place: Place): { ok: false; refusal: NoAnswer } => ({
  ok: false,
  refusal: { because: 'too-far-from-any-road', place, limit: metres(LIMIT_METRES) },
})
