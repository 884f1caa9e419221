/** In which of its ways a vehicle is laid out for a run. */
import { assistantsOn, isPickup, type Problem, requestOf } from '#optimiser'

type Layout = readonly [seats: number, wheelchairs: number]

/** The first way that holds the most seats and wheelchair places that are ever taken at once, assistants seated too. */
export function layoutFor(problem: Problem, calls: readonly number[], layouts: readonly Layout[]): Layout {
  const seats = mostTaken(problem, calls, 0) + assistantsOn(problem, calls)
  const wheelchairs = mostTaken(problem, calls, 1)
  const fits = layouts.find((layout) => seats <= layout[0] && wheelchairs <= layout[1])
  return fits ?? layouts[0] ?? [0, 0]
}

function mostTaken({ requests, assistantRoom }: Problem, calls: readonly number[], kind: 0 | 1): number {
  let taken = 0
  let most = 0
  for (const call of calls) {
    const request = requests[requestOf(call)]
    if (!request) continue
    const room = (request.room[kind] ?? 0) + request.ownAssistants * (assistantRoom[kind] ?? 0)
    taken += isPickup(call) ? room : -room
    most = Math.max(most, taken)
  }
  return most
}
