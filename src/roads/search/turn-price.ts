/** What a turn costs: left is quick, right waits for a gap in the traffic, and signals take their time. */

import { metresEast, metresNorth } from '../network/ground-metres.ts'
import { arcsLeaving, headOf, type Network, reversed } from '../network/network.ts'
import type { SpeedTable } from '../network/speed-table.ts'
import { weigh } from '../network/weights.ts'

const TURNS_FROM_DEGREES = 40

/** The price of turning from one arc into the next, as a weight. A bend in the only road on is free. */
export function turnPrices(
  network: Network,
  speeds: SpeedTable,
  hasSignals: (node: number) => boolean,
): (from: number, into: number) => number {
  const { start } = arcsLeaving(network, () => true)
  const seconds = speeds.turnSeconds
  return (from, into) => {
    const node = headOf(network, from)
    if (into === reversed(from)) return weigh(seconds.turningRound * 100, 0)
    const waits = hasSignals(node) ? seconds.signals : 0
    if (start[node + 1] - start[node] < 3) return weigh(waits * 100, 0)
    const angle = turnDegrees(network, from, into)
    const turning =
      angle > TURNS_FROM_DEGREES ? seconds.right : angle < -TURNS_FROM_DEGREES ? seconds.left : 0
    return weigh(Math.round((waits + turning) * 100), 0)
  }
}

/** How far a driver turns the wheel: from −180 (left) to 180 degrees (right). */
export function turnDegrees(network: Network, from: number, into: number): number {
  const turned = bearing(network, into, 'beginning') - bearing(network, from, 'end')
  return ((turned + 540) % 360) - 180
}

/** Degrees clockwise from north in which an arc begins or ends. */
function bearing(network: Network, arc: number, where: 'beginning' | 'end'): number {
  const edge = arc >>> 1
  const first = network.shapeStart[edge]
  const last = network.shapeStart[edge + 1] - 1
  const against = (arc & 1) === 1
  const atFirst = (where === 'beginning') !== against
  const [a, b] = atFirst ? [first, first + 1] : [last - 1, last]
  const [from, to] = against ? [b, a] : [a, b]
  const latitude = network.shapeLatitudesE7[from]
  const east = (network.shapeLongitudesE7[to] - network.shapeLongitudesE7[from]) * metresEast(latitude)
  const north = (network.shapeLatitudesE7[to] - network.shapeLatitudesE7[from]) * metresNorth(latitude)
  return (Math.atan2(east, north) * 180) / Math.PI
}
