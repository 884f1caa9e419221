/** The runs of a plan on one map, as they are listed: where each vehicle goes and which run past one another. */
import { present } from '#ground/present.ts'
import { timeInWords } from '#ground/time.ts'
import { type MapLine, mapView, type Pin } from '#web/map.view.ts'
import { counted } from '../scenario/scenario.view.ts'
import { vehicleName } from '../translation/runs-of.ts'
import type { RunRow } from './plan-list-store.ts'

/** The map of the runs that are listed; none where there are none. */
export const runsMap = (rows: readonly RunRow[]) =>
  mapView({
    label: 'Map of the runs listed below',
    table: 'runs',
    says: 'The runs listed below. A disc bears the number of its vehicle, where it fetches the first pupil or brings the last; squares are schools. Dashes join the stops in order; the page of a run shows its roads.',
    pins: [...vehiclePins(rows), ...schoolPins(rows)],
    lines: rows.map(lineOf),
  })

const lineOf = ({ stops }: RunRow): MapLine => ({
  kind: 'straight',
  along: stops.map(({ longitude, latitude }) => [longitude, latitude] as const),
})

/** Each vehicle once, by the first of its runs that is listed. */
function vehiclePins(rows: readonly RunRow[]): Pin[] {
  const first = [...Map.groupBy(rows, ({ vehicle }) => vehicle).values()].map(([run]) => run)
  return first.filter(present).flatMap((run) => {
    const homes = run.stops.filter(({ school }) => !school)
    const farthest = run.direction === 1 ? homes.at(0) : homes.at(-1)
    if (!farthest) return []
    const { longitude, latitude } = farthest
    const when = `${timeInWords(run.starts)} to ${timeInWords(run.ends)}`
    return [
      {
        longitude,
        latitude,
        kind: 'home' as const,
        label: vehicleName(run.vehicle).slice(1),
        says: `${run.name}: ${counted(run.pupils.length, 'pupil')}, ${when}, ${run.schools}`,
      },
    ]
  })
}

function schoolPins(rows: readonly RunRow[]): Pin[] {
  const schools = rows.flatMap(({ stops }) => stops).filter(({ school }) => school)
  const each = new Map(schools.map((stop) => [stop.label, stop]))
  return [...each.values()].map(({ longitude, latitude, label }) => ({
    longitude,
    latitude,
    kind: 'school',
    label: 'S',
    says: label,
  }))
}
