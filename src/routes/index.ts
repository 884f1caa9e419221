export { type Needs, whyNoRoom } from './room.ts'
