/** The ways that people walk, found by name, by place or by number: what an officer chooses from and marks. */
import { type Metres, metres } from '../../ground/distance.ts'
import { metresBetween } from '../network/ground-metres.ts'
import { edgeOf, type Leaving, type Network } from '../network/network.ts'
import { shapeOfStretch } from './shapes.ts'
import type { Place } from './travel-times.ts'

/** One OpenStreetMap way on foot. Long roads are several ways, one after the other. */
export type Footway = {
  readonly way: number
  readonly name: string
  readonly metres: Metres
  /** The named ways that meet it, in the order in which they are met: what tells one stretch of a road from another. */
  readonly meets: readonly string[]
  /** Its stretches from junction to junction, as shapes like those of a path. */
  readonly shapes: readonly Float64Array[]
}

/** Which are asked for: whose name holds some letters (near a place, if one is given), the nearest to a place, or some by number. */
export type WhichFootways =
  | { named: string; within?: { of: Place; metres: number } }
  | { near: Place }
  | { ways: readonly number[] }

/** More than these are too many to choose from. */
export const MOST_FOOTWAYS = 100

type Walkable = { network: Network; leaving: Leaving }

/** A point of a way, near its middle. */
export function middleOf({ shapes }: Pick<Footway, 'shapes'>): Place {
  const shape = shapes[shapes.length >>> 1]
  const at = (shape.length >>> 2) * 2
  return { longitude: shape[at], latitude: shape[at + 1] }
}

/** The ways of these edges; at most `MOST_FOOTWAYS`, by name. */
export function footwaysOf(walkable: Walkable, isWanted: (edge: number) => boolean): Footway[] {
  const { network } = walkable
  const edges = [...network.edgeFrom.keys()].filter(isWanted)
  return [...Map.groupBy(edges, (edge) => network.edgeWay[edge])]
    .map(([way, of]) => footwayOf(walkable, way, of))
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.way - b.way)
    .slice(0, MOST_FOOTWAYS)
}

/** Whether an edge is one of those named so. Nobody asks for ways without a name. */
export function isNamed(
  { names, edgeName, edgeFrom, nodeLongitudesE7, nodeLatitudesE7 }: Network,
  { named, within }: Extract<WhichFootways, { named: string }>,
): (edge: number) => boolean {
  const letters = named.trim().toLowerCase()
  const wanted = names.map((name) => letters !== '' && name.toLowerCase().includes(letters))
  const [x, y] = [(within?.of.longitude ?? 0) * 1e7, (within?.of.latitude ?? 0) * 1e7]
  const far = (node: number) => metresBetween(nodeLongitudesE7[node], nodeLatitudesE7[node], x, y)
  return (edge) => wanted[edgeName[edge]] && (!within || far(edgeFrom[edge]) <= within.metres)
}

function footwayOf({ network, leaving }: Walkable, way: number, edges: readonly number[]): Footway {
  const name = network.names[network.edgeName[edges[0]]]
  const nodes = edges.flatMap((edge) => [network.edgeFrom[edge], network.edgeTo[edge]])
  const met = nodes.flatMap((node) =>
    [...leaving.arcs.subarray(leaving.start[node], leaving.start[node + 1])].map(
      (arc) => network.names[network.edgeName[edgeOf(arc)]],
    ),
  )
  const cm = edges.reduce((sum, edge) => sum + network.edgeLengthCm[edge], 0)
  return {
    way,
    name,
    metres: metres(cm / 100),
    meets: [...new Set(met)].filter((one) => one !== '' && one !== name),
    shapes: edges.map((edge) => shapeOfStretch(network, { arc: edge * 2, from: 0, to: 1 })),
  }
}
