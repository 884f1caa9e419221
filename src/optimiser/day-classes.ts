/**
 * Days on which the same requests travel are one day, counted as often as it comes. A council whose pupils all travel
 * all week has one class of day, and the search never knows there was a week.
 */
import type { Problem } from './problem.ts'

export type DayClasses = {
  count: number
  /** How many days are of this class. */
  weight: Float64Array
  /** By request: the classes in which it travels, bit by bit. */
  classesOf: Int32Array
  /** By request: how many days it travels. */
  travelled: Float64Array
}

/** The classes of day of a problem. Days on which nobody travels are in none. */
export function dayClasses(problem: Problem): DayClasses {
  const classOfColumn = new Map<string, number>()
  const weight: number[] = []
  const classesOf = new Int32Array(problem.requests.length)
  const travelled = new Float64Array(problem.requests.length)
  for (let day = 0; day < problem.days; day++) {
    const travels = problem.requests.map(({ days }) => (days >> day) & 1)
    if (!travels.includes(1)) continue
    const column = travels.join('')
    const found = classOfColumn.get(column)
    const at = found ?? weight.length
    if (found === undefined) {
      classOfColumn.set(column, at)
      weight.push(0)
    }
    weight[at] += 1
    for (const [request, goes] of travels.entries()) {
      travelled[request] += goes
      if (goes) classesOf[request] |= 1 << at
    }
  }
  return { count: weight.length, weight: Float64Array.from(weight), classesOf, travelled }
}
