/** A run on a map: its stops in order, each with its time, and the roads between them where they are known. */
import { inMiles, metres } from '#ground/distance.ts'
import { timeInWords } from '#ground/time.ts'
import { type PlacedStop, placedStops, type RunStop, type RunWay } from '#routes'
import { lineAlong, type MapLine, mapView } from './map.view.ts'

/** The map of a run; none when nobody has said where its stops are. */
export function runMap({ code, stops }: { code: string; stops: readonly RunStop[] }, way?: RunWay) {
  const placed = placedStops(stops)
  const missing = stops.length - placed.length
  return mapView({
    label: `Map of ${code}: its stops in order`,
    table: 'stops',
    says: [
      'Numbers are those of the table below: discs are homes, squares are schools.',
      wayInWords(placed.length, way),
      ...(missing > 0
        ? [`${missing} of ${stops.length} stops cannot be shown: nobody has said where they are.`]
        : []),
    ].join(' '),
    pins: placed.map(({ stop, number }) => ({
      longitude: stop.longitude,
      latitude: stop.latitude,
      kind: stop.kind,
      label: String(number),
      says: `Stop ${number}, ${timeInWords(stop.at)}: ${stop.place}`,
    })),
    lines: placed.slice(1).map(({ stop, number }, i) => {
      const leg = way?.legs.get(number)
      return leg ? lineAlong(leg.shape) : lineBetween(placed[i]?.stop ?? stop, stop)
    }),
  })
}

/** How a stop is come to, for its table: how far from the stop before, how long, and on which side of the road. */
export function legInWords(way: RunWay | undefined, number: number): string {
  const leg = way?.legs.get(number)
  if (!leg) return ''
  const isKnown = leg.arrivesOn === 'left' || leg.arrivesOn === 'right'
  const side = isKnown ? [`on the ${leg.arrivesOn} of the road`] : []
  return [inMiles(leg.metres), minutesInWords(leg.seconds), ...side].join(', ')
}

function wayInWords(placed: number, way: RunWay | undefined): string {
  if (!way || way.legs.size === 0)
    return 'Dashes join the stops in order; they are not the roads that are driven.'
  const legs = [...way.legs.values()]
  const far = metres(legs.reduce((sum, leg) => sum + leg.metres, 0))
  const long = legs.reduce((sum, leg) => sum + leg.seconds, 0)
  const how = legs.some((leg) => leg.how === 'estimated') ? 'estimated' : 'measured'
  return [
    `The line is the quickest way by ${way.drive.vehicle} in the ${way.drive.at.replace('-', ' ')}, ${how}: ${inMiles(far)}, ${minutesInWords(long)} without stops.`,
    ...(legs.length < placed - 1 ? ['Dashes stand where no way by road was found.'] : []),
  ].join(' ')
}

function minutesInWords(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}

const lineBetween = (from: PlacedStop, to: PlacedStop): MapLine => ({
  kind: 'straight',
  along: [from, to].map(({ longitude, latitude }) => [longitude, latitude] as const),
})
