/** `firstbell map`: makes the county’s map of an OpenStreetMap extract. */
import { keepMap } from '#adapters/files/map-file.ts'
import { type Asked, type Command, refused, report } from '#cli/command.ts'
import { BadExtract } from './osm/bad-extract.ts'
import { type MadeMap, makeMap } from './tiles/make-map.ts'

// What the Open Database Licence asks for: osm.org/copyright.
export const OPENSTREETMAP =
  '<a href="https://www.openstreetmap.org/copyright" rel="noreferrer">© OpenStreetMap contributors</a>'

export const mapCommand: Command = {
  name: 'map',
  summary: 'make the map of an OpenStreetMap extract (.osm.pbf)',
  takes: ['<file>'],

  async run({ words: [file = ''], folder, say }: Asked) {
    if (folder === undefined) throw new Error('No folder was given to keep the map in.')
    const made = await madeOf(file, say)
    if (typeof made === 'string') return refused(made)
    const kept = await keepMap(folder, made.bytes)
    const { tiles, features, bytes } = made
    return report(
      `The map is made: ${features} roads, waters and places in ${tiles} tiles, ${Math.round(bytes.length / 1024)} KiB, in ${kept}.`,
      { file: kept, features, tiles, bytes: bytes.length },
    )
  },
}

async function madeOf(file: string, say: Asked['say']): Promise<MadeMap | string> {
  try {
    return await makeMap(file, { attribution: OPENSTREETMAP }, ({ zoom, mostZoom }) => {
      say(`  zoom ${zoom} of ${mostZoom}`)
    })
  } catch (cause) {
    if (cause instanceof BadExtract) return cause.message
    throw cause
  }
}
