/**
 * The innermost loop of a matrix, in WebAssembly, because there two distances are added and compared at once. The
 * module is put together here, instruction by instruction: nothing is compiled elsewhere, nothing is downloaded.
 *
 *   for each place, in order:
 *     best = the sixteen distances of the place
 *     for each link of the place: best = min(best, the sixteen distances of its other end + its weight)
 *     the sixteen distances of the place = best
 */

export type Memory = { readonly buffer: ArrayBuffer }

/** What is used of WebAssembly, which the types of Node do not name. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => Memory
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> }
}
const PAGE_BYTES = 0x1_0000

/** Memory of at least so many bytes, all nought. */
export const memoryOf = (bytes: number): Memory =>
  new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) })

/** How many sources are swept together: their distances to one place lie side by side. */
export const TOGETHER = 16
export const PLACE_BYTES = TOGETHER * 8
const PAIRS = TOGETHER / 2

/** Links of a place follow those of the place before it. All are addresses in bytes, but `places`. */
export type SweepCall = {
  places: number
  /** For each place, the address behind the last of its `others`. */
  ends: number
  /** For each link, how far from `distances` those of its other end lie. */
  others: number
  weights: number
  distances: number
}

/** The loop over this memory. */
export function sweepIn(memory: Memory): (call: SweepCall) => void {
  const { exports } = new WebAssembly.Instance(sweepModule(), { roads: { memory } })
  const sweep = exports['sweep'] as (...words: number[]) => void
  return ({ places, ends, others, weights, distances }) =>
    sweep(ends, ends + places * 4, others, weights, distances)
}

// The instructions that are used, by the names of the specification.
const BLOCK = [0x02, 0x40]
const LOOP = [0x03, 0x40]
const END = [0x0b]
const branch = (depth: number) => [0x0c, depth]
const branchIf = (depth: number) => [0x0d, depth]
const get = (local: number) => [0x20, local]
const set = (local: number) => [0x21, local]
const constant = (value: number) => [0x41, ...signed(value)]
const EQUAL = [0x46]
const ADD = [0x6a]
const LOAD = [0x28, 2, 0]
const loadPair = (offset: number) => [0xfd, 0x00, 3, ...unsigned(offset)]
const LOAD_TWICE = [0xfd, 0x0a, 3, 0]
const storePair = (offset: number) => [0xfd, 0x0b, 3, ...unsigned(offset)]
const ADD_PAIRS = [0xfd, 0xf0, 0x01]
const LEAST_OF_PAIRS = [0xfd, 0xf6, 0x01]

// The locals: what the function is called with, then what it keeps.
const [END_OF_LINKS, LAST_END, OTHER, WEIGHT, DISTANCES, HERE, LINKS_END, ABOVE] = [0, 1, 2, 3, 4, 5, 6, 7]
const MORE = 8
const BEST = 9

const advance = (local: number, bytes: number) => [...get(local), ...constant(bytes), ...ADD, ...set(local)]
const eachPair = (body: (pair: number) => number[]) =>
  Array.from({ length: PAIRS }, (_, pair) => body(pair)).flat()

const link = [
  ...get(DISTANCES),
  ...get(OTHER),
  ...LOAD,
  ...ADD,
  ...set(ABOVE),
  ...get(WEIGHT),
  ...LOAD_TWICE,
  ...set(MORE),
  ...eachPair((pair) => [
    ...get(BEST + pair),
    ...get(ABOVE),
    ...loadPair(pair * 16),
    ...get(MORE),
    ...ADD_PAIRS,
    ...LEAST_OF_PAIRS,
    ...set(BEST + pair),
  ]),
  ...advance(OTHER, 4),
  ...advance(WEIGHT, 8),
]

const place = [
  ...eachPair((pair) => [...get(HERE), ...loadPair(pair * 16), ...set(BEST + pair)]),
  ...get(END_OF_LINKS),
  ...LOAD,
  ...set(LINKS_END),
  ...loopUntil([...get(OTHER), ...get(LINKS_END), ...EQUAL], link),
  ...eachPair((pair) => [...get(HERE), ...get(BEST + pair), ...storePair(pair * 16)]),
  ...advance(HERE, PLACE_BYTES),
  ...advance(END_OF_LINKS, 4),
]

const sweep = [
  ...get(DISTANCES),
  ...set(HERE),
  ...loopUntil([...get(END_OF_LINKS), ...get(LAST_END), ...EQUAL], place),
]

function loopUntil(isDone: number[], body: number[]): number[] {
  return [...BLOCK, ...LOOP, ...isDone, ...branchIf(1), ...body, ...branch(0), ...END, ...END]
}

const [I32, V128] = [0x7f, 0x7b]

function sweepModule(): object {
  const locals = [2, 3, I32, 1 + PAIRS, V128]
  const body = [...locals, ...sweep, ...END]
  return new WebAssembly.Module(
    Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...section(1, [1, 0x60, 5, I32, I32, I32, I32, I32, 0]),
      ...section(2, [1, ...name('roads'), ...name('memory'), 0x02, 0x00, 0x00]),
      ...section(3, [1, 0]),
      ...section(7, [1, ...name('sweep'), 0x00, 0]),
      ...section(10, [1, ...unsigned(body.length), ...body]),
    ]),
  )
}

const section = (id: number, content: number[]) => [id, ...unsigned(content.length), ...content]
const name = (text: string) => [text.length, ...Buffer.from(text)]

/** A whole number in the variable length of the format (LEB128). */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

function signed(value: number): number[] {
  const isLast = value >= -0x40 && value < 0x40
  return isLast ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)]
}
