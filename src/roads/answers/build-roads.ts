/** From an extract to a road file: collect, split, keep the largest part, weigh, contract. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { collect } from '../network/collect.ts'
import { pack, type Rest } from '../network/columns.ts'
import { gridOf } from '../network/grid.ts'
import { arcsLeaving, type Network } from '../network/network.ts'
import type { Island, Kept } from '../network/parts.ts'
import { driving, walking } from '../network/purposes.ts'
import { type Column, ROAD_FILE_VERSION, writeRoadFile } from '../network/road-file.ts'
import type { SpeedTable } from '../network/speed-table.ts'
import { BadExtract } from '../osm/bad-extract.ts'
import { contract } from '../search/contract.ts'
import { type DriveGraphs, driveGraphs, type Part, partFor } from './drive-graph.ts'
import { type Drive, driveName, type Place } from './travel-times.ts'

export type BuildSettings = {
  /** Each is made ready to be asked; what is not made ready cannot be asked. */
  readonly drives: readonly Drive[]
  /** Whether turn restrictions are obeyed and turns cost time. */
  readonly turns: boolean
  readonly speeds: SpeedTable
}

/** What became of an extract, for whoever built it. */
export type BuildReport = {
  /** The name of the network: of its input, its settings and the version of the file, so that the same give the same. */
  network: string
  extract: string
  /** The SHA-256 of the extract. */
  input: string
  settings: BuildSettings
  /** The middle of its roads. */
  middle: Place
  roads: number
  kilometres: number
  footways: number
  /** Stretches that no road joins to the rest; the largest first, at most a hundred told by name. */
  islands: readonly Island[]
  islandCount: number
  oneWayTraps: Kept['oneWayTraps']
  /** Ways cut where the extract names a node it does not hold, or puts it outside the United Kingdom. */
  cutWays: number
  turnBans: { followed: number; notFollowed: number }
}

export type Step = { doing: string; done: number }

/**
 * Builds the network of the extract at `path` into the file at `out`. Nothing stands there until it is whole.
 * Throws BadExtract, whose message is a sentence, when the extract cannot be made into roads.
 */
export async function buildRoads(
  path: string,
  out: string,
  settings: BuildSettings,
  onStep: (step: Step) => void = () => {},
): Promise<BuildReport> {
  const input = await hashOf(path)
  const collected = await collect(path, ({ bytesRead, bytes }) =>
    onStep({ doing: 'Reading the extract', done: bytesRead / bytes }),
  )
  onStep({ doing: 'Joining roads', done: 0 })
  const drive = partFor(path, collected, driving(settings.speeds))
  const walk = partFor(path, collected, walking)
  const columns = new Map<string, Column>()
  const { hierarchies, turnBans } = prepare(
    driveGraphs(collected, drive, settings),
    settings.drives,
    columns,
    onStep,
  )
  const network = createHash('sha256')
    .update(input)
    .update(JSON.stringify({ settings, version: ROAD_FILE_VERSION }))
    .digest('hex')
    .slice(0, 16)
  const about = {
    report: reportOf({ extract: basename(path), network, input, settings }, [drive, walk], turnBans),
    hierarchies,
    drive: pack('drive', { network: drive.kept.network, grid: gridOf(drive.kept.network) }, columns),
    walk: pack('walk', walkingParts(walk), columns),
  }
  onStep({ doing: 'Writing the network', done: 0 })
  await writeRoadFile(out, { about, columns })
  return about.report
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
  } catch (cause) {
    throw new BadExtract(`${path} cannot be read: ${(cause as Error).message}.`, { cause })
  }
  return hash.digest('hex')
}

const walkingParts = ({ kept: { network } }: Part) => ({
  network,
  grid: gridOf(network),
  leaving: arcsLeaving(network, (arc) => network.arcOpen[arc] !== 0),
})

type Prepared = {
  hierarchies: { [drive: string]: { place: string; rest: Rest } }
  turnBans: BuildReport['turnBans']
}

function prepare(
  { graphFor, turnBans }: DriveGraphs,
  drives: readonly Drive[],
  columns: Map<string, Column>,
  onStep: (step: Step) => void,
): Prepared {
  const hierarchies: Prepared['hierarchies'] = {}
  drives.forEach((one, i) => {
    const { graph, weights } = graphFor(one)
    const doing = `Preparing ${driveName(one)}`
    const hierarchy = contract(graph, weights, (done) => onStep({ doing, done: done / graph.nodes }))
    hierarchies[driveName(one)] = { place: `h${i}`, rest: pack(`h${i}`, hierarchy, columns) }
  })
  return { hierarchies, turnBans }
}

function reportOf(
  of: Pick<BuildReport, 'extract' | 'network' | 'input' | 'settings'>,
  parts: [Part, Part],
  turnBans: BuildReport['turnBans'],
): BuildReport {
  const [drive, walk] = parts
  const cm = drive.kept.network.edgeLengthCm.reduce((sum, length) => sum + length, 0)
  return {
    ...of,
    middle: middleOf(drive.kept.network),
    roads: drive.kept.network.edgeFrom.length,
    kilometres: Math.round(cm / 100_000),
    footways: walk.kept.network.edgeFrom.length,
    islands: drive.kept.islands.slice(0, 100),
    islandCount: drive.kept.islands.length,
    oneWayTraps: drive.kept.oneWayTraps,
    cutWays: drive.split.cutWays,
    turnBans,
  }
}

function middleOf({ nodeLongitudesE7, nodeLatitudesE7 }: Network): Place {
  const median = (valuesE7: Int32Array) => valuesE7.toSorted()[valuesE7.length >>> 1] / 1e7
  return { longitude: median(nodeLongitudesE7), latitude: median(nodeLatitudesE7) }
}
