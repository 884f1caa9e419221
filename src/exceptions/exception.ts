/** What stands on the list of exceptions: something about a pupil or a run that nobody may leave as it is. */
import type { ContractId, OperatorId, PupilId, RouteId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'

/** Every kind, the most pressing first: the order of the list. */
export const exceptionKinds = [
  'orphaned-by-a-move',
  'past-its-contract',
  'acceptance-lapsing',
  'keep-apart',
  'solo-need-shared',
  'more-than-places',
  'check-expiring',
  'temporary-expiring',
  'form-incomplete',
  'ghost-route',
  'contact-unverified',
] as const

export type ExceptionKind = (typeof exceptionKinds)[number]

export type Exception = {
  kind: ExceptionKind
  /** Whom it is about, when it is about one pupil; a kept-apart pair has `other` too. */
  pupil: PupilId | null
  name: string | null
  other: PupilId | null
  otherName: string | null
  route: RouteId | null
  code: string | null
  contract: ContractId | null
  reference: string | null
  operator: OperatorId | null
  operatorName: string | null
  /** The crew member or vehicle whose check it is. */
  holder: string | null
  /** The first day on which it was, is or will be so; nothing when it always was. */
  since: PlainDate | null
  /** The day by which something must be done; nothing when at once. */
  due: PlainDate | null
  /** What the kind adds: which check, how many in how many places, which answers are missing. */
  note: string | null
  /** Every pupil it touches. */
  pupils: PupilId[]
}

/** The days the council has set for the list; each a dated policy. */
export type DayRules = {
  /** How far ahead the list looks: `exceptions-days-ahead`. */
  ahead: number
  /** From how long before a check runs out it is on the list: `check-warning-days` (scenario 27 asks for 20). */
  checks: number
}

/** How many of each kind; kinds of which there are none say 0. */
export function countsOf(exceptions: readonly Pick<Exception, 'kind'>[]): Record<ExceptionKind, number> {
  const counts = Object.fromEntries(exceptionKinds.map((kind) => [kind, 0])) as Record<ExceptionKind, number>
  for (const { kind } of exceptions) counts[kind] += 1
  return counts
}

/** What was asked of the list: one kind or all, and words that a name, route, contract or operator must hold. */
export type Asked = { kind: string; words: string }

/** Those that answer to a question, the most pressing kind first and the longest-standing of each on top. */
export function answering(exceptions: readonly Exception[], { kind, words }: Asked): Exception[] {
  const wanted = words.toLocaleLowerCase('en-GB')
  return exceptions
    .filter((one) => (kind === '' || one.kind === kind) && (wanted === '' || namesOf(one).includes(wanted)))
    .sort(pressingFirst)
}

const namesOf = (one: Exception): string =>
  [one.name, one.otherName, one.code, one.reference, one.operatorName, one.holder]
    .join(' ')
    .toLocaleLowerCase('en-GB')

function pressingFirst(a: Exception, b: Exception): number {
  return (
    exceptionKinds.indexOf(a.kind) - exceptionKinds.indexOf(b.kind) ||
    (a.since ?? '').localeCompare(b.since ?? '') ||
    (a.name ?? a.code ?? '').localeCompare(b.name ?? b.code ?? '')
  )
}
