/** The part of an extract that a purpose can use, and the graph that a search for a vehicle runs over. */

import { arcWeights } from '../network/arc-weights.ts'
import type { Collected } from '../network/collect.ts'
import { type Kept, largestPart } from '../network/parts.ts'
import type { SpeedTable } from '../network/speed-table.ts'
import { type Purpose, type Split, split } from '../network/split.ts'
import { type Ban, readBans } from '../network/turn-bans.ts'
import { BadExtract } from '../osm/bad-extract.ts'
import type { SearchGraph } from '../search/search-graph.ts'
import { junctionGraph, type Roads, turnGraph } from '../search/turn-graph.ts'
import { turnPrices } from '../search/turn-price.ts'
import { type Drive, VEHICLES } from './travel-times.ts'

export type Part = { split: Split; kept: Kept }

/** The largest part of the extract for a purpose. Throws BadExtract when there is no road in it; `path` names it. */
export function partFor(path: string, collected: Collected, purpose: Purpose): Part {
  const all = split(collected, purpose)
  if (all.network.edgeFrom.length === 0)
    throw new BadExtract(
      `${path} holds no roads that may be used. Give an OpenStreetMap extract of a county.`,
    )
  return { split: all, kept: largestPart(all.network) }
}

/** What a search for one vehicle at one time of day needs: the graph, and the weight of every arc. */
export type DriveGraph = { graph: SearchGraph; weights: Float64Array }
export type DriveGraphs = {
  graphFor: (drive: Drive) => DriveGraph
  turnBans: { followed: number; notFollowed: number }
}

/** The graphs of a driven part, for each vehicle and time of day as it is asked for. */
export function driveGraphs(
  collected: Collected,
  { split, kept }: Part,
  { turns, speeds }: { turns: boolean; speeds: SpeedTable },
): DriveGraphs {
  const { network, nodeBefore, edgeBefore } = kept
  const placeOfNode = (node: number) => split.nodeSource[nodeBefore[node]]
  const tagsOf = (edge: number) => collected.ways[split.edgeSource[edgeBefore[edge]]].tags
  const nodeIds = Float64Array.from(nodeBefore, (_, node) => collected.nodeIds[placeOfNode(node)])
  const { bans, ...turnBans } = readBans(collected.restrictions, { network, nodeIds })
  const hasSignals = (node: number) =>
    collected.nodeTags.get(placeOfNode(node))?.get('highway') === 'traffic_signals'
  const price = turnPrices(network, speeds, hasSignals)
  return {
    turnBans,
    graphFor(drive) {
      const bit = 1 << VEHICLES.indexOf(drive.vehicle)
      const weights = arcWeights({ network, tagsOf }, speeds, drive)
      const roads: Roads = { network, weights, isPrivate: (edge) => (network.edgePrivate[edge] & bit) !== 0 }
      const banned = bans.filter(({ vehicles }) => (vehicles & bit) !== 0).map(({ arcs }: Ban) => arcs)
      return { graph: turns ? turnGraph(roads, { banned, price }) : junctionGraph(roads), weights }
    },
  }
}
