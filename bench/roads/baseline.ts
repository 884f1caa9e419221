/** What a matrix would cost without preparation: Dijkstra's search, ended once every target is settled. */
import { driveGraphs, partFor } from '../../src/roads/answers/drive-graph.ts'
import { collect } from '../../src/roads/network/collect.ts'
import { driving } from '../../src/roads/network/purposes.ts'
import { UK_SPEEDS } from '../../src/roads/network/speed-table.ts'
import { Heap } from '../../src/roads/search/heap.ts'
import type { SearchGraph } from '../../src/roads/search/search-graph.ts'

/** The graph that a minibus in the school morning is searched for over. */
export async function minibusGraph(extract: string, turns: boolean): Promise<SearchGraph> {
  const collected = await collect(extract, () => {})
  const part = partFor(extract, collected, driving(UK_SPEEDS))
  return driveGraphs(collected, part, { turns, speeds: UK_SPEEDS }).graphFor(MINIBUS).graph
}

const MINIBUS = { vehicle: 'minibus', at: 'school-morning' } as const

/** Searches from each source until each target is settled, and gives how many pairs a second that made. */
export function pairsASecond(
  graph: SearchGraph,
  sources: readonly number[],
  targets: readonly number[],
): number {
  const search = new BoundedSearch(graph, targets)
  const before = performance.now()
  for (const source of sources) search.run(source)
  return (sources.length * targets.length) / ((performance.now() - before) / 1000)
}

class BoundedSearch {
  readonly #graph: SearchGraph
  readonly #isTarget: Uint8Array
  readonly #targets: number
  readonly #heap = new Heap()
  readonly #distance: Float64Array

  constructor(graph: SearchGraph, targets: readonly number[]) {
    this.#graph = graph
    this.#isTarget = new Uint8Array(graph.nodes)
    for (const target of targets) this.#isTarget[target] = 1
    this.#targets = new Set(targets).size
    this.#distance = new Float64Array(graph.nodes)
  }

  run(source: number): void {
    const distance = this.#distance.fill(Number.POSITIVE_INFINITY)
    const heap = this.#heap
    heap.clear()
    distance[source] = 0
    heap.push(0, source)
    for (let missing = this.#targets; heap.size > 0 && missing > 0; ) {
      const key = heap.leastKey()
      const node = heap.leastNode()
      heap.drop()
      if (key !== distance[node]) continue
      missing -= this.#isTarget[node] ?? 0
      this.#relax(node, key)
    }
  }

  #relax(node: number, key: number): void {
    const { first, head, weight } = this.#graph
    const distance = this.#distance
    const end = first[node + 1] as number
    for (let link = first[node] as number; link < end; link++) {
      const reached = key + (weight[link] as number)
      const other = head[link] as number
      if (reached >= (distance[other] as number)) continue
      distance[other] = reached
      this.#heap.push(reached, other)
    }
  }
}
