/** Which of the roads between places are A-roads. */
import { apart, type Spot } from './sketch.ts'
import type { Town } from './town.ts'

/** Where a country road may begin or end: a place, or one bank of a crossing. */
export type Anchor = Spot & { town?: Town; bank?: number; island: string; rank: number; name: string }

/** A road that could be, and its A-number if it is a main road. */
export type Link = { a: Anchor; b: Anchor; rank: number; length: number; main?: string }

/** The links that the shortest ways between neighbouring towns go along are A-roads, one number for each such way. */
export function withMainRoads(links: readonly Link[], anchors: readonly Anchor[]): Link[] {
  const towns = anchors.filter(({ town, rank }) => town !== undefined && rank >= 2)
  const mains = new Map<Link, string>()
  const ways = [...links, ...spansAmong(anchors)]
  let number = 71
  for (const [i, a] of towns.entries()) {
    for (const b of towns.slice(i + 1)) {
      const between = towns.some(
        (c) => c !== a && c !== b && apart(a, c) ** 2 + apart(b, c) ** 2 < apart(a, b) ** 2,
      )
      if (between) continue
      const fresh = shortestWay(ways, a, b).filter((link) => !mains.has(link))
      for (const link of fresh) mains.set(link, `A${number}`)
      if (fresh.length > 0) number++
    }
  }
  return links.map((link) => ({ ...link, ...(mains.has(link) && { main: mains.get(link) as string }) }))
}

function shortestWay(links: readonly Link[], from: Anchor, to: Anchor): Link[] {
  const best = new Map<Anchor, { far: number; way: Link[] }>([[from, { far: 0, way: [] }]])
  const open = new Set([from])
  while (open.size > 0) {
    const at = [...open].reduce((one, other) => (farOf(best, other) < farOf(best, one) ? other : one))
    open.delete(at)
    for (const link of links.filter(({ a, b }) => a === at || b === at)) {
      const next = link.a === at ? link.b : link.a
      const far = farOf(best, at) + link.length
      if (far >= farOf(best, next)) continue
      best.set(next, { far, way: [...(best.get(at)?.way ?? []), link] })
      open.add(next)
    }
  }
  return best.get(to)?.way ?? []
}

const farOf = (best: ReadonlyMap<Anchor, { far: number }>, anchor: Anchor): number =>
  best.get(anchor)?.far ?? Number.POSITIVE_INFINITY

/** The bridges themselves, from bank to bank. */
function spansAmong(anchors: readonly Anchor[]): Link[] {
  const banks = anchors.filter(({ bank }) => bank !== undefined)
  return banks.flatMap((a, i) =>
    banks
      .slice(i + 1)
      .filter(({ name }) => name === a.name)
      .map((b) => ({ a, b, rank: 0, length: apart(a, b) })),
  )
}
