/** Every part of the benchmark, in the order of docs/performance.md. A new one is a file `<name>.bench.ts` and a line here. */

import { countyPart } from './county.bench.ts'
import { curvePart } from './curve.bench.ts'
import { importPart } from './import.bench.ts'
import { kentPart } from './kent.bench.ts'
import type { Part } from './part.ts'
import { plansPart } from './plans.bench.ts'
import { roadsPart } from './roads.bench.ts'
import { searchPart } from './search.bench.ts'
import { startPart } from './start.bench.ts'

export const parts: readonly Part[] = [
  startPart,
  countyPart,
  curvePart,
  importPart,
  roadsPart,
  plansPart,
  searchPart,
  kentPart,
]
