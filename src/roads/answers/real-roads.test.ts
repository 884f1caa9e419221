import { existsSync } from 'node:fs'
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
import { driveGraphs, partFor } from './drive-graph.ts'

const shared = join(process.env['FIRSTBELL_SHARED'] ?? '../shared', 'roads')

// 20 sources by 50 targets: a thousand pairs, each as plain Dijkstra has it.
test.for(['rutland-2018.osm.pbf', 'newport-2023-06-13.osm.pbf'])(
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
