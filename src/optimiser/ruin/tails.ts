/**
 * Exchange of tails (Potvin & Rousseau 1995, "2-opt*"): two runs are cut where few are aboard, and each goes on as the
 * other did. Whoever is aboard at a cut is taken out. One of the two may be a vehicle not in use: then a run is split.
 */
import { type Draft, NONE } from '../draft.ts'
import { FIGURES, LATE, LEAVES, LINKS, PEOPLE } from '../figures.ts'
import type { Neighbours } from '../neighbours.ts'
import type { Random } from '../random.ts'
import type { Removed } from '../removed.ts'

/** As many as this may be aboard at the two cuts together. */
const MOST_ABOARD = 4
/** How often a run is split, and how often a pair of cuts is not seen. */
const SPLIT_SHARE = 0.1
const BLINK_SHARE = 0.3
/** Of so many near requests, one says which run the tail is exchanged with. */
const NEAR = 20

/** Exchanges the tails of the run of `seed` and of one near it, where that adds least. */
export function exchangeTails(
  draft: Draft,
  near: Neighbours,
  removed: Removed,
  seed: number,
  random: Random,
): void {
  const one = draft.tourOf[seed]
  const other = random.share() < SPLIT_SHARE ? idleTour(draft, one) : nearTour(draft, near, seed, random)
  if (other === NONE || removed.isFrozen(one) || removed.isFrozen(other)) return
  const cuts = cheapestCuts(draft, one, other, random)
  if (cuts) removed.exchangeTails(one, cuts.after, other, cuts.otherAfter)
}

function idleTour(draft: Draft, like: number): number {
  const { sessions } = draft.model
  const idle = draft.idleVehicle()
  const fleet = draft.fleetOf[Math.floor(like / sessions)]
  return idle === NONE || draft.left[fleet] === 0 ? NONE : idle * sessions + (like % sessions)
}

function nearTour(draft: Draft, near: Neighbours, seed: number, random: Random): number {
  const { sessions } = draft.model
  const one = draft.tourOf[seed]
  const nearest = near.of(seed)
  const most = Math.min(NEAR, nearest.length)
  for (let tries = 0; tries < most; tries++) {
    const tour = draft.tourOf[nearest[random.below(most)]]
    if (tour !== NONE && tour !== one && tour % sessions === one % sessions) return tour
  }
  return NONE
}

function cheapestCuts(draft: Draft, one: number, other: number, random: Random) {
  const { next } = draft
  let least = Number.POSITIVE_INFINITY
  let found: { after: number; otherAfter: number } | undefined
  for (let u = draft.base(one); u !== draft.back(one); u = next[u]) {
    const aboard = draft.links[LINKS * u + PEOPLE]
    if (aboard > MOST_ABOARD) continue
    for (let w = draft.base(other); w !== draft.back(other); w = next[w]) {
      if (aboard + draft.links[LINKS * w + PEOPLE] > MOST_ABOARD || random.share() < BLINK_SHARE) continue
      const added = addedBy(draft, { one, after: u, other, otherAfter: w })
      if (added >= least) continue
      least = added
      found = { after: u, otherAfter: w }
    }
  }
  return found
}

type Cuts = { one: number; after: number; other: number; otherAfter: number }

/** What exchanging the tails adds to the way, those aboard still counted; Infinity where it would be too late. */
function addedBy(draft: Draft, { one, after, other, otherAfter }: Cuts): number {
  const { next } = draft
  const isStart = after === draft.base(one) && otherAfter === draft.base(other)
  const isEnd = next[after] === draft.back(one) && next[otherAfter] === draft.back(other)
  if (isStart || isEnd) return Number.POSITIVE_INFINITY
  const fleet = fleetOf(draft, one, one)
  const otherFleet = fleetOf(draft, other, one)
  return (
    linked(draft, { tour: one, fleet, from: after }, next[otherAfter]) +
    linked(draft, { tour: other, fleet: otherFleet, from: otherAfter }, next[after]) -
    linked(draft, { tour: one, fleet, from: after }, next[after]) -
    linked(draft, { tour: other, fleet: otherFleet, from: otherAfter }, next[otherAfter])
  )
}

/** A vehicle not in use is taken for one like the other. */
function fleetOf({ fleetOf: fleets, model }: Draft, tour: number, like: number): number {
  const fleet = fleets[Math.floor(tour / model.sessions)]
  return fleet === NONE ? fleets[Math.floor(like / model.sessions)] : fleet
}

type Cut = { tour: number; fleet: number; from: number }

/** What the way on to a node costs, or (to the end of a run) home; Infinity if that is too late. */
function linked(draft: Draft, { tour, fleet, from }: Cut, to: number): number {
  const { model, figures } = draft
  const { fleets, requests, place } = model
  const isFirst = from === draft.base(tour)
  const isLast = to >= 2 * requests
  if (isFirst && isLast) return 0
  const here = isFirst ? fleets.startsAt[fleet] : place[from]
  const there = isLast ? fleets.endsAt[fleet] : place[to]
  const leaves = isFirst ? fleets.open[fleet] : figures[FIGURES * from + LEAVES]
  if (!isLast && leaves + model.drive(here, there) > figures[FIGURES * to + LATE])
    return Number.POSITIVE_INFINITY
  return model.far(here, there) * (isFirst || isLast ? fleets.perEmptyMetre[fleet] : fleets.perMetre[fleet])
}
