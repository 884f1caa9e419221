/**
 * What binds a request to one vehicle rather than another: others of its set, and the vehicle that carries it today.
 * The vehicles of the plan in force keep their numbers in a draft; new ones come after them.
 */
import type { Model } from './model.ts'
import { NO_LIMIT, NOWHERE } from './problem.ts'

/** The vehicle of a request in a draft, or less than 0. */
type VehicleOf = (request: number) => number

export class Ties {
  /** By request: today's vehicle or NOWHERE, the price of another, and whether another is out of the question. */
  readonly present: Int32Array
  private readonly movedPrice: Float64Array
  private readonly frozen: Uint8Array
  /** By request: the sets it is in. */
  private readonly setsOf: number[][]
  private readonly model: Model
  private readonly vehicleOf: VehicleOf
  /** Whether there is anything here at all. */
  readonly any: boolean

  constructor(model: Model, vehicleOf: VehicleOf) {
    const { requests, together } = model.problem
    this.model = model
    this.vehicleOf = vehicleOf
    this.present = Int32Array.from(requests, ({ present }) => present?.vehicle ?? NOWHERE)
    this.frozen = Uint8Array.from(requests, ({ present }) => (present?.frozen ? 1 : 0))
    this.movedPrice = Float64Array.from(requests, ({ present }, r) => {
      return (present?.movedPrice ?? 0) * model.days.travelled[r]
    })
    this.setsOf = requests.map(() => [])
    for (const [set, { requests: members }] of together.entries()) {
      for (const r of new Set(members)) this.setsOf[r].push(set)
    }
    this.any = together.length > 0 || this.present.some((vehicle) => vehicle !== NOWHERE)
  }

  /** Whether the request may be on the vehicle, as far as its ties go. */
  allow(request: number, vehicle: number): boolean {
    if (this.frozen[request] === 1 && this.present[request] !== vehicle) return false
    return this.setsOf[request].every((set) => {
      const { price, requests } = this.model.problem.together[set]
      return price < NO_LIMIT || requests.every((other) => this.isOn(other, vehicle) || !this.isOn(other))
    })
  }

  /** What having the request on the vehicle costs beside the others now placed. */
  price(request: number, vehicle: number): number {
    let price = this.present[request] === vehicle || this.present[request] < 0 ? 0 : this.movedPrice[request]
    for (const set of this.setsOf[request]) {
      const { price: parted, requests } = this.model.problem.together[set]
      const mates = requests.filter((other) => other !== request && this.isOn(other))
      if (mates.length > 0 && !mates.some((other) => this.isOn(other, vehicle))) {
        price += parted * this.model.problem.days
      }
    }
    return price
  }

  /** Those who may not be anywhere the request is not. */
  inseparable(request: number): readonly number[] {
    return this.setsOf[request].flatMap((set) => {
      const { price, requests } = this.model.problem.together[set]
      return price < NO_LIMIT ? [] : requests.filter((other) => other !== request)
    })
  }

  private isOn(request: number, vehicle?: number): boolean {
    const on = this.vehicleOf(request)
    return vehicle === undefined ? on >= 0 : on === vehicle
  }
}
