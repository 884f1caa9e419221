/**
 * Ruin and recreate under simulated annealing (Schrimpf et al. 2000; Christiaens & Vanden Berghe 2020): take a few
 * requests out of runs near one another, put them back as cheaply as can be, and keep the new plan if it is better, or
 * by a chance that shrinks as time runs out if it is a little worse.
 */

import { adoptVehicle, planOf, type Snapshot } from './adopt.ts'
import { Greedy } from './build/greedy.ts'
import { Draft, NONE } from './draft.ts'
import { LeftOut } from './left-out.ts'
import type { Model } from './model.ts'
import { Neighbours } from './neighbours.ts'
import { NOWHERE, type Plan } from './problem.ts'
import { Random, shuffle } from './random.ts'
import { Removed } from './removed.ts'
import { removeRelated } from './ruin/related.ts'
import { removeStrings } from './ruin/strings.ts'
import { exchangeTails } from './ruin/tails.ts'
import { removeTours } from './ruin/tours.ts'
import { Trail } from './trail.ts'

/** How many near requests lead to tours worth trying. */
const NEIGHBOURS = 80

type Ruin = typeof removeStrings

/** The ways of taking requests out, and of how many rounds in a hundred each is the one. */
const RUINS = {
  related: { ruin: removeRelated, share: 56 },
  strings: { ruin: removeStrings, share: 20 },
  tails: { ruin: exchangeTails, share: 20 },
  tours: { ruin: removeTours, share: 4 },
} as const

/** A part of the search that can be left out, to see what it is worth. */
export type SearchPart = keyof typeof RUINS
export const SEARCH_PARTS = Object.keys(RUINS) as readonly SearchPart[]

export class Search {
  readonly draft: Draft
  readonly random: Random
  best = Number.POSITIVE_INFINITY
  rounds = 0
  private readonly near: Neighbours
  private readonly trail: Trail
  private readonly removed: Removed
  private readonly greedy: Greedy
  private readonly keys: Float64Array
  private readonly leftOut: LeftOut
  private readonly kept: Snapshot
  private readonly ruins: readonly { ruin: Ruin; share: number }[]
  private readonly all: number

  constructor(model: Model, seed: number, without: readonly SearchPart[] = []) {
    this.random = new Random(seed)
    this.near = new Neighbours(model, NEIGHBOURS)
    this.draft = new Draft(model, vehiclesWanted(model))
    this.trail = new Trail(this.draft)
    this.removed = new Removed(this.draft, this.trail)
    this.greedy = new Greedy(this.draft, this.near, this.trail, this.random)
    this.kept = { next: this.draft.next.slice(), fleetOf: this.draft.fleetOf.slice() }
    this.keys = new Float64Array(model.requests)
    this.leftOut = new LeftOut(this.draft)
    // Whoever is bound to others or to a vehicle cannot be sent on another with the rest of a run.
    const parts = SEARCH_PARTS.filter((part) => part !== 'tails' || !this.draft.ties.any)
    this.ruins = parts.filter((part) => !without.includes(part)).map((part) => RUINS[part])
    this.all = this.ruins.reduce((sum, { share }) => sum + share, 0)
  }

  /** A first plan, from nothing. */
  construct(shouldStop: () => boolean): void {
    this.trail.start()
    this.removed.start()
    this.joinUnplaced()
    this.order(0)
    for (let i = 0; i < this.removed.count && !shouldStop(); i++) this.greedy.putIn(this.removed.list[i])
    this.best = this.draft.total
  }

  /** Starts from a plan: its vehicles that were in force keep their numbers. Only for a plan that keeps every rule. */
  adopt(plan: Plan): void {
    const { draft } = this
    for (const planned of plan.vehicles) {
      const vehicle = planned.was === NOWHERE ? draft.idleVehicle() : planned.was
      if (vehicle !== NONE && draft.left[planned.fleet] > 0) adoptVehicle(draft, vehicle, planned)
    }
    this.best = draft.total
  }

  /** One round of ruin and recreate at this temperature; whether the plan is the best yet. */
  improve(temperature: number): boolean {
    const { draft, random, trail, removed, leftOut } = this
    if (this.rounds === 0) leftOut.begin()
    leftOut.adjust(this.rounds)
    const before = leftOut.weighed()
    this.rounds++
    trail.start()
    removed.start()
    this.ruin()
    removed.settle()
    this.joinUnplaced()
    this.order(random.below(5))
    this.greedy.putBack(removed)
    if (draft.total < this.best) {
      this.best = draft.total
      return true
    }
    if (leftOut.weighed() >= before - temperature * Math.log(random.share())) trail.takeBack()
    return false
  }

  /** Remembers the plan as it stands. */
  keepBest(): void {
    this.kept.next.set(this.draft.next)
    this.kept.fleetOf.set(this.draft.fleetOf)
  }

  /** The plan last remembered. */
  bestPlan(): Plan {
    return planOf(this.draft, this.kept)
  }

  /** How many requests are on a vehicle. */
  placed(): number {
    return this.draft.tourOf.reduce((sum, tour) => (tour === NONE ? sum : sum + 1), 0)
  }

  private ruin() {
    const { draft, near, removed, random } = this
    const seed = this.anyPlaced()
    if (seed !== NONE) this.pick()(draft, near, removed, seed, random)
  }

  /** A way of taking requests out, each as often as its share. */
  private pick(): Ruin {
    let at = this.random.share() * this.all
    for (const { ruin, share } of this.ruins) {
      at -= share
      if (at < 0) return ruin
    }
    return removeStrings
  }

  private anyPlaced(): number {
    const { tourOf, model } = this.draft
    for (let tries = 0; tries < 50; tries++) {
      const request = this.random.below(model.requests)
      if (tourOf[request] !== NONE) return request
    }
    return NONE
  }

  private joinUnplaced() {
    const { tourOf, model } = this.draft
    const taken = this.removed.list.subarray(0, this.removed.count)
    for (let r = 0; r < model.requests; r++) {
      if (tourOf[r] === NONE && !taken.includes(r)) this.removed.join(r)
    }
  }

  /** The order in which the removed are put back: by chance, far first, near first, hardest to seat, or soonest due. */
  private order(by: number) {
    const { removed, keys, random } = this
    const model = this.draft.model
    const list = removed.list.subarray(0, removed.count)
    if (by === 1) {
      shuffle(list, list.length, random)
      return
    }
    for (const r of list) keys[r] = keyOf(model, r, by)
    list.sort((a, b) => keys[a] - keys[b])
  }
}

function keyOf(model: Model, r: number, by: number): number {
  const direct = model.drive(model.place[2 * r], model.place[2 * r + 1])
  if (by === 2) return -direct
  if (by === 3) return direct
  if (by === 4) return model.close[2 * r + 1]
  let room = 0
  for (let kind = 0; kind < model.kinds; kind++) room += model.room[r * model.kinds + kind] * (kind + 1)
  return -room * 1e6 - direct
}

/** As many vehicles as could be of use, those of the plan in force first. */
function vehiclesWanted({ fleets, requests, problem }: Model): number {
  const there = fleets.size.reduce((sum, count) => sum + count, 0)
  return problem.present.length + Math.min(requests, there)
}
