/** How long and how far it is between the stops of a run, as the roads say or a straight line estimates. */
import { type Drive, NO_WAY, type Place, type TravelTimes } from '#roads'

type MaybePlaced = { latitude?: number; longitude?: number }

/** From one stop of a run, by its number, to another; nothing where either has no point, or there is no way. */
export type RunWay = (from: number, to: number) => { seconds: number; metres: number } | undefined

/** Asks once for every pair of stops of a run. */
export async function runWay(
  roads: TravelTimes,
  stops: readonly MaybePlaced[],
  drive: Drive,
): Promise<RunWay> {
  const placed = stops.flatMap((stop, number) => {
    const place = placeOf(stop)
    return place ? [{ number, place }] : []
  })
  const column = new Map(placed.map(({ number }, i) => [number, i]))
  const places = placed.map(({ place }) => place)
  const { seconds, metres } = await roads.matrix(places, places, drive)
  return (from, to) => {
    const [row, col] = [column.get(from), column.get(to)]
    if (row === undefined || col === undefined) return undefined
    const pair = row * places.length + col
    const [drives = NO_WAY, way = NO_WAY] = [seconds[pair], metres[pair]]
    return drives === NO_WAY ? undefined : { seconds: drives, metres: way }
  }
}

const placeOf = ({ latitude, longitude }: MaybePlaced): Place | undefined =>
  latitude === undefined || longitude === undefined ? undefined : { latitude, longitude }
