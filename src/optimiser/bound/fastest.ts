/** The least time from place to place by way of any calls, where times need not obey the triangle inequality. */
import { type Call, UNREACHABLE } from '../problem.ts'

type Roads = { readonly places: number; readonly seconds: Int32Array }

/**
 * The least times to `to` from the places of `from`, by way of any of `calls`: a call on the way takes at least the
 * shortest service there is. A direct way is mostly the fastest: then one look at every place is all it takes. Yields
 * after each, so that whoever asks may do something else between.
 */
export function* fastestTo(
  roads: Roads,
  to: number,
  { from, calls }: { from: readonly number[]; calls: readonly Call[] },
): Generator<void, Float64Array> {
  const service = Math.min(...calls.map((call) => call.service))
  const places = Int32Array.from(new Set(calls.map(({ place }) => place)))
  const least = directTo(roads, to)
  for (let isShorter = true; isShorter; ) {
    isShorter = false
    // Nobody asks for more than the farthest time wanted.
    const most = Math.max(...from.map((place) => least[place]))
    const near = places.filter((place) => least[place] < most).sort((a, b) => least[a] - least[b])
    for (const place of places) {
      const time = shortestBy(roads, place, { near, least, service, most })
      if (time < least[place]) isShorter = true
      least[place] = Math.min(least[place], time)
      yield
    }
  }
  return least
}

function directTo({ places, seconds }: Roads, to: number): Float64Array {
  const least = new Float64Array(places)
  for (let from = 0; from < places; from++) {
    const time = seconds[from * places + to]
    least[from] = time < UNREACHABLE ? time : Number.POSITIVE_INFINITY
  }
  return least
}

type Known = { near: Int32Array; least: Float64Array; service: number; most: number }

/** The least time by way of one of `near`, if it is shorter than what is known and than `most`; else endless. */
function shortestBy({ places, seconds }: Roads, from: number, { near, least, service, most }: Known): number {
  const row = from * places
  let limit = Math.min(least[from], most)
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < near.length; i++) {
    const by = near[i]
    const onwards = service + least[by]
    if (onwards >= limit) return best
    const drive = seconds[row + by]
    if (drive === UNREACHABLE || drive + onwards >= limit || by === from) continue
    best = drive + onwards
    limit = best
  }
  return best
}
