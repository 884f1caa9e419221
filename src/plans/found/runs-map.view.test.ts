import { expect, test } from 'vitest'
import { everySchoolDay } from '#ground/pattern.ts'
import type { WallTime } from '#ground/time.ts'
import type { ListedStop, RunRow } from './plan-list-store.ts'
import { runsMap } from './runs-map.view.ts'

const at = (label: string, latitude: number): ListedStop => ({
  label,
  school: label.endsWith('School'),
  latitude,
  longitude: 0.9,
})
const run = (name: string, vehicle: number, but: Partial<RunRow> = {}): RunRow => ({
  number: vehicle,
  name,
  vehicle,
  direction: name.includes('to school') ? 1 : 2,
  days: everySchoolDay,
  offer: 'Car',
  schools: 'Oakfield School',
  starts: '07:40' as WallTime,
  ends: '08:30' as WallTime,
  pupils: [],
  assistants: 0,
  seats: 4,
  wheelchairs: 0,
  metres: 1000,
  lasts: 600,
  stops: [at('1 High Street', 51.1), at('9 Mill Lane', 51.2), at('Oakfield School', 51.3)],
  ...but,
})
const drawn = (rows: RunRow[]) => {
  const map = runsMap(rows)
  return map ? (JSON.parse(map.drawing('tiles')) as Drawn) : undefined
}
type Drawn = { points: Pin[]; lines: { along: number[][] }[] }
type Pin = { at: [number, number]; kind: string; label: string; says: string }

test('each vehicle and each school is pinned once, and each run is a line through its stops in order', () => {
  const back = [at('Oakfield School', 51.3), at('9 Mill Lane', 51.2), at('1 High Street', 51.1)]
  const map = drawn([
    run('V1 to school', 0),
    run('V1 from school', 0, { stops: back }),
    run('V8 to school', 7),
  ])
  expect(map?.points.map(({ kind, label }) => `${kind} ${label}`)).toEqual(['home 1', 'home 8', 'school S'])
  expect(map?.lines.map(({ along }) => along.map(([, latitude]) => latitude))).toEqual([
    [51.1, 51.2, 51.3],
    [51.3, 51.2, 51.1],
    [51.1, 51.2, 51.3],
  ])
})

test('a vehicle is pinned where it fetches the first pupil, or brings the last', () => {
  const back = [at('Oakfield School', 51.3), at('9 Mill Lane', 51.2), at('1 High Street', 51.1)]
  for (const one of [run('V1 to school', 0), run('V1 from school', 0, { stops: back })]) {
    const map = drawn([one])
    expect(map?.points[0]).toMatchObject({ at: [0.9, 51.1], kind: 'home' })
  }
})

test('where no run is listed there is no map', () => {
  expect(drawn([])).toBeUndefined()
})
