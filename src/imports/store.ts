/** Brings sheets in: plans them beside what is believed, and writes the plan as one revision with its record. */
import type { Sql, TransactionSql } from 'postgres'
import { previewChange, recordChange } from '#changeover/store'
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

/** What these sheets would do to what is believed now. Writes nothing. */
export async function planImport(sql: Sql, wanted: Import): Promise<readonly PlannedSheet[]> {
  const { sheets } = await planned(sql, wanted)
  return sheets
}

/** As `runImport`, and then takes it all back: tells who would be worse off too. */
export const tryImport = (sql: Sql, author: Author, wanted: Import) =>
  previewChange(sql, author, async (tx) => ok(await imported(tx, wanted)))

/** Brings sheets in as one revision, or refuses it whole while it would leave a pupil worse off. */
export const runImport = (sql: Sql, author: Author, wanted: Import) =>
  recordChange(sql, author, async (tx) => ok(await imported(tx, wanted)))

async function imported(tx: TransactionSql, wanted: Import): Promise<Imported> {
  const { plan, sheets, places, keys } = await planned(tx, wanted)
  await writePlaces(tx, places)
  const numbered = await writePlan(tx, plan, keys)
  const seen = plan.seen.map(({ kind, of, ids }) => ({ kind, subjects: ids.map((id) => numbered(of, id)) }))
  return { sheets, ...(await writeRecord(tx, { ...wanted, sheets, seen })) }
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
