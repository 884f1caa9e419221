/** Roads: building a network, loading it, and asking it, over three counties of growing size. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { seeded } from '#ground/random.ts'
import { openRoads, type Place, readOsm, UK_SPEEDS } from '#roads'
import { RoadMap } from '../src/roads/answers/road-map.ts'
import type { Bench, Figure, Part } from './part.ts'
import { minibusGraph, pairsASecond } from './roads/baseline.ts'
import { spreadOf } from './timing.ts'

const TIMES = 5
const DRIVE = { vehicle: 'minibus', at: 'school-morning' } as const

type Extract = { name: string; file: string; isCounty?: boolean }
const extracts: readonly Extract[] = [
  { name: 'Rutland', file: 'rutland-2018.osm.pbf' },
  { name: 'Newport', file: 'newport-2023-06-13.osm.pbf' },
  { name: 'Kent (synthetic)', file: 'kent-synthetic.osm.pbf', isCounty: true },
]

export const roadsPart: Part = {
  name: 'roads',
  about:
    'Networks of Rutland, of the city of Newport and of a synthetic Kent, each for a minibus in the school morning. Every figure is of one core; building Kent is timed once. A load is of the road file, in a process that has loaded none yet; the thread that holds it on the site is started beside that. A matrix is of 5,000 by 5,000 places, from coordinates to seconds and metres, finding their roads included; *plain Dijkstra* is the same search without preparation, ended once every target is settled, in the same run.',

  async measure(bench) {
    const folder = join(bench.shared, 'roads')
    const present = extracts.filter(({ file }) => existsSync(join(folder, file)))
    if (present.length < extracts.length)
      bench.say(
        `  Skipped, because ${folder} does not hold all of ${extracts.map(({ file }) => file).join(', ')}.`,
      )
    if (present.length < extracts.length) return []
    const figures: Figure[] = []
    for (const extract of present)
      for (const turns of [false, true])
        figures.push(...(await measureOne(bench, { folder, extract, turns })))
    return figures
  },
}

type Asked = { folder: string; extract: Extract; turns: boolean }

async function measureOne(bench: Bench, { folder, extract, turns }: Asked): Promise<Figure[]> {
  const path = join(folder, extract.file)
  const made = mkdtempSync(join(tmpdir(), 'firstbell-roads-'))
  const out = join(made, 'bench.roads')
  const label = (what: string) => `${extract.name}, ${turns ? 'with' : 'without'} turns: ${what}`
  const figures: Figure[] = []
  const add = (line: Line, measured: readonly number[]) => {
    const { atMost, atLeast, ...rest } = { ...line, what: label(line.what) }
    const held = { ...(atMost !== undefined && { atMost }), ...(atLeast !== undefined && { atLeast }) }
    const figure = { ...rest, ...spreadOf(measured), ...(extract.isCounty ? held : {}) }
    bench.say(`  ${figure.what}: ${figure.median.toPrecision(3)} ${figure.unit}`)
    figures.push(figure)
  }
  try {
    const builds = await repeated(() => buildOnce(path, out, turns), extract.isCounty ? 1 : TIMES)
    const took = { what: `build (${builds[0]?.roads.toLocaleString('en-GB')} roads)`, unit: 's' }
    add(
      { ...took, atMost: turns ? 120 : 30 },
      builds.map(({ seconds }) => seconds),
    )
    add(
      { what: 'memory while building', unit: 'GB', atMost: 1.5 },
      builds.map(({ gigabytes }) => gigabytes),
    )
    add({ what: 'size of the road file', unit: 'MB' }, [statSync(out).size / 1e6])
    add({ what: 'load of the road file', unit: 'ms', atMost: 100 }, await repeated(() => loadOnce(out)))
    add({ what: 'start of a thread for it', unit: 'ms' }, await repeated(threadStart))
    const places = await placesOf(path)
    const map = new RoadMap(out)
    add({ what: 'matrix', unit: 'million pairs/s', atLeast: turns ? 4 : 10 }, await matrices(map, places))
    add({ what: 'a path with its shape', unit: 'ms', atMost: 2 }, await ways(map, places))
    add({ what: 'nearest road', unit: 'µs', atMost: 20 }, await nearests(map, places))
    add({ what: 'matrix by plain Dijkstra', unit: 'million pairs/s' }, await baseline(path, turns))
    return figures
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

type Line = Omit<Figure, 'n' | 'median' | 'lowest' | 'highest'>

async function repeated<T>(work: () => Promise<T> | T, times = TIMES): Promise<T[]> {
  const done: T[] = []
  for (let i = 0; i < times; i++) done.push(await work())
  return done
}

type Built = { seconds: number; gigabytes: number; roads: number }

async function buildOnce(extract: string, out: string, turns: boolean): Promise<Built> {
  const settings = JSON.stringify({ drives: [DRIVE], turns, speeds: UK_SPEEDS })
  const script = join(import.meta.dirname, 'roads/build-once.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, extract, out, settings])
  return JSON.parse(stdout) as Built
}

async function loadOnce(file: string): Promise<number> {
  const script = join(import.meta.dirname, 'roads/load-once.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script, file])
  return (JSON.parse(stdout) as { ms: number }).ms
}

/** A thread that finds no file there says so as soon as it runs: what it took until then is its start alone. */
async function threadStart(): Promise<number> {
  const before = performance.now()
  const opened = await openRoads(join(tmpdir(), 'no such network')).then(
    () => true,
    () => false,
  )
  if (opened) throw new Error('There is a network where there should be none.')
  return performance.now() - before
}

const matrices = (map: RoadMap, places: readonly Place[]) =>
  repeated(() => {
    const ms = each(1, () => map.matrix(places.slice(0, 5000), places.slice(5000), DRIVE))
    return 25_000 / ms
  })

const ways = (map: RoadMap, places: readonly Place[]) =>
  repeated(() => each(500, (i) => map.path(places[i] as Place, places[5000 + i] as Place, DRIVE)))

const nearests = (map: RoadMap, places: readonly Place[]) =>
  repeated(() => 1000 * each(5000, (i) => map.nearest(places[i] as Place, 'drive')))

/** The mean of so many, in milliseconds. */
function each(count: number, work: (i: number) => unknown): number {
  const before = performance.now()
  for (let i = 0; i < count; i++) work(i)
  return (performance.now() - before) / count
}

/** Ten thousand places, drawn from the extract's own points and moved a few metres off them. */
async function placesOf(extract: string): Promise<Place[]> {
  const points: Place[] = []
  for await (const { nodes } of readOsm(extract, { nodes: true }))
    for (const { longitudesE7, latitudesE7 } of nodes)
      latitudesE7.forEach((latitude, i) => {
        points.push({ latitude: latitude / 1e7, longitude: (longitudesE7[i] ?? 0) / 1e7 })
      })
  const random = seeded('bench')
  return Array.from({ length: 10_000 }, () => {
    const { latitude, longitude } = random.oneOf(points)
    return { latitude: latitude + random.unit() * 2e-4, longitude: longitude + random.unit() * 2e-4 }
  })
}

async function baseline(extract: string, turns: boolean): Promise<number[]> {
  const graph = await minibusGraph(extract, turns)
  const random = seeded('baseline')
  // A state that no link leaves is a closed direction of a one-way street.
  const open = [...graph.first.keys()].filter((i) => (graph.first[i + 1] ?? 0) > (graph.first[i] ?? 0))
  const [sources, targets] = [2, 5000].map((count) => Array.from({ length: count }, () => random.oneOf(open)))
  return await repeated(() => pairsASecond(graph, sources ?? [], targets ?? []) / 1e6)
}
