/** Windows cut to what the ride allows: nobody who must arrive by nine after an hour's ride is picked up at midnight. */

type Windowed = {
  requests: number
  open: Float64Array
  close: Float64Array
  service: Float64Array
  longestRide: Float64Array
}

/**
 * Tightens `open` and `close` in place. Driving times are left out of it: with times that need not obey the triangle
 * inequality the direct way may not be the shortest.
 */
export function tightenWindows({ requests, open, close, service, longestRide }: Windowed): void {
  for (let r = 0; r < requests; r++) {
    const p = 2 * r
    const d = p + 1
    const longest = service[p] + longestRide[r]
    open[p] = Math.max(open[p], open[d] - longest)
    open[d] = Math.max(open[d], open[p] + service[p])
    close[d] = Math.min(close[d], close[p] + longest)
    close[p] = Math.min(close[p], close[d] - service[p])
  }
}
