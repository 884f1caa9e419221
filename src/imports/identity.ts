/**
 * Whether a row is about somebody on the register. A sure name recognises; the same name and day of birth alone make
 * nobody the same child: whatever could be a duplicate, a twin or a changed surname is held for a person to decide.
 */
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { DECIDED, isOwnNumber, type Kind, REFERENCE, type Subject } from './kind.ts'
import { type Known, type Person, type Register, together } from './register.ts'
import type { RowRead } from './row.ts'

export type Identity = { id: number; born: boolean } | { held: string }

/** Names a row gives its own subject, under our headings; and the loose ones, with what it names resolved. */
export type RowNames = {
  sure: { by: string; text: string }[]
  loose: string[]
  looseParts: (string | number)[][]
}

/** Everybody on the register whom a row may be about, and which of its references belong to whom. */
export function likenesses(kind: Kind & { of: Subject }, row: RowRead, register: Register) {
  const names = namesOf(kind, row, new Map())
  const { sure, loose } = foundBy(kind, names, register)
  return {
    ids: [...new Set([...sure, ...loose])],
    references: names.sure.flatMap(({ by, text }) =>
      register.sure(kind.of, text).map((id) => ({ heading: by, text, id })),
    ),
  }
}

/** Recognises what a row is about, or says it is new, or holds it. `resolved` are the things it names, by heading. */
export function identify(
  kind: Kind & { of: Subject },
  row: RowRead,
  { register, resolved }: Within,
): Identity {
  const names = namesOf(kind, row, resolved)
  const decided = row.written.get(DECIDED)?.toLowerCase() ?? ''
  const found = foundBy(kind, names, register)
  const identity =
    decided === '' || kind.of !== 'pupil'
      ? judged({ kind, row, register, names, found })
      : asDecided(decided, { kind, row, found, names, register })
  if ('id' in identity) register.add(knownAs(kind, row, { id: identity.id, names }))
  return identity
}

export type Within = { register: Register; resolved: ReadonlyMap<string, number> }
type Found = { sure: number[]; loose: number[] }

function namesOf(kind: Kind, row: RowRead, resolved: ReadonlyMap<string, number>): RowNames {
  const said = (heading: string): string | number | undefined =>
    resolved.get(heading) ?? (row.values.get(heading) as string | undefined)
  const sure = kind.knownBy.flatMap((by) => {
    const text = said(by)
    return text === undefined ? [] : [{ by, text: String(text) }]
  })
  const looseParts = kind.orBy
    .map((headings) => headings.map(said))
    .filter((parts): parts is (string | number)[] => parts.every((part) => part !== undefined))
  return { sure, loose: looseParts.map(together), looseParts }
}

function foundBy(kind: Kind & { of: Subject }, { sure, looseParts }: RowNames, register: Register): Found {
  const all = (lists: number[][]) => [...new Set(lists.flat())]
  const loose = all(looseParts.map((parts) => register.loose(kind.of, parts)))
  const found = all(sure.map(({ text }) => register.sure(kind.of, text)))
  const given = sure.find(({ by, text }) => by === REFERENCE && isOwnNumber(text))
  if (!given) return { sure: found, loose }
  // The name an export gave is surer than all others: two routes may have had one code, one after the other.
  const named = register.sure(kind.of, given.text)
  const others = found.filter((id) => !register.thing(kind.of, id)?.names.some(isExported))
  return { sure: named.length > 0 ? named : others, loose }
}

const isExported = ({ by, text }: { by: string; text: string }) => by === REFERENCE && isOwnNumber(text)

type Case = { kind: Kind & { of: Subject }; row: RowRead; register: Register; names: RowNames; found: Found }

function judged({ kind, row, register, names, found }: Case): Identity {
  const { of } = kind
  const [only, ...others] = found.sure
  if (others.length > 0) {
    const which = names.sure.map(({ by, text }) => `${by} ${text}`).join(' and ')
    return { held: `${which} belong to ${found.sure.length} different ${of}s on the register` }
  }
  if (only !== undefined) {
    const why = of === 'pupil' ? whyNotTheSame(row, register.thing(of, only), names) : undefined
    return why === undefined ? { id: only, born: false } : { held: why }
  }
  return byLooseNames({ kind, row, register, names, found })
}

function byLooseNames({ kind, register, names, found }: Case): Identity {
  const { of } = kind
  const [only, ...others] = found.loose
  if (only === undefined) return { id: register.nextBorn(), born: true }
  if (others.length > 0 && names.sure.length === 0) {
    return { held: `${found.loose.length} ${of}s on the register are called so; give a reference` }
  }
  const thing = register.thing(of, only)
  if (of === 'pupil' && names.sure.length > 0) {
    const known = thing?.names.map(({ by, text }) => `${by} ${text}`).join(', ') || 'no reference'
    return {
      held: `a pupil of this name and day of birth is on the register already, with ${known}: the same child, or a twin or namesake?`,
    }
  }
  const clash = names.sure.length > 0 && conflicting(thing, names).length > 0
  return others.length > 0 || clash ? { id: register.nextBorn(), born: true } : { id: only, born: false }
}

/** Names the row gives under a heading by which the register knows it otherwise. */
function conflicting(thing: Known | undefined, { sure }: RowNames) {
  return sure.flatMap(({ by, text }) => {
    const known = thing?.names.filter((name) => name.by === by).map((name) => name.text) ?? []
    const same = known.some((one) => one.toLowerCase() === text.toLowerCase())
    return known.length === 0 || same ? [] : [{ by, text, known: known.join(', ') }]
  })
}

function whyNotTheSame(row: RowRead, thing: Known | undefined, names: RowNames): string | undefined {
  // Rows of one file may tell a history; two that speak of the same days are compared as facts.
  if (!thing || (thing.id < 0 && row.firstGiven)) return undefined
  const [clash] = conflicting(thing, names)
  if (clash)
    return `${clash.by} is ${clash.text} here and ${clash.known} on the register, where the other references agree`
  const known = personOn(thing.people ?? [], row.from)
  if (!known) return undefined
  const said = {
    givenName: row.values.get('Given name'),
    familyName: row.values.get('Family name'),
    bornOn: row.values.get('Date of birth'),
  }
  const differs = (Object.keys(said) as (keyof typeof said)[]).filter(
    (part) => !sameWord(String(said[part]), known[part]),
  )
  if (differs.length === 0) return undefined
  const who = `${known.givenName} ${known.familyName}, born ${dayInWords(known.bornOn as PlainDate)}`
  if (differs.join() === 'familyName')
    return `the register knows this child as ${who}: has the surname changed?`
  return `the reference belongs to ${who}: is this the same child?`
}

const sameWord = (a: string, b: string) =>
  a.trim().toLowerCase().normalize('NFC') === b.trim().toLowerCase().normalize('NFC')

function personOn(people: readonly Person[], day: string): Person | undefined {
  return people.find(({ from, until }) => from <= day && (until === null || day < until)) ?? people.at(-1)
}

/** A person has looked: `different` is somebody new, `same` is the one found, anything else names who it is. */
function asDecided(decided: string, { kind, row, found, names, register }: Case): Identity {
  const { of } = kind
  if (decided === 'different') {
    const [only, ...others] = found.sure
    if (only === undefined) return { id: register.nextBorn(), born: true }
    // Brought in again, it is the one it was decided to be; under somebody else's number it would overwrite them.
    const why =
      others.length > 0
        ? `the references belong to ${found.sure.length} pupils.`
        : whyNotTheSame(row, register.thing(of, only), names)
    if (why === undefined) return { id: only, born: false }
    return { held: `${why} A different child needs a number of their own, or none` }
  }
  const who =
    decided === 'same'
      ? [...new Set([...found.sure, ...(found.sure.length > 0 ? [] : found.loose)])]
      : register.named(of, decided)
  const [only, ...others] = who
  if (only !== undefined && others.length === 0) return { id: only, born: false }
  return {
    held: `"${decided}" in ${DECIDED} names ${who.length} pupils; write the reference of one, or "different"`,
  }
}

function knownAs(
  { of, knownBy }: Kind & { of: Subject },
  row: RowRead,
  { id, names }: { id: number; names: RowNames },
): Known {
  const people: Person[] =
    of === 'pupil'
      ? [
          {
            givenName: String(row.values.get('Given name')),
            familyName: String(row.values.get('Family name')),
            bornOn: String(row.values.get('Date of birth')),
            from: row.from,
            until: null,
          },
        ]
      : []
  const direction = row.values.get('Direction')
  const own = names.sure.filter(({ by }) => knownBy.includes(by))
  return {
    of,
    id,
    names: own,
    looseNames: [...names.loose, ...(of === 'run' ? runNames(row) : [])],
    ...(people.length > 0 && id < 0 && { people }),
    ...(direction !== undefined && { direction: Number(direction) }),
  }
}

/** A run is called by its route and direction, in any of the ways people write it. */
function runNames(row: RowRead): string[] {
  const route = row.written.get('Route')
  return route === undefined ? [] : namesOfRun(route, Number(row.values.get('Direction')))
}

/** `S104/to-school`, `S104 am`… */
export const namesOfRun = (route: string, direction: number): string[] =>
  (direction === 1
    ? ['/to-school', ' to school', ' am', '/1']
    : ['/from-school', ' from school', ' pm', '/2']
  ).map((end) => together([`${route}${end}`]))

/** The name an identity is kept under when the outside gives it one that is in no column of its own. */
export const outsideName = (row: RowRead): string | undefined =>
  row.values.get(REFERENCE) as string | undefined
