/** The way a run drives, leg by leg along the roads, as it is asked of a network. */
import { BadExtract, type Drive, type Path, type RoadVehicle, type TravelTimes } from '#roads'
import type { RunRecord, RunStop } from './run-store.ts'

export type PlacedStop = RunStop & { latitude: number; longitude: number }

/** The stops that somebody has placed, each with its number among all stops. */
export const placedStops = (stops: readonly RunStop[]): { stop: PlacedStop; number: number }[] =>
  stops
    .map((stop, i) => ({ stop, number: i + 1 }))
    .filter(
      (one): one is { stop: PlacedStop; number: number } =>
        one.stop.latitude !== undefined && one.stop.longitude !== undefined,
    )

export type RunWay = {
  drive: Drive
  network: string
  /** For the number of a stop, the way there from the placed stop before it; nothing where no way was found. */
  legs: ReadonlyMap<number, Path>
}

/** Asks the way of a run. Nothing without a network, or from one that is not made ready for such a drive. */
export async function runWay(
  roads: TravelTimes | undefined,
  { stops, direction, vehicleType }: Pick<RunRecord, 'stops' | 'direction' | 'vehicleType'>,
): Promise<RunWay | undefined> {
  if (!roads) return undefined
  const drive: Drive = {
    vehicle: vehicleOf(vehicleType ?? ''),
    at: direction === 1 ? 'school-morning' : 'school-afternoon',
  }
  const placed = placedStops(stops)
  const legs = new Map<number, Path>()
  try {
    for (const [i, { stop, number }] of placed.entries()) {
      const before = placed[i - 1]?.stop
      const path = before && (await roads.path(before, stop, drive))
      if (path?.ok) legs.set(number, path.value)
    }
  } catch (cause) {
    if (cause instanceof BadExtract) return undefined
    throw cause
  }
  return { drive, network: roads.network, legs }
}

/** What a council calls its vehicles is free text. A coach goes where a minibus may; whatever else is hired, as a taxi may. */
const vehicleOf = (named: string): RoadVehicle => (/bus|coach/i.test(named) ? 'minibus' : 'taxi')
