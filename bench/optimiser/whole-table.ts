/** Every published set, and how long each of its instances is searched so that the whole table takes some 20 minutes. */
import { join } from 'node:path'

/** A folder of a set, the seconds that each instance has, and in how many threads; `instances`: only these. */
export type Effort = {
  readonly folder: string
  readonly seconds: number
  readonly threads: number
  readonly instances?: readonly string[]
}

const PARTS: readonly Effort[] = [
  { folder: 'darp-cordeau-a', seconds: 6, threads: 1 },
  { folder: 'darp-pr', seconds: 24, threads: 2 },
  { folder: 'darp-multi-depot-heterogeneous', seconds: 20, threads: 2 },
  { folder: 'sbrp-park', seconds: 4, threads: 1 },
  { folder: 'pdptw-lilim', seconds: 8, threads: 2 },
  // One thread and two in the same time: what the second is worth.
  { folder: 'county', instances: ['S500'], seconds: 30, threads: 1 },
  { folder: 'county', instances: ['S500'], seconds: 30, threads: 2 },
  { folder: 'county', instances: ['S500'], seconds: 60, threads: 2 },
  { folder: 'county', instances: ['M2000'], seconds: 150, threads: 2 },
]

/** The parts of the table, where `root` is the folder that holds those of all the sets. */
export function partsOfTable(root: string): Effort[] {
  return PARTS.map((part) => ({ ...part, folder: join(root, part.folder) }))
}
