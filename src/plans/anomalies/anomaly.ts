/**
 * What is odd in a plan: nothing a rule forbids, and nothing that should reach a family without somebody having looked.
 * Kent's pilot anomalies stood in the final output because nobody had to close them.
 */
import type { PupilId } from '#ground/ids.ts'
import { type DayPattern, slotsOf } from '#ground/pattern.ts'
import type { WallTime } from '#ground/time.ts'
import type { Journey, Ride } from '../baseline/journey.ts'
import { aloneFor, metresBetween, minutesBetween, type RunSeen } from '../translation/aboard.ts'

export const anomalyKinds = [
  'long-for-its-directness',
  'past-own-school',
  'alone-in-minibus',
  'very-early-pick-up',
  'early-arrival',
  'kept-apart-in-a-row',
  'alone-without-reason',
  'two-vehicles-at-one-place',
  'road-time-estimated',
] as const
export type AnomalyKind = (typeof anomalyKinds)[number]

/** When something is odd. The council's own, by a dated policy. */
export type Oddness = {
  /** A ride of more than this many times the drive alone, and at least so much longer, is long for its directness. */
  timesDirect: number
  beyondDirectMinutes: number
  /** A vehicle within so many metres of the school that is back there later, by so many minutes or more, went past it. */
  pastSchoolMetres: number
  pastSchoolMinutes: number
  aloneMinutes: number
  /** A vehicle with room for at least so many is a minibus. */
  minibusSeats: number
  earliestPickUp: WallTime
  earlyArrivalMinutes: number
  /** A pair kept apart follow each other in a vehicle if no more lies between them. */
  inARowMinutes: number
  /** Two vehicles are at one place if so near, and so close in time. */
  onePlaceMetres: number
  onePlaceMinutes: number
}

export type Anomaly = {
  kind: AnomalyKind
  /** The same for the same oddness in any plan of the scenario, whatever its runs are called. */
  key: string
  pupils: readonly PupilId[]
  runs: readonly string[]
  /** What was measured, where something was: minutes, or nothing. */
  minutes: number | null
}

/** What the register says of a pupil that makes a plan odd. */
export type Known = {
  pupil: PupilId
  alone: boolean
  aloneReason: string | null
  keptApartFrom: readonly PupilId[]
}

type Looking = { known: readonly Known[]; oddness: Oddness }

/** Everything odd in the runs and journeys of a plan, each once. */
export function findAnomalies(
  runs: readonly RunSeen[],
  journeys: readonly Journey[],
  { known, oddness }: Looking,
): Anomaly[] {
  const riding = journeys.flatMap(({ ride, ...journey }) => (ride ? [{ ...journey, ride }] : []))
  const found = [
    ...riding.flatMap((one) => oddRide(one, oddness)),
    ...runs.flatMap((run) => [...pastOwnSchool(run, oddness), ...aloneInMinibus(run, oddness)]),
    ...keptApartInARow(riding, known, oddness),
    ...known
      .filter(({ alone, aloneReason }) => alone && !aloneReason)
      .map(({ pupil }) => anomaly('alone-without-reason', { pupils: [pupil] })),
    ...twoAtOnePlace(runs, oddness),
    ...estimated(riding),
  ]
  return [...new Map(found.map((one) => [one.key, one])).values()]
}

type Riding = { pupil: PupilId; direction: 1 | 2; days: DayPattern; ride: Ride }
type Seen = { pupils: readonly PupilId[]; direction?: 1 | 2; runs?: readonly string[]; minutes?: number }

function anomaly(kind: AnomalyKind, { pupils, direction, runs = [], minutes }: Seen): Anomaly {
  const sorted = pupils.toSorted((a, b) => a - b)
  const key = [kind, direction, ...sorted].filter((part) => part !== undefined).join(' ')
  return { kind, key, pupils: sorted, runs, minutes: minutes ?? null }
}

function oddRide({ pupil, direction, ride }: Riding, oddness: Oddness): Anomaly[] {
  const seen = { pupils: [pupil], direction, runs: [ride.run] }
  const found: Anomaly[] = []
  const { direct, ridden, bell } = ride
  const beyond = direct === null ? 0 : ridden - direct
  if (direct !== null && ridden > direct * oddness.timesDirect && beyond >= oddness.beyondDirectMinutes * 60)
    found.push(anomaly('long-for-its-directness', { ...seen, minutes: Math.round(beyond / 60) }))
  if (direction === 2) return found
  if (ride.startsAt < oddness.earliestPickUp) found.push(anomaly('very-early-pick-up', seen))
  const waits = bell === null ? 0 : minutesBetween(ride.endsAt, bell)
  if (waits >= oddness.earlyArrivalMinutes) found.push(anomaly('early-arrival', { ...seen, minutes: waits }))
  return found
}

function pastOwnSchool(run: RunSeen, { pastSchoolMetres, pastSchoolMinutes }: Oddness): Anomaly[] {
  const { stops, direction } = run
  return stops.flatMap((school, at) => {
    const between = direction === 1 ? stops.slice(0, at) : stops.slice(at + 1)
    const near = between.filter(
      (stop) =>
        metresBetween(stop, school) <= pastSchoolMetres &&
        Math.abs(minutesBetween(stop.at, school.at)) >= pastSchoolMinutes,
    )
    const theirs = direction === 1 ? school.alights : school.boards
    return theirs.flatMap((pupil) => {
      const other = stops.findIndex(({ boards, alights }) =>
        (direction === 1 ? boards : alights).includes(pupil),
      )
      const passed = near.find((stop) =>
        direction === 1 ? stops.indexOf(stop) > other : stops.indexOf(stop) < other,
      )
      if (!passed) return []
      const minutes = Math.abs(minutesBetween(passed.at, school.at))
      return [anomaly('past-own-school', { pupils: [pupil], direction, runs: [run.name], minutes })]
    })
  })
}

function aloneInMinibus(run: RunSeen, { aloneMinutes, minibusSeats }: Oddness): Anomaly[] {
  const [seats, wheelchairs] = run.layout
  if (seats + wheelchairs < minibusSeats) return []
  return aloneFor(run)
    .filter(({ minutes }) => minutes >= aloneMinutes)
    .map(({ pupil, minutes }) =>
      anomaly('alone-in-minibus', { pupils: [pupil], direction: run.direction, runs: [run.name], minutes }),
    )
}

function keptApartInARow(riding: readonly Riding[], known: readonly Known[], { inARowMinutes }: Oddness) {
  const rides = Map.groupBy(riding, ({ pupil }) => pupil)
  const pairs = known.flatMap(({ pupil, keptApartFrom }) =>
    keptApartFrom.filter((other) => pupil < other).map((other) => [pupil, other] as const),
  )
  return pairs.flatMap(([pupil, other]) =>
    (rides.get(pupil) ?? []).flatMap((a) =>
      (rides.get(other) ?? []).flatMap((b) => {
        if (a.direction !== b.direction || !inOneVehicle(a, b)) return []
        const between = Math.max(
          minutesBetween(a.ride.endsAt, b.ride.startsAt),
          minutesBetween(b.ride.endsAt, a.ride.startsAt),
        )
        if (between > inARowMinutes) return []
        const runs = [...new Set([a.ride.run, b.ride.run])]
        return [anomaly('kept-apart-in-a-row', { pupils: [pupil, other], direction: a.direction, runs })]
      }),
    ),
  )
}

const inOneVehicle = (a: Riding, b: Riding) =>
  a.ride.vehicle !== null && a.ride.vehicle === b.ride.vehicle && shareADay(a.days, b.days)

function shareADay(a: DayPattern, b: DayPattern): boolean {
  if (a === b) return true
  const days = new Set(slotsOf(a))
  return slotsOf(b).some((day) => days.has(day))
}

/** Doors only: at a school gate many vehicles stand together. In order of latitude, so that few pairs are looked at. */
function twoAtOnePlace(runs: readonly RunSeen[], { onePlaceMetres, onePlaceMinutes }: Oddness): Anomaly[] {
  const doors = runs
    .flatMap((run) => run.stops.filter(({ school }) => !school).map((stop) => ({ run, stop })))
    .toSorted((a, b) => a.stop.latitude - b.stop.latitude)
  const METRES_A_DEGREE = 111_000
  return doors.flatMap(({ run, stop }, i) => {
    const found: Anomaly[] = []
    for (let next = i + 1; next < doors.length; next++) {
      const { run: otherRun, stop: other } = doors[next] as (typeof doors)[number]
      if ((other.latitude - stop.latitude) * METRES_A_DEGREE > onePlaceMetres) break
      const meets =
        run.vehicle !== otherRun.vehicle &&
        run.direction === otherRun.direction &&
        metresBetween(stop, other) <= onePlaceMetres &&
        Math.abs(minutesBetween(stop.at, other.at)) <= onePlaceMinutes &&
        shareADay(run.days, otherRun.days)
      if (!meets) continue
      const pupils = [stop, other].flatMap(({ boards, alights }) => [...boards, ...alights])
      found.push(
        anomaly('two-vehicles-at-one-place', {
          pupils,
          direction: run.direction,
          runs: [run.name, otherRun.name],
        }),
      )
    }
    return found
  })
}

function estimated(riding: readonly Riding[]): Anomaly[] {
  const theirs = riding.filter(({ ride }) => ride.estimated)
  if (theirs.length === 0) return []
  const pupils = [...new Set(theirs.map(({ pupil }) => pupil))].toSorted((a, b) => a - b)
  const runs = [...new Set(theirs.map(({ ride }) => ride.run))]
  return [{ kind: 'road-time-estimated', key: 'road-time-estimated', pupils, runs, minutes: null }]
}
