export {
  type Arrangement,
  type Direction,
  directions,
  lacksTransport,
  type Rung,
  rungs,
  type TravelState,
  travelStates,
  withoutTransport,
} from './states.ts'
