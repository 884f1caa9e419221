/** An OSRM server for tests: the answers of version 1 of its HTTP API, as documented, from a network of our own. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Call, NO_WAY, type Place, type TravelTimes } from '../answers/travel-times.ts'

export type FakeOsrm = {
  readonly url: string
  /** What it was asked, in order. */
  readonly asked: string[]
  /** The next questions get these instead of an answer: a status, or 'silence'. */
  readonly troubles: (number | 'silence')[]
  close(): Promise<void>
}

const DRIVE = { vehicle: 'car', at: 'school-morning' } as const

export async function fakeOsrm(roads: TravelTimes): Promise<FakeOsrm> {
  const asked: string[] = []
  const troubles: FakeOsrm['troubles'] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push(request.url ?? '')
    const trouble = troubles.shift()
    if (trouble === 'silence') return
    if (trouble !== undefined) response.writeHead(trouble).end('Bad Gateway')
    else
      void answerTo(roads, new URL(request.url ?? '', 'http://fake')).then((answer) =>
        response.writeHead(answer.code === 'Ok' ? 200 : 400).end(JSON.stringify(answer)),
      )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    troubles,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

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
