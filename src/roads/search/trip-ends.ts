/** How a trip joins the network in the middle of an edge, and leaves it in the middle of another. */
import { CLOSED, partOf } from '../network/weights.ts'
import type { Hierarchy } from './hierarchy.ts'

/** A point of the network: an edge, how far along it as a fraction, and the arcs along which it may be used. */
export type Point = {
  readonly edge: number
  readonly fraction: number
  /** Only arc 2e (true, false), only arc 2e + 1 (false, true), or both. */
  readonly along: boolean
  readonly against: boolean
}

/** A node of the hierarchy, what it costs between it and the point, and the arc that joins the two. */
export type Joint = { readonly node: number; readonly weight: number; readonly arc: number }

/** Where a trip from this point comes in. */
export function startsOf({ starts, arcWeight }: Hierarchy, point: Point): Joint[] {
  return arcsOf(arcWeight, point).flatMap((arc) => {
    const rest = arcWeight[arc] - behind(arcWeight, arc, point)
    return range(starts.first, arc).map((i) => ({
      node: starts.node[i],
      weight: rest + starts.weight[i],
      arc,
    }))
  })
}

/** From where a trip to this point sets out along its last arc. */
export function endsOf({ ends, arcWeight }: Hierarchy, point: Point): Joint[] {
  return arcsOf(arcWeight, point).flatMap((arc) =>
    range(ends.first, arc).map((i) => ({ node: ends.node[i], weight: behind(arcWeight, arc, point), arc })),
  )
}

/** What it costs to drive straight on along one edge from a point to another; CLOSED when that cannot be done. */
export function straightOn({ arcWeight }: Hierarchy, from: Point, to: Point): number {
  if (from.edge !== to.edge) return CLOSED
  return arcsOf(arcWeight, from).reduce((best, arc) => {
    if (!arcsOf(arcWeight, to).includes(arc)) return best
    const weight = behind(arcWeight, arc, to) - behind(arcWeight, arc, from)
    const isAhead = fractionAlong(arc, to) >= fractionAlong(arc, from)
    return isAhead ? Math.min(best, weight) : best
  }, CLOSED)
}

/** The arcs along which a point may be used. */
export const arcsOf = (arcWeight: Float64Array, { edge, along, against }: Point): number[] =>
  [...(along ? [edge * 2] : []), ...(against ? [edge * 2 + 1] : [])].filter(
    (arc) => arcWeight[arc] !== CLOSED,
  )

/** The fraction of an arc that lies behind a point. */
export const fractionAlong = (arc: number, { fraction }: Point): number => (arc & 1 ? 1 - fraction : fraction)

const behind = (arcWeight: Float64Array, arc: number, point: Point): number =>
  partOf(arcWeight[arc], fractionAlong(arc, point))

const range = (first: Uint32Array, at: number): number[] =>
  Array.from({ length: first[at + 1] - first[at] }, (_, i) => first[at] + i)
