/** What a part of the benchmark is: a name, a sentence, and work that gives figures. */
import type { Sql } from 'postgres'
import type { PlainDate } from '#ground/time.ts'

/** One line of the table. Of n runs: the median, and the fastest and slowest beside it. */
export type Figure = {
  what: string
  unit: string
  n: number
  median: number
  lowest: number
  highest: number
  /** What we hold ourselves to, in the same unit, where we do. */
  atMost?: number
  /** Or, where more is better, at least. */
  atLeast?: number
}

/** A Westmarch made for measuring, kept between runs. */
export type County = { sql: Sql; url: string; today: PlainDate }
export type CountySize = {
  /** Pupils who are on the register at once, about. */
  pupils: number
  /** School years of history. */
  years: number
}

/** What a part is given to work with. */
export type Bench = {
  /** A county of this size. The first time it is made, which takes minutes at full size. */
  county: (size: CountySize) => Promise<County>
  /** Times `work` in milliseconds: once to warm up, then `times` times. */
  time: (what: string, work: () => Promise<unknown>, how?: HowTimed) => Promise<Figure>
  /** Progress for a person to read while they wait. */
  say: (line: string) => void
  /** A folder beside the checkout with extracts and instances to measure on. A part that finds none says so and is skipped. */
  shared: string
}
export type HowTimed = {
  times?: number
  atMost?: number
  warmUp?: boolean
  /** Done before each run, and not timed. */
  before?: () => Promise<unknown>
}

export type Part = {
  name: string
  /** What it measures and on what, in a sentence under the heading of its table. */
  about: string
  measure: (bench: Bench) => Promise<readonly Figure[]>
}
