/** Places for those of whom a plan knew nothing, ranked as for a newcomer in today's network, one after another. */
import { type Pence, pence } from '#ground/money.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { WallTime } from '#ground/time.ts'
import {
  type Breach,
  carryOut,
  check,
  insert,
  NOWHERE,
  type Plan,
  type Problem,
  type Reason,
  type Rule,
  type Way,
} from '#optimiser'
import type { Part } from '../found/part.ts'
import { UNITS_IN_A_PENNY, wallTime } from '../translation/problem-of.ts'
import type { RideAsked } from '../translation/question.ts'
import { type Asked, vehicleName } from '../translation/runs-of.ts'

/** `V12`, for a vehicle of the plan; `new`; or `none`, to leave somebody without a place. */
export type Wish = string

export type Offer = {
  wish: Wish
  /** The kind of vehicle. */
  kind: string
  pickUp: WallTime
  dropOff: WallTime
  minutes: number
  /** How many others are fetched or brought at another time for it. */
  othersMoved: number
  /** What a day costs more. */
  added: Pence
}

export type Placing = {
  /** By its number in what is asked today. */
  ride: number
  about: RideAsked
  offers: readonly Offer[]
  chosen: Wish
  /** Why there is no place, where there is none. */
  reasons: readonly Reason[]
}

export type Placed = {
  vehicles: Part['vehicles']
  /** Their numbers in the plan, new ones among them. */
  numbers: readonly number[]
  placings: readonly Placing[]
}

export type NotPlaced =
  | { because: 'rules'; rules: readonly Rule[] }
  /** What was chosen is no longer to be had beside what was chosen before it. */
  | { because: 'taken'; ride: number }

type Placeable = {
  asked: Asked
  part: Part
  numbers: readonly number[]
  toPlace: readonly number[]
  /** The number that the next new vehicle takes. */
  nextNumber: number
}

/** Everybody placed as wished, where nothing is wished at what costs least; refused where what is left of the plan breaks a rule. */
export function placeAll(
  { asked, part, numbers, toPlace, nextNumber }: Placeable,
  wishes: ReadonlyMap<number, Wish>,
): Result<Placed, NotPlaced> {
  const { problem } = asked
  let plan: Plan = { vehicles: part.vehicles.map((vehicle) => ({ ...vehicle, was: NOWHERE })) }
  const { broken } = check(problem, plan)
  if (broken.length > 0) return refuse({ because: 'rules', rules: rulesOf(broken) })
  const named = [...numbers]
  const placings: Placing[] = []
  for (const ride of toPlace) {
    const request = part.rides.indexOf(ride)
    const found = insert(problem, plan, request)
    const ways = waysOf(found, named)
    const offers = ways.map(({ wish, way }) => offerOf(asked, wish, way))
    const wished = wishes.get(ride) ?? cheapestOf(offers)
    const chosen = ways.find(({ wish }) => wish === wished)
    if (!chosen && wished !== 'none') return refuse({ because: 'taken', ride })
    const about = asked.question.rides[request] as RideAsked
    placings.push({ ride, about, offers, chosen: wished, reasons: found.reasons })
    if (!chosen) continue
    if (chosen.way.vehicle >= named.length) named.push(nextNumber + named.length - numbers.length)
    plan = carryOut(plan, chosen.way)
  }
  return ok({ vehicles: plan.vehicles, numbers: named, placings })
}

/** The ways to carry a ride, the cheapest first; whatever disturbs others least among them, and a new vehicle. */
function waysOf(
  { cheapest, leastDisturbing, newVehicle }: ReturnType<typeof insert>,
  numbers: readonly number[],
): { wish: Wish; way: Way }[] {
  const [gentlest] = leastDisturbing
  const isThere = cheapest.some(({ vehicle }) => vehicle === gentlest?.vehicle)
  const onPlan = gentlest && !isThere ? [...cheapest, gentlest] : cheapest
  return [
    ...onPlan.map((way) => ({ wish: vehicleName(numbers[way.vehicle] ?? -1), way })),
    ...(newVehicle ? [{ wish: 'new', way: newVehicle }] : []),
  ]
}

const cheapestOf = (offers: readonly Offer[]): Wish =>
  offers.toSorted((a, b) => a.added - b.added)[0]?.wish ?? 'none'

function offerOf({ problem, question }: Asked, wish: Wish, way: Way): Offer {
  const [journey] = way.journeys
  const { pickup = 0, dropoff = 0, ride = 0 } = journey?.times ?? {}
  return {
    wish,
    kind: kindOf(problem, question, way),
    pickUp: wallTime(pickup),
    dropOff: wallTime(dropoff),
    minutes: Math.round(ride / 60),
    othersMoved: new Set(
      way.companions
        .filter(({ before, after }) => before.pickup !== after.pickup || before.dropoff !== after.dropoff)
        .map(({ request }) => request),
    ).size,
    added: pence(Math.round(way.added / UNITS_IN_A_PENNY / problem.days)),
  }
}

const kindOf = ({ fleets }: Problem, { policy }: Asked['question'], { becomes }: Way): string =>
  policy.vehicles[fleets[becomes.fleet]?.type ?? -1]?.name ?? ''

const rulesOf = (broken: readonly Breach[]): Rule[] => [...new Set(broken.map(({ rule }) => rule))]
