/** Who may not be aboard with whom, for the search: pairs as lists by request, classes as bits in words of 31. */
import type { Problem } from './problem.ts'

/** What `Draft` and `Insertion` ask about company. */
export type Company = {
  /** Requests apart from r are `apart[apartFrom[r]]` up to `apart[apartFrom[r + 1]]`. */
  apartFrom: Int32Array
  apart: Int32Array
  /** How many words of class bits there are: none where no classes are kept apart. */
  words: number
  /** By request and word: the class it is of, and the classes it may not meet. */
  isOf: Int32Array
  avoids: Int32Array
  school: Int32Array
  onlyOwnSchool: Uint8Array
}

const BITS = 31

/** The company rules of a problem. */
export function companyOf(problem: Problem): Company {
  const n = problem.requests.length
  const bitOf = new Map([...new Set(problem.classesApart.flat())].map((name, bit) => [name, bit]))
  const words = Math.ceil(bitOf.size / BITS)
  const isOf = new Int32Array(n * words)
  const avoids = new Int32Array(n * words)
  for (const [r, request] of problem.requests.entries()) {
    setBit(isOf, r * words, bitOf.get(request.class))
    for (const [a, b] of problem.classesApart) {
      if (request.class === a) setBit(avoids, r * words, bitOf.get(b))
      if (request.class === b) setBit(avoids, r * words, bitOf.get(a))
    }
  }
  return {
    ...apartLists(n, problem.apart),
    words,
    isOf,
    avoids,
    school: Int32Array.from(problem.requests, ({ school }) => school),
    onlyOwnSchool: Uint8Array.from(problem.requests, ({ onlyOwnSchool }) => (onlyOwnSchool ? 1 : 0)),
  }
}

function setBit(bits: Int32Array, from: number, bit: number | undefined) {
  if (bit !== undefined) bits[from + Math.floor(bit / BITS)] |= 1 << (bit % BITS)
}

function apartLists(n: number, pairs: Problem['apart']) {
  const apartFrom = new Int32Array(n + 1)
  for (const [a, b] of pairs) {
    apartFrom[a + 1] += 1
    apartFrom[b + 1] += 1
  }
  for (let r = 0; r < n; r++) apartFrom[r + 1] += apartFrom[r]
  const apart = new Int32Array(2 * pairs.length)
  const filled = apartFrom.slice()
  for (const [a, b] of pairs) {
    apart[filled[a]++] = b
    apart[filled[b]++] = a
  }
  return { apartFrom, apart }
}
