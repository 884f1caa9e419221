import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgeOf, headOf, tailOf } from '../network/network.ts'
import { CLOSED, cmOf, hundredthsOf, partOf, weigh } from '../network/weights.ts'
import { contract } from './contract.ts'
import { manyToMany } from './many-to-many.ts'
import { WayFinder } from './one-way.ts'
import { reach } from './reach.ts'
import { aNetwork, plainlyBest } from './testing.ts'
import { fractionAlong, type Point } from './trip-ends.ts'
import { junctionGraph, type Roads, type Turns, turnGraph } from './turn-graph.ts'

// Coarse numbers, so that ties, edges of no length and parallel edges are common.
const anyEdge = (nodes: number) =>
  fc.record({
    from: fc.nat(nodes - 1),
    to: fc.nat(nodes - 1),
    cm: fc.constantFrom(0, 100, 200, 300, 1000),
    seconds: fc.constantFrom(0, 1, 2, 3),
    open: fc.constantFrom('both' as const, 'both' as const, 'along' as const, 'against' as const),
    isPrivate: fc.constantFrom(false, false, false, true),
  })
const anyPoint = (edges: number): fc.Arbitrary<Point> =>
  fc
    .record({
      edge: fc.nat(edges - 1),
      fraction: fc.constantFrom(0, 0.25, 0.5, 1),
      side: fc.constantFrom('both', 'both', 'along', 'against'),
    })
    .map(({ edge, fraction, side }) => ({
      edge,
      fraction,
      along: side !== 'against',
      against: side !== 'along',
    }))

const anyCase = fc.integer({ min: 2, max: 7 }).chain((nodes) =>
  fc.array(anyEdge(nodes), { minLength: 1, maxLength: 9 }).chain((edges) =>
    fc.record({
      nodes: fc.constant(nodes),
      edges: fc.constant(edges),
      points: fc.array(anyPoint(edges.length), { minLength: 2, maxLength: 5 }),
      // Chains are drawn as choices among the arcs that follow one another.
      bans: fc.array(fc.array(fc.nat(30), { minLength: 2, maxLength: 4 }), { maxLength: 4 }),
      turnSeconds: fc.constantFrom(0, 1),
    }),
  ),
)
type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never

function roadsOf({ nodes, edges }: Case): Roads {
  const network = aNetwork(nodes, edges)
  const weights = Float64Array.from(network.arcOpen, (open, arc) =>
    open === 0 ? CLOSED : weigh(edges[arc >>> 1].seconds * 100, edges[arc >>> 1].cm),
  )
  return { network, weights, isPrivate: (edge) => edges[edge].isPrivate }
}

function turnsOf({ bans, turnSeconds }: Case, { network, weights, isPrivate }: Roads): Turns {
  const banned = bans.flatMap((choices) => {
    const chain: number[] = []
    for (const choice of choices) {
      const last = chain[chain.length - 1]
      const next = [...weights.keys()].filter(
        (arc) =>
          weights[arc] !== CLOSED && (last === undefined || tailOf(network, arc) === headOf(network, last)),
      )
      if (next.length > 0) chain.push(next[choice % next.length])
    }
    // What a ban along several roads means once a private road is reached is not settled here.
    const isPlain = chain.length === 2 || !chain.some((arc) => isPrivate(edgeOf(arc)))
    return chain.length >= 2 && isPlain ? [chain] : []
  })
  return { banned, price: (from, into) => ((from + into) % 3 === 0 ? weigh(turnSeconds * 100, 0) : 0) }
}

test('a matrix and a path cost what the plainest search finds, without turns', () => {
  fc.assert(
    fc.property(anyCase, (one) => {
      const roads = roadsOf(one)
      agree(roads, undefined, one.points)
    }),
    { numRuns: 300 },
  )
})

test('a matrix and a path cost what the plainest search finds, with bans and the price of turns', () => {
  fc.assert(
    fc.property(anyCase, (one) => {
      const roads = roadsOf(one)
      agree(roads, turnsOf(one, roads), one.points)
    }),
    { numRuns: 120 },
  )
})

function agree(roads: Roads, turns: Turns | undefined, points: readonly Point[]) {
  const hierarchy = contract(turns ? turnGraph(roads, turns) : junctionGraph(roads), roads.weights)
  const finder = new WayFinder(hierarchy)
  const weights = manyToMany(hierarchy, points, points)
  points.forEach((from, s) => {
    points.forEach((to, t) => {
      const best = plainlyBest(roads, turns, from, to)
      expect(weights[s * points.length + t]).toBe(best)
      const way = finder.find(from, to)
      expect(way?.weight ?? CLOSED).toBe(best)
      if (way) expect(driven(roads, turns, way.arcs, [from, to])).toBe(best)
    })
  })
}

/** Adds up a way by hand, arc by arc; fails when two of its arcs do not meet. */
function driven(
  { network, weights }: Roads,
  turns: Turns | undefined,
  arcs: readonly number[],
  ends: [Point, Point],
) {
  const [first, last] = [arcs[0], arcs[arcs.length - 1]]
  const begin = partOf(weights[first], fractionAlong(first, ends[0]))
  const end = partOf(weights[last], fractionAlong(last, ends[1]))
  return arcs.reduce((sum, arc, i) => {
    if (i === 0) return sum + (arcs.length === 1 ? end - begin : weights[arc] - begin)
    expect(tailOf(network, arc)).toBe(headOf(network, arcs[i - 1]))
    const price = turns?.price(arcs[i - 1], arc) ?? 0
    return sum + price + (i === arcs.length - 1 ? end : weights[arc])
  }, 0)
}

test('a detour is never shorter: the way by a third point costs at least as much', () => {
  fc.assert(
    fc.property(anyCase, (one) => {
      const roads = roadsOf({ ...one, edges: one.edges.map((edge) => ({ ...edge, isPrivate: false })) })
      // Held to one direction, a call on the way may face the wrong way for what follows.
      const points = one.points.map((point) => ({ ...point, along: true, against: true }))
      const at = manyToMany(contract(junctionGraph(roads), roads.weights), points, points)
      const n = points.length
      for (let i = 0; i < n * n * n; i++) {
        const [a, b, c] = [Math.floor(i / n / n), Math.floor(i / n) % n, i % n]
        expect(at[a * n + c]).toBeLessThanOrEqual(at[a * n + b] + at[b * n + c])
      }
    }),
    { numRuns: 300 },
  )
})

test('where every road is two-way and no turn costs, there and back are the same', () => {
  fc.assert(
    fc.property(anyCase, (one) => {
      const roads = roadsOf({ ...one, edges: one.edges.map((edge) => ({ ...edge, open: 'both' as const })) })
      const points = one.points.map((point) => ({ ...point, along: true, against: true }))
      const at = manyToMany(contract(junctionGraph(roads), roads.weights), points, points)
      points.forEach((_, a) => {
        points.forEach((__, b) => {
          expect(at[a * points.length + b]).toBe(at[b * points.length + a])
        })
      })
    }),
    { numRuns: 300 },
  )
})

test('what is reached in time ends exactly where the time is up', () => {
  fc.assert(
    fc.property(anyCase, (one) => {
      const roads = roadsOf(one)
      const [from] = one.points
      for (const { arc, from: begin, to: end } of reach(
        contract(junctionGraph(roads), roads.weights),
        from,
        150,
      )) {
        const [along, against] = [(arc & 1) === 0, (arc & 1) === 1]
        const fraction = along ? end : 1 - end
        const there = plainlyBest(roads, undefined, from, { edge: arc >>> 1, fraction, along, against })
        expect(hundredthsOf(there)).toBeLessThanOrEqual(151)
        expect(begin).toBeLessThanOrEqual(end)
      }
    }),
    { numRuns: 300 },
  )
})

test('time and distance travel together and come apart again', () => {
  fc.assert(
    fc.property(
      fc.nat(33_000_000),
      fc.nat(134_000_000),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (t, cm, f) => {
        const weight = weigh(t, cm)
        expect([hundredthsOf(weight), cmOf(weight)]).toEqual([t, cm])
        const part = partOf(weight, f)
        expect(hundredthsOf(part) + hundredthsOf(weight - part)).toBe(t)
        expect(cmOf(part) + cmOf(weight - part)).toBe(cm)
      },
    ),
  )
})
