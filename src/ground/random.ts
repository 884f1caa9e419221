/**
 * Chance from a seed: the same seed gives the same numbers on every machine. sfc32 (Chris Doty-Humphrey's small fast
 * counter, from PractRand), seeded by hashing the text with FNV-1a. For fiction and for tests, never for secrets.
 */
export type Random = {
  /** A number from 0 up to, not including, 1. */
  unit: () => number
  /** A whole number from `least` to `most`, both included. */
  between: (least: number, most: number) => number
  /** True so many times in a hundred. */
  percent: (chance: number) => boolean
  /** One of the list; a RangeError if it is empty. */
  oneOf: <T>(list: readonly T[]) => T
  /** One of the list, each as likely as its weight; a RangeError if no weight is above nought. */
  weighted: <T>(list: readonly T[], weightOf: (one: T) => number) => T
  /** The list in another order. */
  shuffled: <T>(list: readonly T[]) => T[]
  /** A generator of its own, so that what one part draws does not change what another part gets. */
  branch: (name: string) => Random
}

/** A generator for a seed: any text, or a number. */
export function seeded(seed: string | number): Random {
  const next = sfc32(String(seed))
  const unit = () => next() / 0x1_0000_0000
  const between = (least: number, most: number) => least + Math.floor(unit() * (most - least + 1))
  const oneOf = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('Nothing to choose from: the list is empty.')
    return list[between(0, list.length - 1)] as T
  }
  return {
    unit,
    between,
    percent: (chance) => unit() * 100 < chance,
    oneOf,
    weighted: (list, weightOf) => weightedOf(list, weightOf, unit()),
    shuffled: (list) => shuffledBy(list, between),
    branch: (name) => seeded(`${seed}/${name}`),
  }
}

function sfc32(text: string): () => number {
  let a = fnv1a(text, 0x811c9dc5)
  let b = fnv1a(text, a)
  let c = fnv1a(text, b)
  let counter = 1
  const next = () => {
    const sum = (a + b + counter) >>> 0
    counter = (counter + 1) >>> 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) >>> 0
    c = ((c << 21) | (c >>> 11)) >>> 0
    c = (c + sum) >>> 0
    return sum
  }
  // The first numbers still resemble the seed.
  for (let i = 0; i < 15; i++) next()
  return next
}

function fnv1a(text: string, from: number): number {
  let hash = from
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  return hash >>> 0
}

function weightedOf<T>(list: readonly T[], weightOf: (one: T) => number, unit: number): T {
  const total = list.reduce((sum, one) => sum + weightOf(one), 0)
  if (!(total > 0)) throw new RangeError(`Nothing to choose from: the weights of ${list.length} add up to 0.`)
  let left = unit * total
  for (const one of list) {
    left -= weightOf(one)
    if (left < 0) return one
  }
  return list.findLast((one) => weightOf(one) > 0) as T
}

function shuffledBy<T>(list: readonly T[], between: (least: number, most: number) => number): T[] {
  const order = [...list]
  for (let i = order.length - 1; i > 0; i--) {
    const j = between(0, i)
    const kept = order[i] as T
    order[i] = order[j] as T
    order[j] = kept
  }
  return order
}
