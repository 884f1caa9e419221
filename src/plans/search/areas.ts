/** A county cut into areas that are looked for one by one, by as many workers as there are. */
import type { Place } from '#roads'
import { inTheWhole, partOf } from '../found/part.ts'
import type { PlanQuestion, RideAsked } from '../translation/question.ts'
import { type Frozen, inForce, type Numbered } from './frozen.ts'

/** An area of so many is looked for in a few minutes; a search of twice as many is not worth cutting. */
export const PUPILS_IN_AN_AREA = 400
/** Of the time of a search, the share of its areas. The rest goes to all of them together, across their borders. */
export const SHARE_OF_AREAS = 0.8

export type Area = {
  /** Their numbers in the question. */
  rides: readonly number[]
  pupils: number
  /** Of each kind of vehicle on offer, how many the area may use; null without limit. */
  atMost: readonly (number | null)[]
}

/**
 * The areas of a question, of at most so many pupils each where a school has no more; none where it is not worth it. Pupils
 * of a school stay together, who share its gate and its bell, and so do a pupil's own rides; of two schools a pupil goes
 * to, the first that is asked counts. Schools beside each other are of one area.
 */
export function areasOf(question: PlanQuestion, pupilsInAnArea = PUPILS_IN_AN_AREA): Area[] {
  const gates = gatesOf(question)
  if (pupilsOf(gates) <= 2 * pupilsInAnArea) return []
  const areas = cut(gates, pupilsInAnArea)
  const weights = areas.map(pupilsOf)
  const shares = question.policy.vehicles.map(({ available }) =>
    available === undefined ? areas.map(() => null) : sharedOut(available, weights),
  )
  return areas.map((schools, area) => ({
    rides: schools.flatMap(({ rides }) => rides).sort((a, b) => a - b),
    pupils: pupilsOf(schools),
    atMost: shares.map((share) => share[area] ?? null),
  }))
}

/** A school's gate with the rides of those who go there. */
type Gate = { place: Place; pupils: number; rides: number[] }

const pupilsOf = (gates: readonly Gate[]) => gates.reduce((sum, { pupils }) => sum + pupils, 0)

function gatesOf({ rides, places }: PlanQuestion): Gate[] {
  const gates = new Map<number, Gate>()
  const byPupil = Map.groupBy(rides.keys(), (ride) => (rides[ride] as RideAsked).pupil)
  for (const own of byPupil.values()) {
    const { gate } = rides[own[0] as number] as RideAsked
    const { place } = places[gate] as PlanQuestion['places'][number]
    const there = gates.get(gate) ?? { place, pupils: 0, rides: [] }
    there.pupils += 1
    there.rides.push(...own)
    gates.set(gate, there)
  }
  return [...gates.values()]
}

/** Cut in two across the longer side, and each half again, until all are small enough or one school. */
function cut(gates: readonly Gate[], most: number): Gate[][] {
  if (gates.length < 2 || pupilsOf(gates) <= most) return [[...gates]]
  const along = longerSide(gates)
  const sorted = gates.toSorted((a, b) => a.place[along] - b.place[along])
  const half = pupilsOf(sorted) / 2
  let before = 0
  let at = 0
  while (at < sorted.length - 1) {
    const next = before + (sorted[at] as Gate).pupils
    if (at > 0 && next - half > half - before) break
    before = next
    at += 1
  }
  return [...cut(sorted.slice(0, at), most), ...cut(sorted.slice(at), most)]
}

function longerSide(gates: readonly Gate[]): 'latitude' | 'longitude' {
  const spanOf = (side: 'latitude' | 'longitude') => {
    const on = gates.map(({ place }) => place[side])
    return Math.max(...on) - Math.min(...on)
  }
  const [first] = gates
  const narrowing = Math.cos(((first?.place.latitude ?? 0) * Math.PI) / 180)
  return spanOf('latitude') >= spanOf('longitude') * narrowing ? 'latitude' : 'longitude'
}

/** So many vehicles shared out by pupils, all of them: the largest remainders first. */
function sharedOut(count: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const exact = weights.map((weight) => (count * weight) / all)
  const shares = exact.map(Math.floor)
  const left = count - shares.reduce((sum, share) => sum + share, 0)
  const byRemainder = [...exact.keys()].sort((a, b) => ((exact[b] ?? 0) % 1) - ((exact[a] ?? 0) % 1))
  for (const area of byRemainder.slice(0, left)) shares[area] = (shares[area] ?? 0) + 1
  return shares
}

/** What is asked about an area by itself: its rides and places, its people, and its share of the vehicles. */
export function askedOfArea(frozen: Frozen, { rides, atMost }: Pick<Area, 'rides' | 'atMost'>): Frozen {
  const { question } = partOf(frozen.question, [], rides)
  const { policy } = question
  const pupils = new Set(question.rides.map(({ pupil }) => pupil))
  const vehicles = policy.vehicles.map((offer, kind) => {
    const available = atMost[kind] ?? null
    return available === null ? offer : { ...offer, available }
  })
  return {
    ...frozen,
    question: { ...question, policy: { ...policy, vehicles } },
    known: frozen.known.filter(({ pupil }) => pupils.has(pupil)),
    // Both are said of the whole plan, once.
    onKeptRoutes: [],
    notAsked: [],
  }
}

/** The vehicles of all areas as one plan of the whole question. */
export const asOnePlan = (found: readonly { rides: readonly number[]; vehicles: Numbered }[]): Numbered =>
  found.flatMap(({ rides, vehicles }) => inTheWhole({ rides }, inForce(vehicles).present))
