/** Brings sheets in: plans them beside what is believed, and writes the plan as one revision with its record. */
import type { Sql, TransactionSql } from 'postgres'
import { previewChange, recordChange, type Worsening } from '#changeover/store'
import { invariant } from '#ground/present.ts'
import { ok } from '#ground/result.ts'
import type { PlainDate } from '#ground/time.ts'
import type { Author } from '#knowledge/store'
import { readBeliefs, readFactKeys, writePlan } from './belief-store.ts'
import { claimsOf } from './claim.ts'
import type { Matched } from './mapping.ts'
import { readPlaces, writePlaces } from './place-store.ts'
import { type Place, planPlaces } from './places.ts'
import { placed, postcodesWanted } from './placing.ts'
import { type Plan, type PlannedSheet, planOf } from './plan.ts'
import { type Missing, writeRecord } from './record-store.ts'
import { readRegister } from './register-store.ts'

export type Import = {
  matched: readonly Matched[]
  asOf: PlainDate
  /** The files hold some of the pupils, schools… only: nobody is missing from them. */
  partial: boolean
  files: readonly { name: string; bytes: number; sha256: string }[]
}

/** What an import did or would do. */
export type Imported = { importId: number; sheets: readonly PlannedSheet[]; missing: readonly Missing[] }

/** What an import would do, and whom it would leave worse off. */
export type Preview = Pick<Imported, 'sheets' | 'missing'> & {
  worse: readonly Worsening[]
  /** Files and worksheets nobody can read, and why. */
  notRead: readonly { from: string; says: string; table?: true }[]
}

/** As `runImport`, and then takes it all back: tells who would be worse off too. */
export async function tryImport(
  sql: Sql,
  author: Author,
  wanted: Import,
): Promise<Pick<Preview, 'sheets' | 'missing' | 'worse'>> {
  const tried = await previewChange(sql, author, async (tx) => ok(await bringIn(tx, wanted)))
  invariant(tried.ok, 'An import refuses nothing of its own.')
  const { sheets, missing } = tried.value.value
  return { sheets, missing, worse: tried.value.worse }
}

/** From so many facts on, the database is asked to count what it holds: its plans for pages hang on that. */
const MANY_FACTS = 1000

/**
 * Brings sheets in as one revision, or refuses it whole while it would leave a pupil worse off. `before` is done in
 * the same revision first: a manager's acceptance.
 */
export const runImport = (
  sql: Sql,
  author: Author,
  { before, ...wanted }: Import & { before?: (tx: TransactionSql) => Promise<void> },
) =>
  recordChange(sql, author, async (tx) => {
    await before?.(tx)
    const { importId, sheets, missing, state } = await bringIn(tx, wanted)
    if (state.length >= MANY_FACTS) await tx`analyze`
    return ok({ importId, sheets, missing })
  })

/** Brings sheets in inside the open revision, with what it stated and who was born for it. */
export async function bringIn(
  tx: TransactionSql,
  wanted: Import,
): Promise<Imported & Pick<Plan, 'births' | 'state'>> {
  const { plan, sheets, places, keys } = await planned(tx, wanted)
  await writePlaces(tx, places)
  const numbered = await writePlan(tx, plan, keys)
  const seen = plan.seen.map(({ kind, of, ids }) => ({ kind, subjects: ids.map((id) => numbered(of, id)) }))
  const { births, state } = plan
  return { sheets, births, state, ...(await writeRecord(tx, { ...wanted, sheets, seen })) }
}

type Planned = {
  plan: Plan
  sheets: readonly PlannedSheet[]
  places: readonly Place[]
  keys: Awaited<ReturnType<typeof readFactKeys>>
}

async function planned(sql: Sql | TransactionSql, { matched, asOf }: Import): Promise<Planned> {
  const keys = await readFactKeys(sql)
  const directories = matched.filter(({ kind }) => kind.name === 'postcodes')
  const known = directories.length > 0 ? await readPlaces(sql) : new Map<string, Place>()
  const brought: Place[] = []
  const placeSheets = directories.map((one) => {
    const { sheet, state } = planPlaces(one, known, asOf)
    for (const place of state) known.set(place.postcode, place)
    brought.push(...state)
    return sheet
  })

  const claimed = claimsOf(matched, { register: await readRegister(sql), keys, asOf })
  const claims = claimed.sheets.flatMap(({ rows }) => rows.flatMap((row) => row.claims))
  const plan = planOf(claimed, await readBeliefs(sql, claims, keys), asOf)

  const wanted = postcodesWanted(plan.state)
  const places = directories.length > 0 ? known : await readPlaces(sql, wanted)
  const state = placed(plan.state, places)
  return { plan: { ...plan, state }, sheets: [...placeSheets, ...plan.sheets], places: brought, keys }
}
