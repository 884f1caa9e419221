/**
 * Whether some times keep every window, every drive, every longest ride and the longest route of one run, in double
 * precision. All are differences of times, so the least times that keep them either exist or a limit is passed: the
 * Bellman-Ford algorithm on the constraint graph, as many rounds as there are calls.
 */
export type TimedCall = {
  readonly open: number
  readonly close: number
  /** From the start of service at this call to the earliest start at the next one: service and drive. */
  readonly toNext: number
}

/** Call `to` starts at most `atMost` after call `from` starts. */
export type Within = { readonly from: number; readonly to: number; readonly atMost: number }

/** Doubles disagree in the last places; a limit passed by less than this is kept. */
const TOLERANCE = 1e-6

/** The earliest times that keep everything, or undefined when none do. */
export function earliestTimes(calls: readonly TimedCall[], limits: readonly Within[]): number[] | undefined {
  const times = calls.map(({ open }) => open)
  for (let round = 0; round <= calls.length + 1; round++) {
    const moved = pushForward(calls, times) || pushBackward(limits, times)
    if (calls.some(({ close }, i) => (times[i] ?? 0) > close + TOLERANCE)) return undefined
    if (!moved) return times
  }
  return undefined
}

function pushForward(calls: readonly TimedCall[], times: number[]): boolean {
  let moved = false
  calls.forEach(({ toNext }, i) => {
    moved = raise(times, i + 1, (times[i] ?? 0) + toNext) || moved
  })
  return moved
}

function pushBackward(limits: readonly Within[], times: number[]): boolean {
  let moved = false
  for (const { from, to, atMost } of limits) {
    moved = raise(times, from, (times[to] ?? 0) - atMost) || moved
  }
  return moved
}

function raise(times: number[], i: number, to: number): boolean {
  const now = times[i]
  if (now === undefined || to <= now + TOLERANCE / 100) return false
  times[i] = to
  return true
}
