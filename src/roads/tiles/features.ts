/** What a map shows of an extract: roads by class, water, boundaries and places, each from the zoom at which it helps. */
import type { OsmRelation, OsmTags, OsmWay } from '../osm/block.ts'
import { readOsm } from '../osm/read-osm.ts'
import { coordinatesOf } from './coordinates.ts'

/** Every map says that it has these, for its readers draw all of them; a county without a lake has an empty one. */
export const LAYERS = ['roads', 'water', 'boundaries', 'places'] as const
export type Layer = (typeof LAYERS)[number]
export type Shown = { layer: Layer; fromZoom: number; properties: Record<string, string | number> }
export type MapFeature = Shown & {
  geometry:
    | { type: 'Point'; coordinates: [number, number] }
    | { type: 'LineString'; coordinates: [number, number][] }
    | { type: 'Polygon'; coordinates: [number, number][][] }
}

/** The classes a map draws, and the zoom from which it draws them. */
const ROADS: Readonly<Record<string, { class: string; fromZoom: number }>> = {
  motorway: { class: 'motorway', fromZoom: 6 },
  trunk: { class: 'trunk', fromZoom: 6 },
  primary: { class: 'primary', fromZoom: 8 },
  secondary: { class: 'secondary', fromZoom: 9 },
  tertiary: { class: 'tertiary', fromZoom: 10 },
  unclassified: { class: 'minor', fromZoom: 11 },
  residential: { class: 'minor', fromZoom: 12 },
  living_street: { class: 'minor', fromZoom: 12 },
  service: { class: 'service', fromZoom: 13 },
  track: { class: 'service', fromZoom: 13 },
  pedestrian: { class: 'path', fromZoom: 13 },
  footway: { class: 'path', fromZoom: 13 },
  path: { class: 'path', fromZoom: 13 },
  bridleway: { class: 'path', fromZoom: 13 },
  cycleway: { class: 'path', fromZoom: 13 },
  steps: { class: 'path', fromZoom: 13 },
}
const PLACES: Readonly<Record<string, number>> = { city: 6, town: 8, suburb: 11, village: 10, hamlet: 12 }

/** Reads what a map shows from the extract at `path`, in the file's order. Throws BadExtract as `readOsm` does. */
export async function readFeatures(path: string): Promise<MapFeature[]> {
  const { ways, borders } = await readShownWays(path)
  const coordinates = await coordinatesOf(path, ways)
  const lines = ways.flatMap((way) => {
    const shown = wayShown(way.tags, borders.has(way.id))
    return shown ? [{ ...shown, geometry: shapeOf(way, shown, coordinates.of) }] : []
  })
  return [
    ...lines.filter(({ geometry }) => geometry.coordinates.length > 0),
    ...coordinates.places.flatMap(placeShown),
  ]
}

async function readShownWays(path: string): Promise<{ ways: OsmWay[]; borders: Set<number> }> {
  const borders = new Set<number>()
  const all: OsmWay[] = []
  for await (const { ways, relations } of readOsm(path, { ways: true, relations: true })) {
    all.push(...ways.filter(({ tags }) => wayShown(tags, true)))
    for (const id of relations.flatMap(borderWays)) borders.add(id)
  }
  return { ways: all.filter(({ id, tags }) => wayShown(tags, borders.has(id))), borders }
}

function borderWays({ members, tags }: OsmRelation): number[] {
  if (tags.get('boundary') !== 'administrative') return []
  return members.filter(({ kind }) => kind === 'way').map(({ id }) => id)
}

/** How a way with these tags is shown; nothing when it is not. */
function wayShown(tags: OsmTags, isBorder: boolean): Shown | undefined {
  const road = ROADS[(tags.get('highway') ?? '').replace(/_link$/, '')]
  if (road) {
    const { class: kind, fromZoom } = road
    return {
      layer: 'roads',
      fromZoom,
      properties: { class: kind, ...named(tags), ...(tags.has('oneway') && { oneway: 1 }) },
    }
  }
  if (tags.get('route') === 'ferry')
    return { layer: 'roads', fromZoom: 9, properties: { class: 'ferry', ...named(tags) } }
  return waterShown(tags) ?? (isBorder || tags.get('boundary') === 'administrative' ? border : undefined)
}

const border: Shown = { layer: 'boundaries', fromZoom: 6, properties: { class: 'boundary' } }

function waterShown(tags: OsmTags): Shown | undefined {
  if (tags.get('natural') === 'coastline')
    return { layer: 'water', fromZoom: 6, properties: { class: 'coast' } }
  if (tags.get('natural') === 'water')
    return { layer: 'water', fromZoom: 9, properties: { class: 'lake', ...named(tags) } }
  const flow = tags.get('waterway')
  if (flow === 'river' || flow === 'canal')
    return { layer: 'water', fromZoom: 8, properties: { class: 'river', ...named(tags) } }
  if (flow === 'stream')
    return { layer: 'water', fromZoom: 13, properties: { class: 'stream', ...named(tags) } }
  return undefined
}

function named(tags: OsmTags): Record<string, string> {
  const [name, ref] = [tags.get('name'), tags.get('ref')]
  return { ...(name !== undefined && { name }), ...(ref !== undefined && { ref }) }
}

function placeShown({ tags, at }: { tags: OsmTags; at: [number, number] }): MapFeature[] {
  const kind = tags.get('place') ?? ''
  const fromZoom = PLACES[kind]
  const name = tags.get('name')
  if (fromZoom === undefined || name === undefined) return []
  return [
    {
      layer: 'places',
      fromZoom,
      properties: { class: kind, name },
      geometry: { type: 'Point', coordinates: at },
    },
  ]
}

type Of = (node: number) => [number, number] | undefined

/** Nodes that the extract leaves out are passed over: a cut through a way at its edge leaves the rest of it. */
function shapeOf({ nodeIds }: OsmWay, { properties }: Shown, of: Of): MapFeature['geometry'] {
  const coordinates = [...nodeIds].map(of).filter((one) => one !== undefined)
  const closed = nodeIds.length > 3 && nodeIds[0] === nodeIds.at(-1)
  if (properties['class'] === 'lake' && closed) return { type: 'Polygon', coordinates: [coordinates] }
  return { type: 'LineString', coordinates: coordinates.length < 2 ? [] : coordinates }
}
