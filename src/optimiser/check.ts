/**
 * The referee. Takes a problem and a plan, works everything out again from the beginning, slowly and plainly, and says
 * what the plan costs and every rule it breaks. It shares no code with the search and trusts nothing it says.
 */
import { isPickup, NO_LIMIT, type Plan, type PlannedVehicle, type Problem, requestOf } from './problem.ts'
import { assistantsOn, brokenAboard } from './referee/aboard.ts'
import { type Breach, breachInWords } from './referee/breach.ts'
import { readClock } from './referee/clock.ts'
import { carriedOn, noParts, type Parts, priceRun } from './referee/run-price.ts'

export type Refereed = {
  /** Of carrying those who are carried, over all days. */
  readonly cost: number
  readonly parts: Parts
  /** Requests the plan leaves out. That is not a breach, but has its price. */
  readonly unplaced: readonly number[]
  readonly unplacedPrice: number
  readonly broken: readonly Breach[]
  /** `broken`, as sentences. */
  readonly words: readonly string[]
}

/** Referees a plan. A run whose calls make no sense is not priced; one whose times cannot be kept is, but for time. */
export function check(problem: Problem, plan: Plan): Refereed {
  const nonsense = brokenCalls(problem, plan)
  const parts = noParts()
  const broken = [...nonsense, ...brokenFleets(problem, plan), ...brokenPresent(problem, plan)]
  const wholeRuns = plan.vehicles.map((vehicle, v) =>
    nonsense.some((breach) => breach.vehicle === v) ? { ...vehicle, runs: [] } : vehicle,
  )
  for (let day = 0; day < problem.days; day++) {
    wholeRuns.forEach((vehicle, v) => {
      const judged = judgeDay(problem, vehicle, day)
      broken.push(
        ...judged.broken.map((breach) => ({ vehicle: v, ...breach, ...(problem.days > 1 && { day }) })),
      )
      addTo(parts, judged.parts)
    })
  }
  const by = carriers(plan)
  broken.push(...brokenTogether(problem, by))
  parts.movedPupils = movedPrice(problem, plan)
  parts.partedSets = partedPrice(problem, by)
  const carried = new Set(plan.vehicles.flatMap(({ runs }) => runs.flatMap(carriedOn)))
  const unplaced = problem.requests.map((_, r) => r).filter((r) => !carried.has(r))
  return {
    cost: sum(Object.values(parts)),
    parts,
    unplaced,
    unplacedPrice: sum(unplaced.map((r) => problem.requests[r].unplacedPrice * daysOf(problem, r))),
    broken,
    words: broken.map(breachInWords),
  }
}

function brokenCalls(problem: Problem, plan: Plan): Breach[] {
  const made = new Set<number>()
  return plan.vehicles.flatMap(({ fleet, runs }, vehicle): Breach[] => {
    if (!problem.fleets[fleet]) return [{ rule: 'unknown-fleet', vehicle }]
    return runs.flatMap((calls, session) => {
      const aboard = new Set<number>()
      const wrong = calls.flatMap((call): Breach[] => {
        const rule = wrongCall(problem, call, { made, aboard, session })
        made.add(call)
        if (isPickup(call)) aboard.add(requestOf(call))
        else aboard.delete(requestOf(call))
        return rule ? [{ rule, vehicle, session, requests: [requestOf(call)] }] : []
      })
      const left: Breach[] =
        aboard.size > 0 ? [{ rule: 'never-dropped-off', vehicle, session, requests: [...aboard] }] : []
      return [...wrong, ...left]
    })
  })
}

function wrongCall(
  { requests }: Problem,
  call: number,
  { made, aboard, session }: { made: Set<number>; aboard: Set<number>; session: number },
) {
  const request = requests[requestOf(call)]
  if (!request) return 'unknown-call'
  if (made.has(call)) return 'called-twice'
  if (request.session !== session) return 'wrong-session'
  if (!isPickup(call) && !aboard.has(requestOf(call))) return 'dropped-off-before-picked-up'
  return undefined
}

function brokenFleets({ fleets }: Problem, plan: Plan): Breach[] {
  return fleets.flatMap(({ count }, fleet): Breach[] => {
    const found = plan.vehicles.filter((vehicle) => vehicle.fleet === fleet && isUsed(vehicle)).length
    return found > count ? [{ rule: 'more-vehicles-than-there-are', found, allowed: count }] : []
  })
}

function brokenPresent(problem: Problem, plan: Plan): Breach[] {
  const broken: Breach[] = []
  problem.present.forEach((present, number) => {
    const now = plan.vehicles.filter(({ was }) => was === number)
    if (now.length > 1) broken.push({ rule: 'present-vehicle-twice', found: now.length, allowed: 1 })
    now.forEach((vehicle) => {
      if (vehicle.fleet !== present.fleet) {
        broken.push({ rule: 'present-vehicle-of-another-fleet', vehicle: plan.vehicles.indexOf(vehicle) })
      }
    })
    if (present.frozen && !sameRuns(now[0]?.runs ?? [], present.runs))
      broken.push({ rule: 'frozen-vehicle-changed' })
  })
  carriers(plan).forEach((vehicle, request) => {
    const { present } = problem.requests[request] ?? {}
    if (present?.frozen && plan.vehicles[vehicle].was !== present.vehicle) {
      broken.push({ rule: 'frozen-request-moved', vehicle, requests: [request] })
    }
  })
  return broken
}

function judgeDay(problem: Problem, { fleet, runs }: PlannedVehicle, day: number) {
  const parts = noParts()
  const broken: Breach[] = []
  const type = problem.types[problem.fleets[fleet]?.type]
  const today = runs
    .map((run, session) => ({ session, calls: run.filter((call) => travels(problem, requestOf(call), day)) }))
    .filter(({ calls }) => calls.length > 0)
  for (const { session, calls } of today) {
    const clock = readClock(problem, problem.fleets[fleet], calls)
    const late: Breach[] = clock.kept
      ? []
      : [{ rule: clock.rule, ...(clock.request !== undefined && { requests: [clock.request] }) }]
    broken.push(...[...brokenAboard(problem, type, calls), ...late].map((breach) => ({ session, ...breach })))
    addTo(parts, priceRun(problem, problem.fleets[fleet], { calls, clock }))
  }
  if (today.length > 0) {
    parts.vehicles = type.costPerDay
    parts.assistants +=
      type.costPerAssistant * Math.max(...today.map(({ calls }) => assistantsOn(problem, calls)))
  }
  return { parts, broken }
}

function brokenTogether(problem: Problem, by: Map<number, number>): Breach[] {
  return problem.together.flatMap(({ requests, price }): Breach[] =>
    price >= NO_LIMIT && carrying(by, requests) > 1 ? [{ rule: 'parted', requests }] : [],
  )
}

function partedPrice(problem: Problem, by: Map<number, number>): number {
  const soft = problem.together.filter(({ price }) => price < NO_LIMIT)
  return sum(
    soft.map(({ requests, price }) => price * problem.days * Math.max(0, carrying(by, requests) - 1)),
  )
}

function movedPrice(problem: Problem, plan: Plan): number {
  const moved = [...carriers(plan)].map(([request, vehicle]) => {
    const { present } = problem.requests[request] ?? {}
    if (!present || plan.vehicles[vehicle].was === present.vehicle) return 0
    return present.movedPrice * daysOf(problem, request)
  })
  return sum(moved)
}

/** How many vehicles carry some of these requests. */
function carrying(by: Map<number, number>, requests: readonly number[]): number {
  return new Set(requests.flatMap((request) => by.get(request) ?? [])).size
}

function carriers(plan: Plan): Map<number, number> {
  return new Map(
    plan.vehicles.flatMap(({ runs }, vehicle) =>
      runs.flatMap((calls) => carriedOn(calls).map((request) => [request, vehicle] as const)),
    ),
  )
}

function isUsed({ runs }: PlannedVehicle): boolean {
  return runs.some((calls) => calls.length > 0)
}

function sameRuns(some: PlannedVehicle['runs'], others: PlannedVehicle['runs']): boolean {
  const sessions = Math.max(some.length, others.length)
  return Array.from({ length: sessions }, (_, s) => s).every(
    (s) => (some[s] ?? []).join() === (others[s] ?? []).join(),
  )
}

function travels({ requests }: Problem, request: number, day: number): boolean {
  return ((requests[request].days >> day) & 1) === 1
}

function daysOf(problem: Problem, request: number): number {
  return Array.from({ length: problem.days }, (_, day) => day).filter((day) => travels(problem, request, day))
    .length
}

function addTo(parts: Parts, more: Parts): void {
  for (const part of Object.keys(parts) as (keyof Parts)[]) parts[part] += more[part]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
