/** The door of roads: from an OpenStreetMap extract to how long, how far and which way. */

export type {
  Afoot,
  Answered,
  Avoiding,
  Call,
  Drive,
  How,
  Isochrone,
  Matrix,
  Nearest,
  NoAnswer,
  Path,
  Place,
  RoadVehicle,
  Side,
  TimeOfDay,
  TravelTimes,
  Walk,
} from './answers/travel-times.ts'
export { NO_WAY, TIMES_OF_DAY, VEHICLES } from './answers/travel-times.ts'
export { BadExtract } from './osm/bad-extract.ts'
export type { OsmBlock, OsmMember, OsmNodes, OsmRelation, OsmTags, OsmWay, Wanted } from './osm/block.ts'
export { type Progress, readOsm } from './osm/read-osm.ts'
