/** A matrix that is filled from what is kept, and what must still be asked to make it whole. */
import { type How, type Matrix, NO_WAY } from '#roads'

/** The drives from some places to one target, as they were answered together; null where there is no way. */
export type KeptColumn = {
  how: How
  from: readonly number[]
  seconds: readonly (number | null)[]
  metres: readonly (number | null)[]
  isFar: boolean
  farFrom: readonly number[]
}

/** Sources and targets, by their positions in the matrix, that can be asked as one smaller matrix. */
export type Gap = { sources: number[]; targets: number[] }

export class FillingMatrix {
  readonly #seconds: Uint32Array
  readonly #metres: Uint32Array
  readonly #isKnown: Uint8Array
  readonly #farSources = new Set<number>()
  readonly #farTargets = new Set<number>()
  readonly #positions = new Map<number, number[]>()
  readonly #targets: number
  #how: How = 'measured'

  /** `sources` are numbers of places; the same place may stand at several positions. */
  constructor(sources: readonly number[], targets: number) {
    this.#targets = targets
    this.#seconds = new Uint32Array(sources.length * targets).fill(NO_WAY)
    this.#metres = this.#seconds.slice()
    this.#isKnown = new Uint8Array(this.#seconds.length)
    for (const [position, place] of sources.entries())
      this.#positions.set(place, [...(this.#positions.get(place) ?? []), position])
  }

  /** Fills in what is kept of the target at a position. Places that are no sources here are passed over. */
  fill(target: number, { how, from, seconds, metres, isFar, farFrom }: KeptColumn): void {
    from.forEach((place, i) => {
      for (const source of this.#positions.get(place) ?? []) {
        const at = source * this.#targets + target
        this.#seconds[at] = seconds[i] ?? NO_WAY
        this.#metres[at] = metres[i] ?? NO_WAY
        this.#isKnown[at] = 1
      }
    })
    for (const place of farFrom)
      for (const source of this.#positions.get(place) ?? []) this.#farSources.add(source)
    if (isFar) this.#farTargets.add(target)
    if (how === 'estimated') this.#how = how
  }

  /** What is not known yet: targets that miss the same sources go together, and nothing known is asked again. */
  gaps(): Gap[] {
    const gaps = new Map<string, Gap>()
    for (let target = 0; target < this.#targets; target++) {
      const sources = this.#missing(target)
      if (sources.length === 0) continue
      const name = sources.join(' ')
      const gap = gaps.get(name)
      if (gap) gap.targets.push(target)
      else gaps.set(name, { sources, targets: [target] })
    }
    return [...gaps.values()]
  }

  /** A place that stands at several positions is asked once, at its first. */
  #missing(target: number): number[] {
    const missing: number[] = []
    for (const [first] of this.#positions.values())
      if (first !== undefined && this.#isKnown[first * this.#targets + target] === 0) missing.push(first)
    return missing
  }

  whole(): Matrix {
    const inOrder = (positions: ReadonlySet<number>) => [...positions].sort((a, b) => a - b)
    return {
      seconds: this.#seconds,
      metres: this.#metres,
      sourcesFarFromRoads: inOrder(this.#farSources),
      targetsFarFromRoads: inOrder(this.#farTargets),
      how: this.#how,
    }
  }
}

/** The column of a matrix's target, with its sources by the numbers of their places. */
export function columnOf(matrix: Matrix, target: number, from: readonly number[]): KeptColumn {
  const width = from.length === 0 ? 0 : matrix.seconds.length / from.length
  const column = (cells: Uint32Array) =>
    from.map((_, s) => (cells[s * width + target] === NO_WAY ? null : (cells[s * width + target] as number)))
  return {
    how: matrix.how,
    from,
    seconds: column(matrix.seconds),
    metres: column(matrix.metres),
    isFar: matrix.targetsFarFromRoads.includes(target),
    farFrom: matrix.sourcesFarFromRoads.map((source) => from[source] as number),
  }
}
