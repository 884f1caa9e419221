/**
 * Who is aboard on the way on from each node of a run, summed up so that whether one more may join them, and how much
 * longer they can all bear it, is answered without asking each. True between moves, never during one.
 */
import { FIGURES, LINKS, PEOPLE, RIDE_SLACK, WELCOME } from './figures.ts'
import type { Model } from './model.ts'
import type { Timetable } from './timetable.ts'

/** In `school`: nobody aboard, or pupils of several schools. */
export const NO_SCHOOL = -1
export const MANY_SCHOOLS = -2

export class Aboard {
  readonly share: Int32Array
  /** By node and kind. */
  readonly load: Int32Array
  /** By node: the school of everybody aboard, and whether anybody keeps to their own. */
  readonly school: Int32Array
  readonly onlyOwnSchool: Uint8Array
  /** By node and word of bits: the classes aboard, and those that somebody aboard avoids. */
  readonly classes: Int32Array
  readonly avoided: Int32Array

  private readonly model: Model
  private readonly figures: Float64Array
  private readonly links: Int32Array
  /** Whether anybody minds of which class or school the others are. */
  private readonly isPicky: boolean
  private readonly riders: Int32Array
  private readonly slackOf: Float64Array

  constructor(model: Model, nodes: number, { figures, links }: { figures: Float64Array; links: Int32Array }) {
    this.model = model
    this.figures = figures
    this.links = links
    this.isPicky = model.company.words > 0 || model.company.onlyOwnSchool.includes(1)
    this.share = new Int32Array(nodes)
    this.load = new Int32Array(nodes * model.kinds)
    this.school = new Int32Array(nodes)
    this.onlyOwnSchool = new Uint8Array(nodes)
    this.classes = new Int32Array(nodes * model.company.words)
    this.avoided = new Int32Array(nodes * model.company.words)
    this.riders = new Int32Array(model.requests)
    this.slackOf = new Float64Array(model.requests)
  }

  /** Sums up a run just loaded in the timetable, whose base is the node `start`. */
  along(timetable: Timetable, start: number): void {
    const { riders } = this
    let count = 0
    this.sumUp(start, 0)
    for (let k = 1; k < timetable.length - 1; k++) {
      const call = timetable.call[k]
      const request = call >> 1
      if (call & 1) count = without(riders, count, request)
      else {
        riders[count++] = request
        this.slackOf[request] = this.spare(timetable, k)
      }
      this.sumUp(call, count)
    }
  }

  private spare({ driven, mate, call }: Timetable, k: number): number {
    const { longestRide, service } = this.model
    return longestRide[call[k] >> 1] + service[call[k]] - (driven[mate[k]] - driven[k])
  }

  private sumUp(node: number, count: number) {
    const { riders, slackOf, model } = this
    let slack = Number.POSITIVE_INFINITY
    let people = 0
    let share = 0
    for (let i = 0; i < count; i++) {
      const q = riders[i]
      if (slackOf[q] < slack) slack = slackOf[q]
      people += model.people[q]
      share += model.share[q]
    }
    this.figures[FIGURES * node + RIDE_SLACK] = slack
    this.links[LINKS * node + PEOPLE] = people
    this.share[node] = share
    this.sumRoom(node, count)
    this.sumWelcome(node, count, people)
    if (!this.isPicky) return
    this.sumSchools(node, count)
    if (model.company.words > 0) this.sumClasses(node, count)
  }

  private sumRoom(node: number, count: number) {
    const { load, riders, model } = this
    const { kinds, room } = model
    for (let kind = 0; kind < kinds; kind++) {
      let taken = 0
      for (let i = 0; i < count; i++) taken += room[riders[i] * kinds + kind]
      load[node * kinds + kind] = taken
    }
  }

  private sumWelcome(node: number, count: number, people: number) {
    const { riders, model } = this
    let welcome = 0x7fffffff
    for (let i = 0; i < count; i++) {
      const q = riders[i]
      const more = model.others[q] - (people - model.people[q])
      if (more < welcome) welcome = more
    }
    this.links[LINKS * node + WELCOME] = welcome
  }

  private sumSchools(node: number, count: number) {
    const { riders } = this
    const { school, onlyOwnSchool } = this.model.company
    let all = NO_SCHOOL
    let strict = 0
    for (let i = 0; i < count; i++) {
      const q = riders[i]
      all = all === NO_SCHOOL || all === school[q] ? school[q] : MANY_SCHOOLS
      strict |= onlyOwnSchool[q]
    }
    this.school[node] = all
    this.onlyOwnSchool[node] = strict
  }

  private sumClasses(node: number, count: number) {
    const { riders, classes, avoided } = this
    const { words, isOf, avoids } = this.model.company
    for (let w = 0; w < words; w++) {
      let here = 0
      let shunned = 0
      for (let i = 0; i < count; i++) {
        here |= isOf[riders[i] * words + w]
        shunned |= avoids[riders[i] * words + w]
      }
      classes[node * words + w] = here
      avoided[node * words + w] = shunned
    }
  }

  /** Whether this request may be with those aboard on from the node. Keep-apart pairs are asked elsewhere. */
  mayJoin(node: number, request: number): boolean {
    const { model, links } = this
    const people = links[LINKS * node + PEOPLE]
    if (people === 0) return true
    if (model.people[request] > links[LINKS * node + WELCOME] || people > model.others[request]) return false
    if (!this.isPicky) return true
    const { school, onlyOwnSchool, words } = model.company
    if ((this.onlyOwnSchool[node] | onlyOwnSchool[request]) !== 0 && this.school[node] !== school[request])
      return false
    return words === 0 || this.classesAgree(node, request)
  }

  private classesAgree(node: number, request: number): boolean {
    const { words, isOf, avoids } = this.model.company
    for (let w = 0; w < words; w++) {
      if ((this.classes[node * words + w] & avoids[request * words + w]) !== 0) return false
      if ((this.avoided[node * words + w] & isOf[request * words + w]) !== 0) return false
    }
    return true
  }
}

function without(list: Int32Array, count: number, one: number): number {
  let i = 0
  while (list[i] !== one) i++
  list[i] = list[count - 1]
  return count - 1
}
