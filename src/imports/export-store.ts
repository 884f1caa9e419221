/** Everything on the register as it is believed now, in the layouts in which it is brought in. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import { type Kind, ownNumber, type Subject } from './kind.ts'
import { kinds } from './kinds.ts'
import { columnsOut, type KeptFact, type Naming, rowOut } from './layout.ts'
import { registerName } from './register-store.ts'

export type ExportedTable = {
  kind: Kind
  headings: readonly string[]
  rows: readonly (readonly string[])[]
  /** Whom the rows are about: an export is a look at each of them. */
  pupils: readonly PupilId[]
}

/** The tables of some kinds, or of all, one after another; each with its headings even when it is empty. */
export async function* exportTables(sql: Sql, some: readonly Kind[] = kinds): AsyncGenerator<ExportedTable> {
  const naming = await namingOf(sql)
  for (const kind of some) {
    const kept = await factsOf(sql, kind)
    yield {
      kind,
      headings: columnsOut(kind).map(({ heading }) => heading),
      rows: kept.map((one) => rowOut(kind, one, naming)),
      pupils: [
        ...new Set(kept.flatMap(({ fact }) => (fact['pupil_id'] ? [fact['pupil_id'] as PupilId] : []))),
      ],
    }
  }
}

async function factsOf(sql: Sql, { facts, of }: Kind): Promise<KeptFact[]> {
  const table = facts[0]?.table
  if (table === undefined) return await placesOf(sql)
  const run = of === 'run' ? sql`|| (select to_jsonb(r) from run r where r.run_id = f.run_id)` : sql``
  return await sql<KeptFact[]>`
    select to_jsonb(f) - 'known' - 'valid' ${run} as fact, lower(f.valid) as from, upper(f.valid) as until
      from ${sql(table)} f where upper_inf(f.known) order by f.fact_id`
}

async function placesOf(sql: Sql): Promise<KeptFact[]> {
  return await sql<KeptFact[]>`
    select to_jsonb(p) - 'known' as fact, null::date as from, null::date as until
      from postcode_place p where upper_inf(p.known) order by p.postcode`
}

async function namingOf(sql: Sql): Promise<Naming> {
  const called = await registerName(sql)
  const rows = await sql<{ of: Subject; id: number; reference: string }[]>`
    select distinct on (kind, subject_id) kind as of, subject_id as id, reference
      from outside_reference where upper_inf(known) order by kind, subject_id, fact_id`
  const outside = new Map(rows.map(({ of, id, reference }) => [`${of} ${id}`, reference]))
  const namesakes = await sql<{ id: number }[]>`
    select distinct a.pupil_id as id
      from pupil_particulars a
      join pupil_particulars b on (lower(b.given_name), lower(b.family_name), b.born_on)
                                = (lower(a.given_name), lower(a.family_name), a.born_on) and b.pupil_id <> a.pupil_id
     where upper_inf(a.known) and upper_inf(b.known)`
  return {
    nameOf: (of, id) => outside.get(`${of} ${id}`) ?? ownNumber(called, id),
    namesakes: new Set(namesakes.map(({ id }) => id)),
  }
}
