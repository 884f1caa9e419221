/**
 * Writes a map as an OpenStreetMap extract (wiki.openstreetmap.org/wiki/PBF_Format): a header, then blocks of dense
 * nodes, of ways and of relations, each with its own table of strings and packed with zlib.
 */
import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'
import type { MapNode, MapRelation, MapWay, RoadMap } from './road-map.ts'

/** How many things a block holds: what other writers use, well under the 16 MiB a block may have. */
const A_BLOCK = 8000
const MEMBER_KINDS = { node: 0, way: 1 } as const

/** The bytes of `map` as an `.osm.pbf`. The same map gives the same bytes. */
export function writeOsm({ nodes, ways, relations }: RoadMap): Buffer {
  return Buffer.concat([
    blob('OSMHeader', header(nodes)),
    ...inBlocks(nodes).map((some) => blob('OSMData', block(some, denseNodes))),
    ...inBlocks(ways).map((some) => blob('OSMData', block(some, eachWay))),
    ...inBlocks(relations).map((some) => blob('OSMData', block(some, eachRelation))),
  ])
}

function inBlocks<T>(all: readonly T[]): T[][] {
  const blocks: T[][] = []
  for (let i = 0; i < all.length; i += A_BLOCK) blocks.push(all.slice(i, i + A_BLOCK))
  return blocks
}

function blob(kind: 'OSMHeader' | 'OSMData', bytes: Uint8Array): Buffer {
  const body = written((pbf) => {
    pbf.writeVarintField(2, bytes.length)
    pbf.writeBytesField(3, deflateSync(bytes))
  })
  const head = written((pbf) => {
    pbf.writeStringField(1, kind)
    pbf.writeVarintField(3, body.length)
  })
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, body])
}

function written(write: (pbf: PbfWriter) => void): Uint8Array {
  const pbf = new PbfWriter()
  write(pbf)
  return pbf.finish()
}

function header(nodes: readonly MapNode[]): Uint8Array {
  const longitudes = nodes.map(({ longitude }) => longitude)
  const latitudes = nodes.map(({ latitude }) => latitude)
  const bounds = [least(longitudes), most(longitudes), most(latitudes), least(latitudes)]
  return written((pbf) => {
    pbf.writeMessage(
      1,
      (_, box) => {
        for (const [i, degrees] of bounds.entries()) box.writeSVarintField(i + 1, Math.round(degrees * 1e9))
      },
      undefined,
    )
    pbf.writeStringField(4, 'OsmSchema-V0.6')
    pbf.writeStringField(4, 'DenseNodes')
    pbf.writeStringField(16, 'Firstbell')
  })
}

const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b), 180)
const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), -180)

type Strings = (text: string) => number

function block<T>(
  things: readonly T[],
  write: (things: readonly T[], pbf: PbfWriter, strings: Strings) => void,
) {
  // The first string is empty: among dense nodes it ends the tags of one.
  const strings = new Map<string, number>([['', 0]])
  const numberOf = (text: string): number => {
    const known = strings.get(text)
    if (known !== undefined) return known
    strings.set(text, strings.size)
    return strings.size - 1
  }
  const group = written((pbf) => write(things, pbf, numberOf))
  const table = written((pbf) => {
    for (const text of strings.keys()) pbf.writeStringField(1, text)
  })
  return written((pbf) => {
    pbf.writeBytesField(1, table)
    pbf.writeBytesField(2, group)
  })
}

function denseNodes(nodes: readonly MapNode[], pbf: PbfWriter, strings: Strings): void {
  // Granularity is the usual 100: hundred-nanodegrees.
  const units = (degrees: number) => Math.round(degrees * 1e7)
  const dense = written((inner) => {
    inner.writePackedSVarint(1, steps(nodes.map(({ id }) => id)))
    inner.writePackedSVarint(8, steps(nodes.map(({ latitude }) => units(latitude))))
    inner.writePackedSVarint(9, steps(nodes.map(({ longitude }) => units(longitude))))
    const tags = nodes.flatMap(({ tags = {} }) => [
      ...Object.entries(tags).flatMap(([key, value]) => [strings(key), strings(value)]),
      0,
    ])
    inner.writePackedVarint(10, tags)
  })
  pbf.writeBytesField(2, dense)
}

function eachWay(ways: readonly MapWay[], pbf: PbfWriter, strings: Strings): void {
  for (const { id, nodes, tags } of ways) {
    const way = written((inner) => {
      inner.writeVarintField(1, id)
      inner.writePackedVarint(2, Object.keys(tags).map(strings))
      inner.writePackedVarint(3, Object.values(tags).map(strings))
      inner.writePackedSVarint(8, steps(nodes))
    })
    pbf.writeBytesField(3, way)
  }
}

function eachRelation(relations: readonly MapRelation[], pbf: PbfWriter, strings: Strings): void {
  for (const { id, members, tags } of relations) {
    const relation = written((inner) => {
      inner.writeVarintField(1, id)
      inner.writePackedVarint(2, Object.keys(tags).map(strings))
      inner.writePackedVarint(3, Object.values(tags).map(strings))
      inner.writePackedVarint(
        8,
        members.map(({ role }) => strings(role)),
      )
      inner.writePackedSVarint(9, steps(members.map((member) => member.id)))
      inner.writePackedVarint(
        10,
        members.map(({ kind }) => MEMBER_KINDS[kind]),
      )
    })
    pbf.writeBytesField(4, relation)
  }
}

/** Each number as the step from the one before. */
const steps = (numbers: readonly number[]): number[] => numbers.map((one, i) => one - (numbers[i - 1] ?? 0))
