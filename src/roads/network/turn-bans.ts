/**
 * Turn restrictions as banned chains of arcs: [from, to] at a junction, [from, via…, to] along ways between.
 * `only_…` bans every other way out. Not followed, and counted: bans by the clock, and relations with missing or
 * ambiguous members. https://wiki.openstreetmap.org/wiki/Relation:restriction
 */
import { type RoadVehicle, VEHICLES } from '../answers/travel-times.ts'
import type { OsmRelation } from '../osm/block.ts'
import { arcsLeaving, headOf, type Leaving, type Network, reversed, tailOf } from './network.ts'

export type Ban = {
  readonly arcs: readonly number[]
  /** For whom, a bit each in the order of VEHICLES. */
  readonly vehicles: number
}

export type Bans = { readonly bans: readonly Ban[]; readonly followed: number; readonly notFollowed: number }

export type Placed = {
  network: Network
  /** The OpenStreetMap id of each node. */
  nodeIds: Float64Array
}

/** The bans of these relations on the network. */
export function readBans(relations: readonly OsmRelation[], placed: Placed): Bans {
  const ground = groundOf(placed)
  const bans: Ban[] = []
  let followed = 0
  let notFollowed = 0
  for (const relation of relations) {
    const found = bansOf(relation, ground)
    if (found === 'for-others') continue
    if (found === 'not-followed') notFollowed++
    else {
      followed++
      bans.push(...found)
    }
  }
  return { bans, followed, notFollowed }
}

type Ground = {
  network: Network
  leaving: Leaving
  arcsOfWay: Map<number, number[]>
  nodesOf: Map<number, number[]>
}

function groundOf({ network, nodeIds }: Placed): Ground {
  const arcsOfWay = new Map<number, number[]>()
  network.edgeWay.forEach((way, edge) => {
    const arcs = [edge * 2, edge * 2 + 1].filter((arc) => network.arcOpen[arc] !== 0)
    const known = arcsOfWay.get(way)
    if (known) known.push(...arcs)
    else arcsOfWay.set(way, arcs)
  })
  const nodesOf = new Map<number, number[]>()
  nodeIds.forEach((id, node) => {
    nodesOf.set(id, [...(nodesOf.get(id) ?? []), node])
  })
  return { network, arcsOfWay, nodesOf, leaving: arcsLeaving(network, (arc) => network.arcOpen[arc] !== 0) }
}

const VEHICLE_KEYS: Readonly<Record<RoadVehicle, readonly string[]>> = {
  car: ['motorcar', 'motor_vehicle', 'vehicle'],
  taxi: ['motorcar', 'motor_vehicle', 'vehicle', 'taxi', 'psv'],
  minibus: ['minibus', 'motor_vehicle', 'vehicle'],
}

function bansOf(relation: OsmRelation, ground: Ground): Ban[] | 'not-followed' | 'for-others' {
  const said = whatIsSaid(relation)
  if (said === undefined) return 'for-others'
  if (!/^(no|only)_/.test(said.kind)) return 'not-followed'
  const roles = (role: string) => relation.members.filter((member) => member.role === role)
  const waysIn = roles('from').flatMap(({ id }) => ground.arcsOfWay.get(id) ?? [])
  const waysOut = roles('to').flatMap(({ id }) => ground.arcsOfWay.get(id) ?? [])
  const chains = chainsAlong(waysIn, roles('via'), waysOut, ground)
  if (chains.length === 0) return 'not-followed'
  const banned = said.kind.startsWith('only_') ? chains.flatMap((chain) => allOthers(chain, ground)) : chains
  return banned.map((arcs) => ({ arcs, vehicles: said.vehicles }))
}

function whatIsSaid({ tags }: OsmRelation): { kind: string; vehicles: number } | undefined {
  const except = (tags.get('except') ?? '').split(';').map((word) => word.trim())
  let kind = ''
  const vehicles = VEHICLES.reduce((bits, vehicle, i) => {
    const own = VEHICLE_KEYS[vehicle]
      .map((key) => tags.get(`restriction:${key}`))
      .find((one) => one !== undefined)
    const said = own ?? tags.get('restriction')
    if (said === undefined || VEHICLE_KEYS[vehicle].some((key) => except.includes(key))) return bits
    kind = said
    return bits | (1 << i)
  }, 0)
  return vehicles === 0 ? undefined : { kind, vehicles }
}

/** The chains from a way in, along what lies between, to a way out. */
function chainsAlong(
  waysIn: readonly number[],
  via: OsmRelation['members'],
  waysOut: readonly number[],
  ground: Ground,
): number[][] {
  const { network, nodesOf, arcsOfWay } = ground
  const [first] = via
  if (first === undefined) return []
  if (first.kind === 'node') {
    const nodes = nodesOf.get(first.id) ?? []
    const into = waysIn.filter((arc) => nodes.includes(headOf(network, arc)))
    // A way in that runs on through the junction comes to it from both sides: nobody can tell which is meant.
    if (into.length !== 1) return []
    return waysOut
      .filter((arc) => tailOf(network, arc) === headOf(network, into[0]))
      .map((arc) => [into[0], arc])
  }
  const between = new Set(via.flatMap(({ id }) => arcsOfWay.get(id) ?? []))
  return waysIn.flatMap((from) => reachOut([from], between, new Set(waysOut), ground))
}

const LONGEST_CHAIN = 12

/** Follows the arcs between, without turning round, until a way out begins. */
function reachOut(chain: number[], between: Set<number>, out: Set<number>, ground: Ground): number[][] {
  const { network, leaving } = ground
  const last = chain[chain.length - 1]
  const node = headOf(network, last)
  const next = leaving.arcs.subarray(leaving.start[node], leaving.start[node + 1])
  const found = chain.length < 2 ? [] : [...next].filter((arc) => out.has(arc)).map((arc) => [...chain, arc])
  if (found.length > 0 || chain.length > LONGEST_CHAIN) return found
  return [...next]
    .filter((arc) => between.has(arc) && arc !== reversed(last) && !chain.includes(arc))
    .flatMap((arc) => reachOut([...chain, arc], between, out, ground))
}

function allOthers(chain: readonly number[], { network, leaving }: Ground): number[][] {
  const before = chain.slice(0, -1)
  const node = headOf(network, before[before.length - 1])
  return [...leaving.arcs.subarray(leaving.start[node], leaving.start[node + 1])]
    .filter((arc) => arc !== chain[chain.length - 1])
    .map((arc) => [...before, arc])
}
