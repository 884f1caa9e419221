/**
 * Who and what is known, and by which names: the register as an import sees it. What the import itself brings is
 * added as it goes, under numbers below nought, so that a later row of the same files may name it.
 */
import type { PlainDate } from '#ground/time.ts'
import type { Subject } from './kind.ts'

/** A name something is known by: under which of our headings, and what it is. */
export type KnownName = { by: string; text: string }

/** Who somebody was believed to be on some days. */
export type Person = {
  givenName: string
  familyName: string
  bornOn: string
  from: PlainDate
  until: PlainDate | null
}

export type Known = {
  of: Subject
  id: number
  /** Names that are its own: references, a UPN, a registration mark. */
  names: readonly KnownName[]
  /** Names others may have too, as `together` makes them: recognised only when one alone has them. */
  looseNames: readonly string[]
  people?: readonly Person[]
  /** What this register itself calls it, in an export. */
  own?: string
  /** What a run was born with. */
  direction?: number
}

/** Several words as one loose name. */
export const together = (parts: readonly (string | number)[]): string => parts.map(key).join('|')

const key = (text: string | number): string =>
  String(text).trim().toLowerCase().replace(/\s+/g, ' ').normalize('NFC')
const withoutNoughts = (text: string) => key(text).replace(/^0+(?=.)/, '')

type Names = Map<string, Set<number>>

export class Register {
  readonly #things = new Map<string, Known>()
  readonly #sure = new Map<Subject, Names>()
  readonly #loose = new Map<Subject, Names>()
  readonly #noughtless = new Map<Subject, Names>()
  #born = 0

  constructor(known: readonly Known[]) {
    for (const one of known) this.add(one)
  }

  /** A number for something new. */
  nextBorn(): number {
    this.#born -= 1
    return this.#born
  }

  /** Adds something, or more names for it. */
  add(known: Known): void {
    const before = this.#things.get(`${known.of} ${known.id}`)
    const names = [...(before?.names ?? []), ...known.names]
    this.#things.set(`${known.of} ${known.id}`, { ...before, ...known, names })
    for (const { text } of known.names) {
      addTo(this.#sure, known, key(text))
      addTo(this.#noughtless, known, withoutNoughts(text))
    }
    for (const loose of known.looseNames) addTo(this.#loose, known, loose)
  }

  thing(of: Subject, id: number): Known | undefined {
    return this.#things.get(`${of} ${id}`)
  }

  /** Who is known by a name that is their own. More than one is a muddle for a person. */
  sure(of: Subject, text: string): number[] {
    return [...(this.#sure.get(of)?.get(key(text)) ?? [])]
  }

  /** Who is known by these words together. */
  loose(of: Subject, parts: readonly (string | number)[]): number[] {
    return [...(this.#loose.get(of)?.get(together(parts)) ?? [])]
  }

  /**
   * What a cell names: by a name of its own, by a loose one, or by one that lost the noughts in front to a
   * spreadsheet. None or several for a person to mend.
   */
  named(of: Subject, text: string): number[] {
    const sure = this.sure(of, text)
    if (sure.length > 0) return sure
    const loose = this.loose(of, [text])
    if (loose.length > 0) return loose
    return [...(this.#noughtless.get(of)?.get(withoutNoughts(text)) ?? [])]
  }
}

function addTo(index: Map<Subject, Names>, { of, id }: Known, name: string): void {
  const names = index.get(of) ?? new Map<string, Set<number>>()
  index.set(of, names)
  names.set(name, (names.get(name) ?? new Set()).add(id))
}
