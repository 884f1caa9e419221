/** The door of roads: from an OpenStreetMap extract to how long, how far and which way. */

export { extractOfAnotherVersion } from './answers/another-version.ts'
export { type BuildReport, type BuildSettings, buildRoads, type Step } from './answers/build-roads.ts'
export { crowFly } from './answers/crow-fly.ts'
export { type OwnRoads, openRoads } from './answers/own-roads.ts'
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
  WalkedWay,
} from './answers/travel-times.ts'
export { NO_WAY, SCHOOL_DRIVES, TIMES_OF_DAY, VEHICLES } from './answers/travel-times.ts'
export { readSpeedTable, type SpeedTable, UK_SPEEDS } from './network/speed-table.ts'
export { BadExtract } from './osm/bad-extract.ts'
export type { OsmBlock, OsmMember, OsmNodes, OsmRelation, OsmTags, OsmWay, Wanted } from './osm/block.ts'
export { type Progress, readOsm } from './osm/read-osm.ts'
export { makeMap } from './tiles/make-map.ts'
