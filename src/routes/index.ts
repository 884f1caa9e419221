export { type Needs, whyNoRoom } from './room.ts'
export type { RunStop } from './run-store.ts'
export { type PlacedStop, placedStops, type RunWay, runWay } from './run-way.ts'
