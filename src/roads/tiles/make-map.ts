/** Cuts what a map shows into vector tiles of every zoom, and writes them as one archive. */
import { GeoJSONVT, type GeoJSONVTTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import { BadExtract } from '../osm/bad-extract.ts'
import { LAYERS, type Layer, type MapFeature, readFeatures } from './features.ts'
import { type Box, type Tile, writePmtiles } from './write-pmtiles.ts'

const LEAST_ZOOM = 6
/** Closer than this, browsers draw the tiles of this zoom larger. */
const MOST_ZOOM = 14
const FIELDS = { class: 'String', name: 'String', ref: 'String' }

export type MadeMap = { bytes: Uint8Array; tiles: number; features: number }
export type MapProgress = { zoom: number; mostZoom: number }

/**
 * Makes the map of the extract at `path`. `attribution` is shown in a corner of every map made of it.
 * Throws BadExtract, with a sentence, for a file that is not an extract or shows nothing.
 */
export async function makeMap(
  path: string,
  { attribution }: { attribution: string },
  onProgress: (progress: MapProgress) => void = () => {},
): Promise<MadeMap> {
  const features = await readFeatures(path)
  if (features.length === 0)
    throw new BadExtract(`${path} holds no road and no place. Give an extract that covers the county.`)
  const box = boxOf(features)
  const bands = bandsOf(features)
  const tiles: Tile[] = []
  for (let z = LEAST_ZOOM; z <= MOST_ZOOM; z++) {
    onProgress({ zoom: z, mostZoom: MOST_ZOOM })
    tiles.push(...tilesAt(z, box, bands))
  }
  const metadata = {
    name: 'Firstbell',
    attribution,
    vector_layers: LAYERS.map((id) => ({ id, fields: FIELDS })),
  }
  const bytes = writePmtiles({ tiles, box, zooms: [LEAST_ZOOM, MOST_ZOOM], metadata })
  return { bytes, tiles: tiles.length, features: features.length }
}

type Band = { layer: Layer; fromZoom: number; cut: GeoJSONVT }

/** Features that appear at one zoom in one layer are cut together. */
function bandsOf(features: readonly MapFeature[]): Band[] {
  const groups = new Map<string, MapFeature[]>()
  for (const feature of features) {
    const key = `${feature.layer} ${feature.fromZoom}`
    const group = groups.get(key)
    if (group) group.push(feature)
    else groups.set(key, [feature])
  }
  return [...groups.values()].map((group) => {
    const { layer, fromZoom } = group[0] as MapFeature
    const collection = {
      type: 'FeatureCollection' as const,
      features: group.map(({ geometry, properties }) => ({ type: 'Feature' as const, geometry, properties })),
    }
    const cut = new GeoJSONVT(collection, { maxZoom: MOST_ZOOM, indexMaxZoom: 5, tolerance: 3, buffer: 64 })
    return { layer, fromZoom, cut }
  })
}

function tilesAt(z: number, box: Box, bands: readonly Band[]): Tile[] {
  const shown = bands.filter(({ fromZoom }) => fromZoom <= z)
  const [left, top] = tileAt(box.west, box.north, z)
  const [right, bottom] = tileAt(box.east, box.south, z)
  const tiles: Tile[] = []
  for (let x = left; x <= right; x++) {
    for (let y = top; y <= bottom; y++) {
      const layers = layersAt(shown, z, x, y)
      if (Object.keys(layers).length > 0)
        tiles.push({ z, x, y, bytes: fromGeojsonVt(layers, { version: 2, extent: 4096 }) })
    }
  }
  return tiles
}

function layersAt(bands: readonly Band[], z: number, x: number, y: number): Record<string, GeoJSONVTTile> {
  const layers: Record<string, GeoJSONVTTile> = {}
  for (const { layer, cut } of bands) {
    const tile = cut.getTile(z, x, y)
    if (!tile || tile.features.length === 0) continue
    const already = layers[layer]
    layers[layer] = already ? { ...already, features: [...already.features, ...tile.features] } : tile
  }
  return layers
}

/** The tile of the Web Mercator pyramid that a coordinate lies in. */
function tileAt(longitude: number, latitude: number, z: number): [number, number] {
  const sine = Math.sin((latitude * Math.PI) / 180)
  const x = longitude / 360 + 0.5
  const y = 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI
  return [Math.floor(x * 2 ** z), Math.floor(y * 2 ** z)]
}

function boxOf(features: readonly MapFeature[]): Box {
  const box = { west: 180, south: 90, east: -180, north: -90 }
  for (const { geometry } of features) {
    for (const [longitude, latitude] of cornersOf(geometry)) {
      box.west = Math.min(box.west, longitude)
      box.east = Math.max(box.east, longitude)
      box.south = Math.min(box.south, latitude)
      box.north = Math.max(box.north, latitude)
    }
  }
  return box
}

function cornersOf({ type, coordinates }: MapFeature['geometry']): readonly [number, number][] {
  if (type === 'Point') return [coordinates]
  return type === 'LineString' ? coordinates : coordinates.flat()
}
