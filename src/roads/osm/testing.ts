/** Writes small extracts for tests: the same format as the real ones, by an independent hand. */
import { deflateSync } from 'node:zlib'
import { PbfWriter } from 'pbf'

export type TestNode = { id: number; longitude: number; latitude: number; tags?: Record<string, string> }
export type TestWay = { id: number; nodes: number[]; tags: Record<string, string> }
export type TestRelation = {
  id: number
  members: { kind: 'node' | 'way'; id: number; role: string }[]
  tags: Record<string, string>
}
export type TestMap = { nodes: TestNode[]; ways?: TestWay[]; relations?: TestRelation[] }

/** The bytes of an extract that holds this map. */
export function anExtract(
  map: TestMap,
  requires: readonly string[] = ['OsmSchema-V0.6', 'DenseNodes'],
): Buffer {
  return Buffer.concat([blob('OSMHeader', headerOf(requires)), blob('OSMData', blockOf(map))])
}

function blob(kind: string, bytes: Uint8Array): Buffer {
  const body = new PbfWriter()
  body.writeVarintField(2, bytes.length)
  body.writeBytesField(3, deflateSync(bytes))
  const bodyBytes = body.finish()
  const header = new PbfWriter()
  header.writeStringField(1, kind)
  header.writeVarintField(3, bodyBytes.length)
  const headerBytes = header.finish()
  const length = Buffer.alloc(4)
  length.writeUInt32BE(headerBytes.length)
  return Buffer.concat([length, headerBytes, bodyBytes])
}

function headerOf(requires: readonly string[]): Uint8Array {
  const pbf = new PbfWriter()
  for (const feature of requires) pbf.writeStringField(4, feature)
  return pbf.finish()
}

function blockOf({ nodes, ways = [], relations = [] }: TestMap): Uint8Array {
  const strings = ['']
  const stringId = (text: string) => {
    if (!strings.includes(text)) strings.push(text)
    return strings.indexOf(text)
  }
  const group = new PbfWriter()
  group.writeMessage(2, writeDenseNodes(nodes, stringId), undefined)
  for (const way of ways) {
    group.writeMessage(
      3,
      (_, pbf) => {
        pbf.writeVarintField(1, way.id)
        pbf.writePackedVarint(2, Object.keys(way.tags).map(stringId))
        pbf.writePackedVarint(3, Object.values(way.tags).map(stringId))
        pbf.writePackedSVarint(8, differences(way.nodes))
      },
      undefined,
    )
  }
  for (const relation of relations) {
    group.writeMessage(
      4,
      (_, pbf) => {
        pbf.writeVarintField(1, relation.id)
        pbf.writePackedVarint(2, Object.keys(relation.tags).map(stringId))
        pbf.writePackedVarint(3, Object.values(relation.tags).map(stringId))
        pbf.writePackedVarint(
          8,
          relation.members.map(({ role }) => stringId(role)),
        )
        pbf.writePackedSVarint(9, differences(relation.members.map(({ id }) => id)))
        pbf.writePackedVarint(
          10,
          relation.members.map(({ kind }) => (kind === 'node' ? 0 : 1)),
        )
      },
      undefined,
    )
  }
  const groupBytes = group.finish()
  const block = new PbfWriter()
  block.writeMessage(
    1,
    (_, pbf) => {
      for (const text of strings) pbf.writeStringField(1, text)
    },
    undefined,
  )
  block.writeBytesField(2, groupBytes)
  return block.finish()
}

const writeDenseNodes =
  (nodes: TestNode[], stringId: (text: string) => number) => (_: unknown, pbf: PbfWriter) => {
    const units = (degrees: number) => Math.round(degrees * 1e7)
    pbf.writePackedSVarint(1, differences(nodes.map(({ id }) => id)))
    pbf.writePackedSVarint(8, differences(nodes.map(({ latitude }) => units(latitude))))
    pbf.writePackedSVarint(9, differences(nodes.map(({ longitude }) => units(longitude))))
    const tags = nodes.map(({ tags = {} }) =>
      Object.entries(tags).flatMap(([key, value]) => [stringId(key), stringId(value)]),
    )
    if (tags.some((own) => own.length > 0))
      pbf.writePackedVarint(
        10,
        tags.flatMap((own) => [...own, 0]),
      )
  }

const differences = (values: number[]) => values.map((value, i) => value - (values[i - 1] ?? 0))
