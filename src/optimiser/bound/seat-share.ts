/** A share of the vehicle and the assistant that somebody sits in: the price over the most people who can be aboard with them. */
import type { Problem, Request, VehicleType } from '../problem.ts'
import type { Part } from './part.ts'

/** By request of the part: the least that a seat costs at any one moment; endless where no vehicle can take it. */
export function seatSharesOf({ problem, requests, ofDay }: Part): Float64Array {
  const least = Math.min(...problem.requests.map(({ room }) => sumOf(room)))
  const used = [...new Set(problem.fleets.map(({ type }) => problem.types[type]))]
  return Float64Array.from(requests, (r) => {
    const request = problem.requests[r]
    const shares = used.map((type) => {
      const people = mostAboardWith(problem, request, { type, least })
      const price = ofDay * (type.costPerDay + (request.assistantShare > 0 ? type.costPerAssistant : 0))
      return people === 0 ? Number.POSITIVE_INFINITY : price / people
    })
    return Math.min(...shares)
  })
}

/** How many requests, this one with them, can be aboard together at the very most; 0 where it cannot be aboard. */
function mostAboardWith(
  { requests, assistantRoom }: Problem,
  request: Request,
  { type, least }: { type: VehicleType; least: number },
): number {
  const assistants = request.ownAssistants + (request.assistantShare > 0 ? 1 : 0)
  const others = type.layouts.map((layout) => {
    const left = layout.map((room, kind) => room - request.room[kind] - assistants * assistantRoom[kind])
    if (left.some((room) => room < 0)) return -1
    return least === 0 ? requests.length : Math.floor(sumOf(left) / least)
  })
  return 1 + Math.min(Math.max(-1, ...others), request.atMostOthers, requests.length)
}

function sumOf(room: readonly number[]): number {
  return room.reduce((sum, kind) => sum + kind, 0)
}
