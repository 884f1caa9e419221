/** Who is aboard together on one run of one day, and whether they may be. */
import { isPickup, type Problem, requestOf, type VehicleType, WHOLE_ASSISTANT } from '../problem.ts'
import type { Breach } from './breach.ts'

/** Everybody aboard after each pickup, which is when there are most; who was picked up stands last. */
export function momentsOf(calls: readonly number[]): number[][] {
  const aboard = new Set<number>()
  const moments: number[][] = []
  for (const call of calls) {
    if (isPickup(call)) {
      aboard.add(requestOf(call))
      moments.push([...aboard])
    } else aboard.delete(requestOf(call))
  }
  return moments
}

/** How many shared assistants the run carries from its start to its end. */
export function assistantsOn({ requests }: Problem, calls: readonly number[]): number {
  const shares = momentsOf(calls).map((aboard) => sum(aboard.map((r) => requests[r].assistantShare)))
  return Math.ceil(Math.max(0, ...shares) / WHOLE_ASSISTANT)
}

/** Every rule about who and how many may be aboard that the run breaks, each once for each pair or pupil. */
export function brokenAboard(problem: Problem, type: VehicleType, calls: readonly number[]): Breach[] {
  const moments = momentsOf(calls)
  const all = [...noRoom(problem, type, calls), ...moments.flatMap((aboard) => notWelcome(problem, aboard))]
  if (all.length === 0) return all
  const seen = new Map(all.map((breach) => [JSON.stringify([breach.rule, breach.requests]), breach]))
  return [...seen.values()]
}

function noRoom(problem: Problem, { layouts }: VehicleType, calls: readonly number[]): Breach[] {
  const assistants = assistantsOn(problem, calls)
  const moments = momentsOf(calls)
  const most = problem.assistantRoom.map((room, kind) => {
    const taken = moments.map((aboard) =>
      sum(aboard.map((r) => problem.requests[r].room[kind] + problem.requests[r].ownAssistants * room)),
    )
    return Math.max(0, ...taken) + assistants * room
  })
  return layouts.some((layout) => most.every((room, kind) => room <= layout[kind]))
    ? []
    : [{ rule: 'no-layout-has-the-room' }]
}

function notWelcome(problem: Problem, aboard: readonly number[]): Breach[] {
  const people = sum(aboard.map((one) => problem.requests[one].people))
  const crowded = aboard.flatMap((one): Breach[] => {
    const found = people - problem.requests[one].people
    const allowed = problem.requests[one].atMostOthers
    return found > allowed ? [{ rule: 'too-many-others-aboard', requests: [one], found, allowed }] : []
  })
  // All others met one another when the later of them was picked up.
  const last = aboard[aboard.length - 1]
  const met = aboard.slice(0, -1).flatMap((one) => notTogether(problem, [one, last]))
  return [...crowded, ...met]
}

function notTogether(problem: Problem, pair: readonly [number, number]): Breach[] {
  const [one, other] = [problem.requests[pair[0]], problem.requests[pair[1]]]
  const broken: Breach[] = []
  if (problem.apart.some((two) => samePair(two, pair))) broken.push({ rule: 'kept-apart', requests: pair })
  if (problem.classesApart.some((two) => samePair(two, [one.class, other.class]))) {
    broken.push({ rule: 'classes-kept-apart', requests: pair })
  }
  if (one.school !== other.school && (one.onlyOwnSchool || other.onlyOwnSchool)) {
    broken.push({ rule: 'another-school-aboard', requests: pair })
  }
  return broken
}

function samePair([a, b]: readonly [number, number], [c, d]: readonly [number, number]): boolean {
  return (a === c && b === d) || (a === d && b === c)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
