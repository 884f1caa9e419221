import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seeded } from '../../ground/random.ts'
import { collect } from '../network/collect.ts'
import { driving } from '../network/purposes.ts'
import { UK_SPEEDS } from '../network/speed-table.ts'
import { contract } from '../search/contract.ts'
import { manyToMany } from '../search/many-to-many.ts'
import { WayFinder } from '../search/one-way.ts'
import { dijkstraFrom, distanceTo } from '../search/testing.ts'
import { buildRoads } from './build-roads.ts'
import { driveGraphs, partFor } from './drive-graph.ts'
import { RoadMap } from './road-map.ts'
import { lengthOf } from './testing.ts'
import type { Path, Place } from './travel-times.ts'

const shared = join(process.env['FIRSTBELL_SHARED'] ?? '../shared', 'roads')

const extracts = ['rutland-2018.osm.pbf', 'newport-2023-06-13.osm.pbf']

// 20 sources by 50 targets: a thousand pairs, each as plain Dijkstra has it.
test.for(extracts)(
  'a thousand trips of %s cost what plain Dijkstra finds',
  { timeout: 240_000 },
  async (name, { skip }) => {
    const path = join(shared, name)
    if (!existsSync(path)) skip()
    const collected = await collect(path, () => {})
    const part = partFor(path, collected, driving(UK_SPEEDS))
    const { network } = part.kept
    const { graphFor, turnBans } = driveGraphs(collected, part, { turns: true, speeds: UK_SPEEDS })
    const { graph, weights } = graphFor({ vehicle: 'minibus', at: 'school-morning' })
    const hierarchy = contract(graph, weights)
    const finder = new WayFinder(hierarchy)
    const random = seeded(name)
    const somewhere = () => ({
      edge: random.between(0, network.edgeFrom.length - 1),
      fraction: random.unit(),
      along: true,
      against: true,
    })
    const sources = Array.from({ length: 20 }, somewhere)
    const targets = Array.from({ length: 50 }, somewhere)

    const matrix = manyToMany(hierarchy, sources, targets)

    sources.forEach((from, s) => {
      const distance = dijkstraFrom(graph, weights, from)
      targets.forEach((to, t) => {
        const best = distanceTo(graph, weights, distance, [from, to])
        expect(matrix[s * targets.length + t]).toBe(best)
        expect(finder.find(from, to)?.weight ?? Number.POSITIVE_INFINITY).toBe(best)
      })
    })
    if (name.startsWith('newport')) expect(turnBans.followed).toBeGreaterThan(60)
  },
)

test.for(extracts)(
  'a thousand ways through %s are as long as their shapes, and their roads add up to them',
  { timeout: 240_000 },
  async (name, { skip }) => {
    const extract = join(shared, name)
    if (!existsSync(extract)) skip()
    const folder = mkdtempSync(join(tmpdir(), 'firstbell-real-roads-'))
    try {
      const out = join(folder, 'county.roads')
      await buildRoads(extract, out, { drives: [BY_TAXI], turns: false, speeds: UK_SPEEDS })
      const map = new RoadMap(out)
      const middle = map.report.middle
      const random = seeded(name)
      const off = () => (random.unit() - 0.5) * 0.08
      const somewhere = (): Place => ({
        latitude: middle.latitude + off(),
        longitude: middle.longitude + off(),
      })
      const found: Path[] = []
      // Some places lie at sea, or too far from any road.
      while (found.length < 1000) {
        const way = map.path(somewhere(), somewhere(), BY_TAXI)
        if (way.ok) found.push(way.value)
      }

      for (const { metres, shape, roads } of found) {
        expect(Math.abs(lengthOf(shape) - metres)).toBeLessThan(1 + metres / 2000)
        // Each road is told to a metre.
        const sum = roads.reduce((far, road) => far + road.metres, 0)
        expect(Math.abs(sum - metres)).toBeLessThanOrEqual(roads.length)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)

const BY_TAXI = { vehicle: 'taxi', at: 'school-morning' } as const
