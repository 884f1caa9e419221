/** Who is aboard a run between its stops. */
import type { PupilId } from '#ground/ids.ts'
import type { DayPattern } from '#ground/pattern.ts'
import type { WallTime } from '#ground/time.ts'

export type StopSeen = {
  latitude: number
  longitude: number
  school: boolean
  at: WallTime
  boards: readonly PupilId[]
  alights: readonly PupilId[]
}

/** As much of a planned run as tells who sits where when. */
export type RunSeen = {
  /** `V12 to school`; numbered where the vehicle drives several. */
  name: string
  vehicle: number
  direction: 1 | 2
  days: DayPattern
  layout: readonly [seats: number, wheelchairs: number]
  stops: readonly StopSeen[]
}

/** From one wall time to another of the same day; fewer than none if it is earlier. */
export const minutesBetween = (from: WallTime, to: WallTime): number => minuteOf(to) - minuteOf(from)

const minuteOf = (time: WallTime) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

type Point = Pick<StopSeen, 'latitude' | 'longitude'>
const METRES_A_DEGREE = 111_195

/** As the crow flies, near enough within a street or a town. */
export function metresBetween(a: Point, b: Point): number {
  const east = (b.longitude - a.longitude) * Math.cos((a.latitude * Math.PI) / 180)
  return Math.hypot(east, b.latitude - a.latitude) * METRES_A_DEGREE
}

/** The longest time without a break that each pupil is the only one aboard; pupils who never are do not appear. */
export function aloneFor({ stops }: RunSeen): { pupil: PupilId; minutes: number }[] {
  const longest = new Map<PupilId, number>()
  let since: { pupil: PupilId; at: WallTime } | undefined
  for (const { at, only } of onlyOnesAboard(stops)) {
    if (since?.pupil === only) continue
    if (since) {
      const minutes = minutesBetween(since.at, at)
      longest.set(since.pupil, Math.max(minutes, longest.get(since.pupil) ?? 0))
    }
    since = only === undefined ? undefined : { pupil: only, at }
  }
  return [...longest].map(([pupil, minutes]) => ({ pupil, minutes }))
}

/** Who alone is aboard as the vehicle leaves each stop; nobody where it is empty or there are more. */
function onlyOnesAboard(stops: readonly StopSeen[]): { at: WallTime; only: PupilId | undefined }[] {
  const aboard = new Set<PupilId>()
  return stops.map(({ at, boards, alights }) => {
    for (const pupil of alights) aboard.delete(pupil)
    for (const pupil of boards) aboard.add(pupil)
    const [only] = aboard
    return { at, only: aboard.size === 1 ? only : undefined }
  })
}
