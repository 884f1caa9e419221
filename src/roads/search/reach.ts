/** How much of each arc can be reached from a point in a given time: one climb and one sweep over everything. */
import { hundredthsOf } from '../network/weights.ts'
import { Climb } from './climb.ts'
import type { Hierarchy } from './hierarchy.ts'
import { arcsOf, fractionAlong, type Point, startsOf } from './trip-ends.ts'

export type Stretch = { readonly arc: number; readonly from: number; readonly to: number }

/** The stretches of arcs reached within so many hundredths of a second, as fractions of each arc. */
export function reach(hierarchy: Hierarchy, from: Point, withinHundredths: number): Stretch[] {
  const { arcWeight, ends } = hierarchy
  const distance = distancesFrom(hierarchy, from)
  const stretches: Stretch[] = arcsOf(arcWeight, from).map((arc) => {
    const begin = fractionAlong(arc, from)
    const share = withinHundredths / Math.max(1, hundredthsOf(arcWeight[arc]))
    return { arc, from: begin, to: Math.min(1, begin + share) }
  })
  for (let arc = 0; arc < arcWeight.length; arc++) {
    let best = Number.POSITIVE_INFINITY
    for (let end = ends.first[arc]; end < ends.first[arc + 1]; end++)
      best = Math.min(best, distance[ends.node[end]])
    if (best === Number.POSITIVE_INFINITY) continue
    const left = withinHundredths - hundredthsOf(best)
    if (left >= 0)
      stretches.push({ arc, from: 0, to: Math.min(1, left / Math.max(1, hundredthsOf(arcWeight[arc]))) })
  }
  return stretches
}

function distancesFrom(hierarchy: Hierarchy, from: Point): Float64Array {
  const { up, down, nodes } = hierarchy
  const climb = new Climb(up, down)
  for (const { node, weight } of startsOf(hierarchy, from)) climb.begin(node, weight)
  climb.run()
  const distance = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
  for (let i = 0; i < climb.settledCount; i++) distance[climb.settled[i]] = climb.distance[climb.settled[i]]
  for (let node = 0; node < nodes; node++)
    for (let link = down.first[node]; link < down.first[node + 1]; link++)
      distance[node] = Math.min(distance[node], distance[down.other[link]] + down.weight[link])
  return distance
}
