/** An OSRM server for tests: the answers of version 1 of its HTTP API, as documented, from a network of our own. */
import { type Call, NO_WAY, type Place, type TravelTimes } from '../answers/travel-times.ts'
import { type FakeServer, fakeServer } from '../http/testing.ts'

const DRIVE = { vehicle: 'car', at: 'school-morning' } as const

export const fakeOsrm = (roads: TravelTimes): Promise<FakeServer> =>
  fakeServer(async (path) => {
    const answer = await answerTo(roads, new URL(path, 'http://fake'))
    return {
      status: answer.code === 'Ok' ? 200 : 400,
      answer: { ...answer, data_version: '2026-09-01T20:20:20Z' },
    }
  })

type Said = { code: string } & Record<string, unknown>

async function answerTo(roads: TravelTimes, { pathname, searchParams }: URL): Promise<Said> {
  const [, service, , , coordinates] = pathname.split('/')
  const approaches = searchParams.get('approaches')?.split(';')
  const calls = coordinates.split(';').map((pair, i): Call => {
    const [longitude, latitude] = pair.split(',').map(Number)
    return { longitude, latitude, mustNotCross: approaches?.[i] === 'curb' }
  })
  const near = await Promise.all(calls.map((call) => roads.nearest(call, 'drive')))
  const far = near.findIndex(({ found }) => !found)
  if (far >= 0)
    return { code: 'NoSegment', message: `Could not find a matching segment for coordinate ${far}` }
  const waypoints = near.map((point) => ({
    location: point.found ? [point.place.longitude, point.place.latitude] : [],
    distance: point.found ? point.metres : 0,
    name: point.found ? point.road : '',
  }))
  if (service === 'nearest') return { code: 'Ok', waypoints }
  return service === 'route'
    ? route(roads, calls, waypoints)
    : table(roads, calls, { waypoints, searchParams })
}

async function route(roads: TravelTimes, [from, to]: readonly Call[], waypoints: unknown): Promise<Said> {
  const path = await roads.path(from, to, DRIVE)
  if (!path.ok) return { code: 'NoRoute', message: 'Impossible route between points' }
  const { seconds, metres, shape, roads: taken } = path.value
  const points = Array.from({ length: shape.length / 2 }, (_, i) => [shape[i * 2], shape[i * 2 + 1]])
  const steps = [
    ...taken.map((road) => ({ name: road.name, distance: road.metres })),
    { name: '', distance: 0 },
  ]
  const found = { duration: seconds, distance: metres, geometry: { type: 'LineString', coordinates: points } }
  return { code: 'Ok', routes: [{ ...found, legs: [{ steps }] }], waypoints }
}

async function table(
  roads: TravelTimes,
  calls: readonly Call[],
  { waypoints, searchParams }: { waypoints: readonly unknown[]; searchParams: URLSearchParams },
): Promise<Said> {
  const places = (name: string) => (searchParams.get(name) ?? '').split(';').map(Number)
  const [sources, targets] = [places('sources'), places('destinations')]
  const from: Place[] = sources.map((i) => calls[i])
  const to = targets.map((i) => calls[i])
  const { seconds, metres } = await roads.matrix(from, to, DRIVE)
  const rows = (cells: Uint32Array) =>
    sources.map((_, s) =>
      targets.map((__, t) => {
        const cell = cells[s * targets.length + t]
        return cell === NO_WAY ? null : cell
      }),
    )
  return {
    code: 'Ok',
    durations: rows(seconds),
    distances: rows(metres),
    sources: sources.map((i) => waypoints[i]),
    destinations: targets.map((i) => waypoints[i]),
  }
}
