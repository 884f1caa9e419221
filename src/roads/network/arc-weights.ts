/** What an arc costs a vehicle at a time of day. */
import { type Drive, VEHICLES } from '../answers/travel-times.ts'
import type { OsmTags } from '../osm/block.ts'
import { roadClass } from './access.ts'
import { readMinutes, readMph } from './measure.ts'
import type { Network } from './network.ts'
import type { RoadClass, SpeedTable } from './speed-table.ts'
import { CLOSED, weigh } from './weights.ts'

export type Tagged = { network: Network; tagsOf: (edge: number) => OsmTags }

/** The weight of every arc for a vehicle at a time of day; CLOSED where it may not go. */
export function arcWeights({ network, tagsOf }: Tagged, speeds: SpeedTable, drive: Drive): Float64Array {
  const bit = 1 << VEHICLES.indexOf(drive.vehicle)
  return Float64Array.from(network.arcOpen, (open, arc) => {
    if ((open & bit) === 0) return CLOSED
    const cm = network.edgeLengthCm[arc >>> 1]
    const tags = tagsOf(arc >>> 1)
    const road = roadClass(tags) ?? 'service'
    if (road === 'ferry') return weigh(ferryHundredths(tags, cm, speeds), cm)
    return weigh(Math.round((cm / cmInASecond(tags, road, speeds, drive)) * 100), cm)
  })
}

const CM_A_SECOND_IN_A_MPH = 44.704

function cmInASecond(tags: OsmTags, road: RoadClass, speeds: SpeedTable, { vehicle, at }: Drive): number {
  const place = isBuiltUp(tags, road) ? 'builtUp' : 'open'
  const limit = limitMph(tags, road, speeds, vehicle) * speeds.shareOfLimit
  return Math.min(speeds.averageMph[road][place], limit) * speeds.factor[at][place] * CM_A_SECOND_IN_A_MPH
}

/** Street lamps make a 30 limit (Road Traffic Regulation Act 1984, s.82), so where either is, people live. */
function isBuiltUp(tags: OsmTags, road: RoadClass): boolean {
  const sign = readMph(tags.get('maxspeed'))
  if (sign !== undefined) return sign <= 41
  return road === 'residential' || road === 'living-street' || tags.get('lit') === 'yes'
}

function limitMph(tags: OsmTags, road: RoadClass, speeds: SpeedTable, vehicle: Drive['vehicle']): number {
  const national = speeds.nationalMph[vehicle]
  const isDual = tags.get('oneway') === 'yes' && tags.get('junction') === undefined
  const most =
    road === 'motorway' ? national.motorway : isDual && isMainRoad(road) ? national.dual : national.single
  const sign = readMph(tags.get('maxspeed'))
  if (sign !== undefined) return Math.min(sign, most)
  return isBuiltUp(tags, road) ? speeds.builtUpLimitMph : most
}

const isMainRoad = (road: RoadClass): boolean => road === 'trunk' || road === 'primary'

function ferryHundredths(tags: OsmTags, cm: number, speeds: SpeedTable): number {
  const minutes = readMinutes(tags.get('duration'))
  const sailing =
    minutes === undefined ? cm / (speeds.averageMph.ferry.open * CM_A_SECOND_IN_A_MPH) : minutes * 60
  return Math.round((sailing + speeds.ferryWaitMinutes * 60) * 100)
}
