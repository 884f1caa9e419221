/** The least time from place to place by way of any calls, where times need not obey the triangle inequality. */
import { type Problem, UNREACHABLE } from '../problem.ts'

/**
 * For the given requests, a function from their pickup to their drop-off places. A call on the way takes at least the
 * shortest service there is. A direct way is mostly the fastest: then one look at every place is all it takes.
 */
export function fastestTo(
  problem: Problem,
  requests: readonly number[],
): (from: number, to: number) => number {
  const calls = requests.flatMap((r) => [problem.requests[r].pickup, problem.requests[r].dropoff])
  const places = [...new Set(calls.map(({ place }) => place))]
  const service = Math.min(...calls.map((call) => call.service))
  const known = new Map<number, Float64Array>()
  return (from, to) => {
    const times = known.get(to) ?? timesTo(problem, to, { places, service })
    known.set(to, times)
    return times[from]
  }
}

function timesTo(
  { places: all, seconds }: Problem,
  to: number,
  { places, service }: { places: readonly number[]; service: number },
): Float64Array {
  const least = new Float64Array(all).fill(Number.POSITIVE_INFINITY)
  for (const from of places) {
    const time = seconds[from * all + to]
    if (time < UNREACHABLE) least[from] = time
  }
  const shorten = (from: number) => {
    const row = from * all
    let best = least[from]
    for (const by of places) {
      const time = seconds[row + by] + service + least[by]
      if (time < best && by !== from) best = time
    }
    const shorter = best < least[from]
    least[from] = best
    return shorter
  }
  while (places.filter(shorten).length > 0);
  return least
}
