/** `firstbell westmarch extract`: the roads of Westmarch as an OpenStreetMap extract, for any program that reads one. */
import { writeFile } from 'node:fs/promises'
import { type Command, refused, report } from '#cli/command.ts'
import { ROADS_SEED } from './roads/houses.ts'
import { drawRoads } from './roads/road-map.ts'
import { writeOsm } from './roads/write-osm.ts'

export const westmarchExtractCommand: Command = {
  name: 'westmarch extract',
  summary: 'write the roads of Westmarch as an OpenStreetMap extract',
  takes: ['<file>'],

  async run({ words: [file = ''] }) {
    if (!file.endsWith('.osm.pbf'))
      return refused(`The file is to be called "${file}". Expected a name that ends in .osm.pbf.`)
    const { map } = drawRoads(ROADS_SEED)
    const bytes = writeOsm(map)
    try {
      await writeFile(file, bytes)
    } catch (cause) {
      return refused(
        `${file} cannot be written: ${(cause as Error).message}. Name a file in a folder that is there.`,
      )
    }
    const { nodes, ways, relations } = map
    return report(
      `${file}: ${nodes.length} nodes, ${ways.length} ways and ${relations.length} forbidden turns in ${bytes.length} bytes.`,
      { file, nodes: nodes.length, ways: ways.length, relations: relations.length, bytes: bytes.length },
    )
  },
}
