/** A run on a map: its stops in order, each with its time. */
import { timeInWords } from '#ground/time.ts'
import { mapView } from '#web/map.view.ts'
import type { RunRecord, RunStop } from './run-store.ts'

type PlacedStop = RunStop & { latitude: number; longitude: number }

/** The map of a run; none when nobody has said where its stops are. */
export function runMap({ code, stops }: Pick<RunRecord, 'code' | 'stops'>) {
  const placed = stops.map((stop, i) => ({ stop, number: i + 1 })).filter(isPlaced)
  const missing = stops.length - placed.length
  return mapView({
    label: `Map of ${code}: its stops in order`,
    table: 'stops',
    says: [
      'Numbers are those of the table below: discs are homes, squares are schools.',
      'Dashes join the stops in order; they are not the roads that are driven.',
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
    lines: [{ kind: 'straight', along: placed.map(({ stop }) => [stop.longitude, stop.latitude] as const) }],
  })
}

const isPlaced = (one: { stop: RunStop; number: number }): one is { stop: PlacedStop; number: number } =>
  one.stop.latitude !== undefined && one.stop.longitude !== undefined
