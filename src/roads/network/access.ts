/**
 * Who may use a way, in which direction: OpenStreetMap's access tags as UK law and signs mean them.
 * https://wiki.openstreetmap.org/wiki/OSM_tags_for_routing/Access_restrictions#United_Kingdom
 */
import { type RoadVehicle, VEHICLES } from '../answers/travel-times.ts'
import type { OsmTags } from '../osm/block.ts'
import { readMetres, readTonnes } from './measure.ts'
import type { RoadClass, SpeedTable, VehicleSize } from './speed-table.ts'

/** What a way is to one vehicle. Through `private` one may come and go, but not pass. */
export type Access = 'open' | 'private' | 'closed'

const CLASS_OF_HIGHWAY: Readonly<Record<string, RoadClass>> = {
  motorway: 'motorway',
  motorway_link: 'motorway',
  trunk: 'trunk',
  trunk_link: 'trunk',
  primary: 'primary',
  primary_link: 'primary',
  secondary: 'secondary',
  secondary_link: 'secondary',
  tertiary: 'tertiary',
  tertiary_link: 'tertiary',
  unclassified: 'unclassified',
  road: 'unclassified',
  residential: 'residential',
  living_street: 'living-street',
  service: 'service',
  track: 'track',
}

/** The class of a way that vehicles may use, or undefined. */
export function roadClass(tags: OsmTags): RoadClass | undefined {
  if (tags.get('area') === 'yes') return undefined
  if (tags.get('route') === 'ferry') return 'ferry'
  return CLASS_OF_HIGHWAY[tags.get('highway') ?? '']
}

// From the general to the particular; the most particular that is given decides.
const KEYS: Readonly<Record<RoadVehicle, readonly string[]>> = {
  car: ['access', 'vehicle', 'motor_vehicle', 'motorcar'],
  taxi: ['access', 'vehicle', 'motor_vehicle', 'motorcar', 'psv', 'taxi'],
  minibus: ['access', 'vehicle', 'motor_vehicle', 'minibus'],
}
const ANSWERS: Readonly<Record<string, Access>> = {
  yes: 'open',
  designated: 'open',
  permissive: 'open',
  public: 'open',
  official: 'open',
  private: 'private',
  destination: 'private',
  customers: 'private',
  delivery: 'private',
  permit: 'private',
  residents: 'private',
  no: 'closed',
  agricultural: 'closed',
  forestry: 'closed',
  emergency: 'closed',
  military: 'closed',
  bus: 'closed',
  psv: 'closed',
}
// A drive or a car park is for those who begin or end there.
const PRIVATE_SERVICE = new Set(['driveway', 'parking_aisle', 'drive-through'])

/** What a way of this class is to a vehicle, by its tags and signs. */
export function accessFor(vehicle: RoadVehicle, road: RoadClass, tags: OsmTags, size: VehicleSize): Access {
  if (isTooSmallFor(size, tags)) return 'closed'
  return saidOf(KEYS[vehicle], tags) ?? unsaid(road, tags)
}

/** The answer of the most particular of these tags that is given. */
export function saidOf(keys: readonly string[], tags: OsmTags): Access | undefined {
  const said = keys.map((key) => ANSWERS[tags.get(key) ?? '']).filter((one) => one !== undefined)
  return said.at(-1)
}

function unsaid(road: RoadClass, tags: OsmTags): Access {
  if (road === 'ferry') return 'closed'
  if (road === 'track') return 'private'
  const service = tags.get('service') ?? ''
  if (service === 'emergency_access' || tags.get('highway') === 'busway') return 'closed'
  return PRIVATE_SERVICE.has(service) ? 'private' : 'open'
}

function isTooSmallFor(size: VehicleSize, tags: OsmTags): boolean {
  const weight = readTonnes(tags.get('maxweight'))
  const width = readMetres(tags.get('maxwidth') ?? tags.get('maxwidth:physical'))
  const height = readMetres(tags.get('maxheight') ?? tags.get('maxheight:physical'))
  return (
    (weight !== undefined && weight < size.weightTonnes) ||
    (width !== undefined && width < size.widthMetres) ||
    (height !== undefined && height < size.heightMetres)
  )
}

export type Directions = { readonly forward: boolean; readonly backward: boolean }

/** The directions in which a vehicle may drive along a way, seen in the order of its nodes. */
export function directionsFor(vehicle: RoadVehicle, tags: OsmTags): Directions {
  const own = vehicle === 'taxi' ? (tags.get('oneway:taxi') ?? tags.get('oneway:psv')) : undefined
  const said = own ?? tags.get('oneway:motor_vehicle') ?? tags.get('oneway')
  if (said === 'yes' || said === 'true' || said === '1') return { forward: true, backward: false }
  if (said === '-1' || said === 'reverse') return { forward: false, backward: true }
  if (said === 'reversible') return { forward: false, backward: false }
  const round = tags.get('junction') === 'roundabout' || tags.get('junction') === 'circular'
  const implied = said !== 'no' && (round || tags.get('highway') === 'motorway')
  return { forward: true, backward: !implied }
}

const STOPS_VEHICLES = new Set([
  'bollard',
  'block',
  'bus_trap',
  'chain',
  'cycle_barrier',
  'debris',
  'jersey_barrier',
  'kissing_gate',
  'log',
  'motorcycle_barrier',
  'planter',
  'rope',
  'stile',
  'sump_buster',
  'turnstile',
])
const OPENS = new Set(['gate', 'lift_gate', 'swing_gate', 'hampshire_gate', 'barrier'])

/** The vehicles that a barrier lets through, as bits. A gate lets everybody through unless it is locked or private. */
export function throughBarrier(tags: OsmTags, speeds: SpeedTable): number {
  const barrier = tags.get('barrier')
  if (barrier === undefined) return ALL_VEHICLES
  return VEHICLES.reduce((bits, vehicle, i) => {
    const said = saidOf(KEYS[vehicle], tags)
    const shut = STOPS_VEHICLES.has(barrier) || (OPENS.has(barrier) && tags.get('locked') === 'yes')
    const passes =
      (said === undefined ? !shut : said === 'open') && !isTooSmallFor(speeds.size[vehicle], tags)
    return passes ? bits | (1 << i) : bits
  }, 0)
}

export const ALL_VEHICLES = (1 << VEHICLES.length) - 1
