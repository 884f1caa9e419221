/** Times work by the wall clock of this machine. */
import type { Figure, HowTimed } from './part.ts'

const TIMES = 11

/** Runs `work` and gives its median and spread in milliseconds. */
export async function timed(
  what: string,
  work: () => Promise<unknown>,
  { times = TIMES, atMost, warmUp = true, before = async () => {} }: HowTimed = {},
): Promise<Figure> {
  if (warmUp) {
    await before()
    await work()
  }
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    await before()
    const began = performance.now()
    await work()
    took.push(performance.now() - began)
  }
  return { what, unit: 'ms', ...spreadOf(took), ...(atMost !== undefined && { atMost }) }
}

/** The median of some measurements, their lowest and highest, and how many there were. */
export function spreadOf(measured: readonly number[]): Pick<Figure, 'n' | 'median' | 'lowest' | 'highest'> {
  const sorted = measured.toSorted((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] ?? Number.NaN
  const median = sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2
  return {
    n: sorted.length,
    median,
    lowest: sorted[0] ?? Number.NaN,
    highest: sorted.at(-1) ?? Number.NaN,
  }
}
