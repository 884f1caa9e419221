/** The register as an import sees it: who is known, and by which names. Read inside the open transaction. */
import type { Sql, TransactionSql } from 'postgres'
import { namesOfRun } from './identity.ts'
import { ownNumber, type Subject } from './kind.ts'
import { type Known, type KnownName, type Person, Register, together } from './register.ts'

type Reading = Sql | TransactionSql
type Words = string | null

/** Everything known under some name now, with the names other systems have for it. */
export async function readRegister(sql: Reading): Promise<Register> {
  const outside = await outsideNames(sql)
  const called = await registerName(sql)
  const read = [
    await pupils(sql),
    await schools(sql),
    await carers(sql),
    await operators(sql),
    await vehicles(sql),
    await crew(sql),
    await contracts(sql),
    await routes(sql),
    await runs(sql),
  ]
  return new Register(read.flat().map((known) => withOutside(known, outside, called)))
}

function withOutside(known: Known, outside: ReadonlyMap<string, readonly string[]>, called: string): Known {
  const own = ownNumber(called, known.id)
  const names = [own, ...(outside.get(`${known.of} ${known.id}`) ?? [])].map((text) => ({
    by: 'Reference',
    text,
  }))
  return { ...known, own, names: [...known.names, ...names] }
}

/** What this register is called in the names it gives. */
export async function registerName(sql: Reading): Promise<string> {
  const [row] = await sql<{ name: string }[]>`select name from register_name`
  return row?.name ?? ''
}

async function outsideNames(sql: Reading): Promise<Map<string, string[]>> {
  const rows = await sql<{ of: Subject; id: number; reference: string }[]>`
    select kind as of, subject_id as id, reference from outside_reference where upper_inf(known) order by fact_id`
  const names = new Map<string, string[]>()
  for (const { of, id, reference } of rows) {
    names.set(`${of} ${id}`, [...(names.get(`${of} ${id}`) ?? []), reference])
  }
  return names
}

const own = (by: string, texts: readonly Words[]): KnownName[] =>
  [...new Set(texts)].filter((text) => text !== null).map((text) => ({ by, text }))

async function pupils(sql: Reading): Promise<Known[]> {
  type Row = { id: number; people: (Person & { upn: Words; council: Words; plan: Words })[] }
  const rows = await sql<Row[]>`
    select pupil_id as id,
           jsonb_agg(jsonb_build_object('givenName', given_name, 'familyName', family_name, 'bornOn', born_on,
                                        'from', lower(valid), 'until', upper(valid), 'upn', upn,
                                        'council', council_reference, 'plan', ehc_plan_number) order by lower(valid)) as people
      from pupil_particulars where upper_inf(known) group by pupil_id`
  return rows.map(({ id, people }) => ({
    of: 'pupil',
    id,
    people,
    names: [
      ...own(
        'UPN',
        people.map(({ upn }) => upn),
      ),
      ...own(
        'Council reference',
        people.map(({ council }) => council),
      ),
      ...own(
        'EHC plan number',
        people.map(({ plan }) => plan),
      ),
    ],
    looseNames: people.map(({ givenName, familyName, bornOn }) => together([givenName, familyName, bornOn])),
  }))
}

async function schools(sql: Reading): Promise<Known[]> {
  const rows = await sql<{ id: number; urns: Words[]; names: string[] }[]>`
    select school_id as id, array_agg(urn) as urns, array_agg(name) as names
      from school_particulars where upper_inf(known) group by school_id`
  return rows.map(({ id, urns, names }) => ({
    of: 'school',
    id,
    names: own('URN', urns),
    looseNames: names.map((name) => together([name])),
  }))
}

async function carers(sql: Reading): Promise<Known[]> {
  type Row = { id: number; given: string; family: string; pupils: number[]; contacts: string[] }
  const rows = await sql<Row[]>`
    select distinct on (c.carer_id) c.carer_id as id, c.given_name as given, c.family_name as family,
           array(select p.pupil_id from pupil_carer p where p.carer_id = c.carer_id and upper_inf(p.known)) as pupils,
           array(select t.address from contact_point t where t.carer_id = c.carer_id and upper_inf(t.known)) as contacts
      from carer_particulars c where upper_inf(c.known) order by c.carer_id, lower(c.valid) desc`
  return rows.map(({ id, given, family, pupils, contacts }) => ({
    of: 'carer',
    id,
    names: [],
    looseNames: [...pupils, ...contacts].map((one) => together([given, family, one])),
  }))
}

async function operators(sql: Reading): Promise<Known[]> {
  const rows = await sql<{ id: number; names: string[]; numbers: Words[] }[]>`
    select operator_id as id, array_agg(distinct name) as names, array_agg(distinct company_number) as numbers
      from operator_particulars where upper_inf(known) group by operator_id`
  return rows.map(({ id, names, numbers }) => ({
    of: 'operator',
    id,
    names: own('Company number', numbers),
    looseNames: names.map((name) => together([name])),
  }))
}

async function vehicles(sql: Reading): Promise<Known[]> {
  const rows = await sql<{ id: number; marks: string[] }[]>`
    select vehicle_id as id, array_agg(distinct registration) as marks
      from vehicle_particulars where upper_inf(known) group by vehicle_id`
  return rows.map(({ id, marks }) => ({
    of: 'vehicle',
    id,
    names: own('Registration', marks),
    looseNames: [],
  }))
}

async function crew(sql: Reading): Promise<Known[]> {
  const rows = await sql<{ id: number; name: string; operator: number }[]>`
    select distinct crew_id as id, name, operator_id as operator from crew_particulars where upper_inf(known)`
  return rows.map(({ id, name, operator }) => ({
    of: 'crew',
    id,
    names: [],
    looseNames: [together([name, operator]), together([name])],
  }))
}

async function contracts(sql: Reading): Promise<Known[]> {
  const rows = await sql<{ id: number; references: string[] }[]>`
    select contract_id as id, array_agg(distinct reference) as references
      from contract_terms where upper_inf(known) group by contract_id`
  return rows.map(({ id, references }) => ({
    of: 'contract',
    id,
    names: own('Contract', references),
    looseNames: [],
  }))
}

async function routes(sql: Reading): Promise<Known[]> {
  const rows = await sql<{ id: number; codes: string[] }[]>`
    select route_id as id, array_agg(distinct code) as codes
      from route_terms where upper_inf(known) group by route_id`
  return rows.map(({ id, codes }) => ({ of: 'route', id, names: own('Route', codes), looseNames: [] }))
}

async function runs(sql: Reading): Promise<Known[]> {
  const rows = await sql<{ id: number; route: number; direction: number; codes: string[] }[]>`
    select run_id as id, route_id as route, direction,
           array(select distinct t.code from route_terms t where t.route_id = run.route_id and upper_inf(t.known)) as codes
      from run where exists (select 1 from run_plan p where p.run_id = run.run_id and upper_inf(p.known))`
  return rows.map(({ id, route, direction, codes }) => ({
    of: 'run',
    id,
    direction,
    names: [],
    looseNames: [together([route, `${direction}`]), ...codes.flatMap((code) => namesOfRun(code, direction))],
  }))
}
