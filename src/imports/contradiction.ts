/** Two rows that say different things of one subject on one day: the first is taken, the other held for a person. */
import { type Claim, overlap, same } from './compare.ts'
import type { Kind } from './kind.ts'
import { type RowClaims, type SheetClaims, subjectKey, type TableClaim } from './row-claim.ts'

type Spoken = { claim: Claim; from: string; line: number }
type Heard = Map<string, Spoken[]>

/** Holds every row that contradicts or repeats an earlier one, whichever sheet it is in, saying which. */
export function holdContradictions(sheets: readonly SheetClaims[]): void {
  const heard: Heard = new Map()
  for (const { matched, rows } of sheets) {
    const { kind, sheet } = matched
    for (const row of rows) {
      row.held ??= row.claims
        .map((one) => contradiction(one, { kind, from: sheet.from, heard }))
        .find((why) => why !== undefined)
      if (row.held === undefined) hear(row, sheet.from, heard)
    }
  }
}

function contradiction(one: TableClaim, { kind, from, heard }: { kind: Kind; from: string; heard: Heard }) {
  const other = heard.get(subjectKey(one))?.find(({ claim }) => overlap(claim, one.claim))
  if (!other) return undefined
  const repeated = same(other.claim, one.claim)
  if (repeated && !isMain(kind, one)) return undefined
  const where = other.from === from ? `line ${other.line}` : `line ${other.line} of ${other.from}`
  return `${where} speaks of the same ${kind.of ?? 'thing'} on the same days${repeated ? '' : ', and says otherwise'}`
}

function hear({ row, claims }: RowClaims, from: string, heard: Heard): void {
  for (const one of claims) {
    const before = heard.get(subjectKey(one))
    const spoken = { claim: one.claim, from, line: row.line }
    if (before) before.push(spoken)
    else heard.set(subjectKey(one), [spoken])
  }
}

/** A carer may stand on two rows, beside each of two children; anybody else on one. */
const isMain = ({ of, facts }: Kind, { table }: TableClaim) => of !== 'carer' && table === facts[0]?.table
